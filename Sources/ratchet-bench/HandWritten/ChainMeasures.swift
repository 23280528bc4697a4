import Engine

/// What the hand-written chain counts: the latencies of each tier's attempts and of the requests, failures apart.
struct ChainMeasures: ~Copyable {
  /// Tiers a, b and c, then the requests; served before failed.
  private static var subjects: Int { 8 }

  var arrivals = 0
  /// Attempts that were given up.
  var timeouts = 0
  private let sums: UnsafeMutablePointer<UInt64>
  private let buckets: UnsafeMutablePointer<UInt32>

  init() {
    sums = .allocate(capacity: Self.subjects)
    sums.initialize(repeating: 0, count: Self.subjects)
    buckets = .allocate(capacity: Self.subjects * LatencyScale.bucketCount)
    buckets.initialize(repeating: 0, count: Self.subjects * LatencyScale.bucketCount)
  }

  deinit {
    sums.deallocate()
    buckets.deallocate()
  }

  /// - Parameter latency: nanoseconds.
  @inline(__always) mutating func record(_ subject: Int, failed: Bool, _ latency: Int64) {
    let row = subject &* 2 &+ (failed ? 1 : 0)
    sums[row] &+= UInt64(truncatingIfNeeded: latency)
    buckets[row &* LatencyScale.bucketCount &+ LatencyScale.index(of: latency)] &+= 1
  }

  /// - Parameter subject: tiers a, b and c, then the requests.
  func latencies(of subject: Int, failed: Bool) -> LatencyTally {
    let row = subject * 2 + (failed ? 1 : 0)
    var occupied: [LatencyTally.Bucket] = []
    for index in 0..<LatencyScale.bucketCount {
      let count = Int(buckets[row * LatencyScale.bucketCount + index])
      if count > 0 { occupied.append(LatencyTally.Bucket(index: index, count: count)) }
    }
    return LatencyTally(
      count: occupied.reduce(0) { $0 + $1.count }, sum: sums[row], max: 0, buckets: occupied)
  }
}
