/// Latencies of one kind, by subject: how long calls waited for a thread by service, or how long starts took by CDN and
/// window.
struct Latencies: ~Copyable {
  struct Entry: BitwiseCopyable {
    var sum: UInt128 = 0
    var max: Int64 = 0
  }
  private var entries: Slab<Entry>
  private var buckets: Slab<UInt32>

  init(subjects: Int) {
    entries = Slab(repeating: Entry(), count: subjects)
    buckets = Slab(repeating: 0, count: subjects * LatencyScale.bucketCount)
  }

  mutating func reset() {
    entries.fill(with: Entry())
    buckets.fill(with: 0)
  }

  /// - Parameter latency: nanoseconds.
  @inline(always) mutating func record(_ latency: Int64, of subject: Int32) {
    entries[subject].sum &+= UInt128(truncatingIfNeeded: latency)
    if latency > entries[subject].max { entries[subject].max = latency }
    buckets[Int(subject) &* LatencyScale.bucketCount &+ LatencyScale.index(of: latency)] &+= 1
  }

  func tally(of subject: Int) -> LatencyTally {
    LatencyTally(
      sum: entries[subject].sum, max: entries[subject].max, histogram: subject, in: buckets)
  }
}

extension LatencyTally {
  /// - Parameter histogram: which of the histograms that lie one after another in `buckets`.
  init(sum: UInt128, max: Int64, histogram: Int, in buckets: borrowing Slab<UInt32>) {
    var occupied: [Bucket] = []
    var total = 0
    for index in 0..<LatencyScale.bucketCount {
      let count = Int(buckets[histogram * LatencyScale.bucketCount + index])
      if count > 0 {
        occupied.append(Bucket(index: index, count: count))
        total += count
      }
    }
    self.init(count: total, sum: sum, max: max, buckets: occupied)
  }
}
