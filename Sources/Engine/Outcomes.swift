import Model

/// All that one replication yields. Everything but the timeline is measured after the warm-up.
public struct ReplicationOutcome: Hashable, Sendable, Codable {
  /// From 0.
  public let replication: Int
  /// A hash of every logical request that ended: its name, index, end, outcome, reason and component.
  public let fingerprint: UInt64
  /// By name.
  public let workloads: [WorkloadOutcome]
  /// By name.
  public let endpoints: [EndpointOutcome]
  /// By name.
  public let services: [ServiceOutcome]
  public let timeline: Timeline
  /// By workload and by the end of a fault; empty unless the program measures recovery.
  public let aftermaths: [Aftermath]
  /// Calendar events that were handled, warm-up included.
  public let events: Int

  public init(
    replication: Int, fingerprint: UInt64, workloads: [WorkloadOutcome],
    endpoints: [EndpointOutcome], services: [ServiceOutcome], timeline: Timeline,
    aftermaths: [Aftermath] = [], events: Int
  ) {
    self.replication = replication
    self.fingerprint = fingerprint
    self.workloads = workloads
    self.endpoints = endpoints
    self.services = services
    self.timeline = timeline
    self.aftermaths = aftermaths
    self.events = events
  }
}

/// What became of a workload's requests after a fault had ended, in bins of 10 s that start at that end.
///
/// A request belongs to the bin in which it arrived. The horizon may cut the last bin; after a day there are no more.
public struct Aftermath: Hashable, Sendable, Codable {
  public let workload: String
  /// The end of a fault while no other one is active.
  public let from: SimulationTime
  public let arrivals: [Int]
  /// Those that ended, and those of them that failed.
  public let ended: [Int]
  public let failed: [Int]

  public init(workload: String, from: SimulationTime, arrivals: [Int], ended: [Int], failed: [Int]) {
    self.workload = workload
    self.from = from
    self.arrivals = arrivals
    self.ended = ended
    self.failed = failed
  }

  public static let binWidth = SimulationDuration.seconds(10)
}

/// What a workload's logical requests came to, as the asker saw it, retries included.
public struct WorkloadOutcome: Hashable, Sendable, Codable {
  public let name: String
  /// One per window of the program, in the program's order.
  public let windows: [RequestTally]

  public init(name: String, windows: [RequestTally]) {
    self.name = name
    self.windows = windows
  }
}

/// What an endpoint's attempts came to, as the server saw them, in the whole measured time.
public struct EndpointOutcome: Hashable, Sendable, Codable {
  /// `service.endpoint`.
  public let name: String
  public let tally: RequestTally

  public init(name: String, tally: RequestTally) {
    self.name = name
    self.tally = tally
  }
}

/// Counts that conserve: arrivals = success + degraded + failed + inFlight.
public struct RequestTally: Hashable, Sendable, Codable {
  public let arrivals: Int
  public let success: Int
  /// A fallback stood in.
  public let degraded: Int
  public let failed: Int
  /// Not ended at the horizon; outside availability.
  public let inFlight: Int
  /// Failures by reason and the component where the reason arose, in the order of both.
  public let reasons: [ReasonCount]
  /// Of success and degraded together.
  public let latency: LatencyTally
  /// Of failures.
  public let failedLatency: LatencyTally

  public init(
    arrivals: Int, success: Int, degraded: Int, failed: Int, inFlight: Int,
    reasons: [ReasonCount], latency: LatencyTally, failedLatency: LatencyTally
  ) {
    self.arrivals = arrivals
    self.success = success
    self.degraded = degraded
    self.failed = failed
    self.inFlight = inFlight
    self.reasons = reasons
    self.latency = latency
    self.failedLatency = failedLatency
  }

  /// Requests that ended.
  public var ended: Int { success + degraded + failed }
  /// (success + degraded) / ended; nil where none ended.
  public var availability: Double? { unavailability.map { 1 - $0 } }
  /// failed / ended, accumulated directly; nil where none ended.
  public var unavailability: Double? { ended == 0 ? nil : Double(failed) / Double(ended) }
  /// success / ended; nil where none ended.
  public var fullFidelity: Double? { ended == 0 ? nil : Double(success) / Double(ended) }
}

public struct ReasonCount: Hashable, Sendable, Codable {
  public let reason: FailureReason
  /// A service (where it refused, erred or was away) or an edge `caller -> dependency` (where the caller gave up or refused).
  public let component: String
  public let count: Int

  public init(reason: FailureReason, component: String, count: Int) {
    self.reason = reason
    self.component = component
    self.count = count
  }
}

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

/// The buckets of a latency histogram: exact below 128 ns, then 128 to an octave, up to the clock's range.
public enum LatencyScale {
  /// 128 exact ones and 128 for each of the octaves [2^7, 2^8) … [2^62, 2^63).
  public static let bucketCount = 128 + 56 * 128

  /// How far a quantile may be from the truth, as a part of it: one bucket.
  public static let resolution = 1.0 / 128

  /// The bucket of a latency in nanoseconds, zero or more.
  @inlinable public static func index(of nanoseconds: Int64) -> Int {
    if nanoseconds < 128 { return Int(nanoseconds) }
    let octave = 63 - nanoseconds.leadingZeroBitCount
    return (octave - 7) << 7 + Int(nanoseconds >> (octave - 7))
  }
  /// The smallest latency in a bucket, in nanoseconds.
  public static func low(of index: Int) -> Int64 {
    if index < 256 { return Int64(index) }
    let octave = (index >> 7) + 6
    return (Int64(index & 127) + 128) << (octave - 7)
  }
  /// The latency after the largest in a bucket, in nanoseconds.
  public static func high(of index: Int) -> Int64 {
    index + 1 < bucketCount ? low(of: index + 1) : Int64.max
  }
  /// The middle of a bucket, in nanoseconds.
  public static func middle(of index: Int) -> Double {
    if index < 256 { return Double(index) }
    return (Double(low(of: index)) + Double(high(of: index))) / 2
  }
}

/// What a service's replicas did in the measured time.
public struct ServiceOutcome: Hashable, Sendable, Codable {
  public let name: String
  /// Busy threads / all threads, averaged over time; nil where threads are unbounded.
  public let utilisation: Double?
  /// From a call's arrival until it had a thread, of those that got one.
  public let wait: LatencyTally
  /// Calls waiting, all replicas together, averaged over time.
  public let queueMean: Double
  /// The longest queue of any one replica.
  public let queueMax: Int
  /// Calls holding a thread, all replicas together, averaged over time.
  public let inServiceMean: Double
  /// The part of the time in which a replica had no thread in use, averaged over replicas.
  public let idle: Double
  /// The part of the time in which a replica was up, averaged over replicas.
  public let up: Double
  /// Seconds in which all threads of a replica were in use, averaged over replicas; one per window of the program.
  public let fullSeconds: [Double]

  public init(
    name: String, utilisation: Double?, wait: LatencyTally, queueMean: Double, queueMax: Int,
    inServiceMean: Double, idle: Double, up: Double, fullSeconds: [Double]
  ) {
    self.name = name
    self.utilisation = utilisation
    self.wait = wait
    self.queueMean = queueMean
    self.queueMax = queueMax
    self.inServiceMean = inServiceMean
    self.idle = idle
    self.up = up
    self.fullSeconds = fullSeconds
  }
}

/// A replication over time, from 0, warm-up included.
public struct Timeline: Hashable, Sendable, Codable {
  /// 10 s; a multiple of it where the horizon would give more than 8,640 bins. The last bin may be shorter.
  public let binWidth: SimulationDuration
  public let binCount: Int
  public let workloads: [WorkloadSeries]
  public let services: [ServiceSeries]
  public let breakers: [BreakerSeries]

  public init(
    binWidth: SimulationDuration, binCount: Int, workloads: [WorkloadSeries],
    services: [ServiceSeries], breakers: [BreakerSeries]
  ) {
    self.binWidth = binWidth
    self.binCount = binCount
    self.workloads = workloads
    self.services = services
    self.breakers = breakers
  }

  /// Logical requests by the bin in which they arrived, one value a bin.
  public struct WorkloadSeries: Hashable, Sendable, Codable {
    public let name: String
    public let arrivals: [Int]
    public let success: [Int]
    public let degraded: [Int]
    public let failed: [Int]

    public init(name: String, arrivals: [Int], success: [Int], degraded: [Int], failed: [Int]) {
      self.name = name
      self.arrivals = arrivals
      self.success = success
      self.degraded = degraded
      self.failed = failed
    }
  }
  /// Means over the bin, one value a bin.
  public struct ServiceSeries: Hashable, Sendable, Codable {
    public let name: String
    /// Threads in use, all replicas together.
    public let busy: [Double]
    /// Calls waiting, all replicas together.
    public let queue: [Double]
    /// The part of the replicas whose threads were all in use.
    public let full: [Double]
    /// The part of the replicas that were up.
    public let up: [Double]

    public init(name: String, busy: [Double], queue: [Double], full: [Double], up: [Double]) {
      self.name = name
      self.busy = busy
      self.queue = queue
      self.full = full
      self.up = up
    }
  }
  /// Means over the bin, one value a bin.
  public struct BreakerSeries: Hashable, Sendable, Codable {
    /// `caller -> dependency`.
    public let name: String
    /// The part of the caller's replicas whose breaker was open or half-open.
    public let open: [Double]

    public init(name: String, open: [Double]) {
      self.name = name
      self.open = open
    }
  }
}
