/// Latencies: exact count, sum and extreme, and a log-linear histogram.
///
/// Encoded with its buckets as one text, `index count index count …`: they are most of an outcome.
public struct LatencyTally: Hashable, Sendable, Codable {
  public let count: Int
  /// Nanoseconds; wide enough for all that waits in a year of overload.
  public let sum: UInt128
  /// Nanoseconds; 0 where there are none.
  public let max: Int64
  /// Occupied buckets, ascending.
  public let buckets: [Bucket]

  public struct Bucket: Hashable, Sendable {
    /// See `LatencyScale`.
    public let index: Int
    public let count: Int
    public init(index: Int, count: Int) {
      self.index = index
      self.count = count
    }
  }

  public init(count: Int, sum: some UnsignedInteger, max: Int64, buckets: [Bucket]) {
    self.count = count
    self.sum = UInt128(sum)
    self.max = max
    self.buckets = buckets
  }

  public static let empty = LatencyTally(count: 0, sum: 0 as UInt128, max: 0, buckets: [])

  private enum CodingKeys: String, CodingKey { case count, sum, max, buckets }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    count = try values.decode(Int.self, forKey: .count)
    // A text, since a JSON number need not keep all its digits.
    guard let sum = UInt128(try values.decode(String.self, forKey: .sum)) else {
      throw DecodingError.dataCorruptedError(forKey: .sum, in: values, debugDescription: "Not a whole number.")
    }
    self.sum = sum
    max = try values.decode(Int64.self, forKey: .max)
    guard let buckets = Self.buckets(in: try values.decode(String.self, forKey: .buckets)) else {
      throw DecodingError.dataCorruptedError(
        forKey: .buckets, in: values, debugDescription: "Not pairs of an index and a count.")
    }
    self.buckets = buckets
  }

  private static func buckets(in text: String) -> [Bucket]? {
    var numbers: [Int] = []
    var number: Int?
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        let (tens, overflow) = (number ?? 0).multipliedReportingOverflow(by: 10)
        let (sum, carry) = tens.addingReportingOverflow(Int(byte - UInt8(ascii: "0")))
        guard !overflow, !carry else { return nil }
        number = sum
      case UInt8(ascii: " "):
        guard let whole = number else { return nil }
        numbers.append(whole)
        number = nil
      default: return nil
      }
    }
    if let number { numbers.append(number) }
    guard numbers.count.isMultiple(of: 2) else { return nil }
    return stride(from: 0, to: numbers.count, by: 2).map {
      Bucket(index: numbers[$0], count: numbers[$0 + 1])
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(count, forKey: .count)
    try values.encode(String(sum), forKey: .sum)
    try values.encode(max, forKey: .max)
    var text = ""
    for bucket in buckets { text += "\(text.isEmpty ? "" : " ")\(bucket.index) \(bucket.count)" }
    try values.encode(text, forKey: .buckets)
  }

  /// Seconds; nil where there are none.
  public var mean: Double? { count == 0 ? nil : Double(sum) / Double(count) / 1e9 }

  /// The latency in seconds below or at which a fraction `q` of them lies; nil where there are none.
  ///
  /// The order statistic of rank ceil(q x count), placed within its bucket as if the bucket's latencies were spread
  /// evenly, never above the maximum: at most one bucket, 0.8%, off. Where all are in one bucket it is their mean.
  public func quantile(_ q: Double) -> Double? {
    guard count > 0 else { return nil }
    if buckets.count == 1 { return mean }
    let rank = Swift.max(1, Int((q * Double(count)).rounded(.up)))
    var seen = 0
    for bucket in buckets {
      if seen + bucket.count >= rank {
        let part = (Double(rank - seen) - 0.5) / Double(bucket.count)
        let low = Double(LatencyScale.low(of: bucket.index))
        let width = Double(LatencyScale.high(of: bucket.index)) - low
        return Swift.min(Double(max), low + part * Swift.max(0, width - 1)) / 1e9
      }
      seen += bucket.count
    }
    return Double(max) / 1e9
  }

  /// The tally of both together.
  public func merging(_ other: LatencyTally) -> LatencyTally {
    var merged: [Bucket] = []
    merged.reserveCapacity(Swift.max(buckets.count, other.buckets.count))
    var i = 0
    var j = 0
    while i < buckets.count || j < other.buckets.count {
      if j == other.buckets.count || (i < buckets.count && buckets[i].index < other.buckets[j].index) {
        merged.append(buckets[i])
        i += 1
      } else if i == buckets.count || other.buckets[j].index < buckets[i].index {
        merged.append(other.buckets[j])
        j += 1
      } else {
        merged.append(
          Bucket(index: buckets[i].index, count: buckets[i].count + other.buckets[j].count))
        i += 1
        j += 1
      }
    }
    return LatencyTally(
      count: count + other.count, sum: sum + other.sum, max: Swift.max(max, other.max),
      buckets: merged)
  }
}
