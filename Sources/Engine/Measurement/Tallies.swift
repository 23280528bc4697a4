import Model

/// The counts of one subject: a workload in a window, or an endpoint.
struct TallyCounts: BitwiseCopyable {
  var arrivals: Int64 = 0
  var success: Int64 = 0
  var degraded: Int64 = 0
  var failed: Int64 = 0
  /// Latencies of what was served, and of failures, in nanoseconds.
  var servedSum: UInt128 = 0
  var servedMax: Int64 = 0
  var failedSum: UInt128 = 0
  var failedMax: Int64 = 0
}

/// How a request or an attempt ended.
enum Ending: UInt8 {
  case success, degraded, failed
}

/// Counts, latency histograms and reasons of all subjects of one replication.
struct Tallies: ~Copyable {
  private var counts: Slab<TallyCounts>
  /// Two histograms a subject: of what was served and of failures.
  private var buckets: Slab<UInt32>
  /// Failures by subject, reason and component.
  private var reasons: Slab<Int32>
  private let components: Int

  init(subjects: Int, components: Int) {
    self.components = components
    counts = Slab(repeating: TallyCounts(), count: subjects)
    buckets = Slab(repeating: 0, count: subjects * 2 * LatencyScale.bucketCount)
    reasons = Slab(repeating: 0, count: subjects * FailureReason.allCases.count * components)
  }

  mutating func reset() {
    counts.fill(with: TallyCounts())
    buckets.fill(with: 0)
    reasons.fill(with: 0)
  }

  @inline(always) mutating func arrived(_ subject: Int) { counts[subject].arrivals &+= 1 }

  @inline(always) mutating func ended(
    _ subject: Int, _ ending: Ending, latency: Int64, blame: Blame
  ) {
    switch ending {
    case .success, .degraded: served(subject, ending, latency: latency)
    case .failed: failed(subject, latency: latency, blame: blame)
    }
  }

  /// - Parameter ending: success or degraded.
  @inline(always) mutating func served(_ subject: Int, _ ending: Ending, latency: Int64) {
    let count = counts.at(Int32(truncatingIfNeeded: subject))
    if ending == .degraded { count.its.degraded &+= 1 } else { count.its.success &+= 1 }
    count.its.servedSum &+= UInt128(truncatingIfNeeded: latency)
    if latency > count.its.servedMax { count.its.servedMax = latency }
    buckets[subject &* (2 &* LatencyScale.bucketCount) &+ LatencyScale.index(of: latency)] &+= 1
  }

  private mutating func failed(_ subject: Int, latency: Int64, blame: Blame) {
    let count = counts.at(Int32(truncatingIfNeeded: subject))
    count.its.failed &+= 1
    count.its.failedSum &+= UInt128(truncatingIfNeeded: latency)
    if latency > count.its.failedMax { count.its.failedMax = latency }
    guard let reason = blame.reason else { preconditionFailure("a failure without a reason") }
    let row = subject &* FailureReason.allCases.count &+ Int(reason.rawValue)
    reasons[row &* components &+ Int(blame.component)] &+= 1
    buckets[(subject &* 2 &+ 1) &* LatencyScale.bucketCount &+ LatencyScale.index(of: latency)] &+= 1
  }

  /// Requests that have neither succeeded nor failed.
  func inFlight(_ subject: Int) -> Int64 {
    let count = counts[subject]
    return count.arrivals - count.success - count.degraded - count.failed
  }

  /// Of success and degraded together.
  func servedLatency(of subject: Int) -> LatencyTally {
    let count = counts[subject]
    return LatencyTally(sum: count.servedSum, max: count.servedMax, histogram: subject * 2, in: buckets)
  }

  func tally(of subject: Int, components names: [String]) -> RequestTally {
    let count = counts[subject]
    var reasonCounts: [ReasonCount] = []
    for reason in FailureReason.allCases {
      let row = (subject * FailureReason.allCases.count + Int(reason.code.rawValue)) * components
      for component in 0..<components where reasons[row + component] > 0 {
        reasonCounts.append(
          ReasonCount(
            reason: reason, component: names[component], count: Int(reasons[row + component])))
      }
    }
    reasonCounts.sort { ($0.reason.rawValue, $0.component) < ($1.reason.rawValue, $1.component) }
    return RequestTally(
      arrivals: Int(count.arrivals), success: Int(count.success), degraded: Int(count.degraded),
      failed: Int(count.failed), inFlight: Int(inFlight(subject)), reasons: reasonCounts,
      latency: servedLatency(of: subject),
      failedLatency: LatencyTally(
        sum: count.failedSum, max: count.failedMax, histogram: subject * 2 + 1, in: buckets))
  }
}
