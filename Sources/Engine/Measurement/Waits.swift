/// How long calls waited for a thread, by service.
struct Waits: ~Copyable {
  struct Entry: BitwiseCopyable {
    var sum: UInt128 = 0
    var max: Int64 = 0
  }
  private var entries: Slab<Entry>
  private var buckets: Slab<UInt32>

  init(services: Int) {
    entries = Slab(repeating: Entry(), count: services)
    buckets = Slab(repeating: 0, count: services * LatencyScale.bucketCount)
  }

  mutating func reset() {
    entries.fill(with: Entry())
    buckets.fill(with: 0)
  }

  /// - Parameter wait: nanoseconds.
  @inline(always) mutating func record(_ wait: Int64, at service: Int32) {
    entries[service].sum &+= UInt128(truncatingIfNeeded: wait)
    if wait > entries[service].max { entries[service].max = wait }
    buckets[Int(service) &* LatencyScale.bucketCount &+ LatencyScale.index(of: wait)] &+= 1
  }

  func tally(of service: Int) -> LatencyTally {
    LatencyTally(
      sum: entries[service].sum, max: entries[service].max, histogram: service, in: buckets)
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
