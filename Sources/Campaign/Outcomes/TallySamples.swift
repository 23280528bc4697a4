import Engine
import Model

/// What one tally was in each replication, and all of them together.
struct TallySamples: Sendable {
  struct Sample: Hashable, Sendable {
    let arrivals: Int
    let success: Int
    let degraded: Int
    let failed: Int
    let inFlight: Int
    let reasons: [ReasonCount]
    let latency: LatencySample
    let failedLatency: LatencySample

    init(_ tally: RequestTally) {
      arrivals = tally.arrivals
      success = tally.success
      degraded = tally.degraded
      failed = tally.failed
      inFlight = tally.inFlight
      reasons = tally.reasons
      latency = LatencySample(tally.latency)
      failedLatency = LatencySample(tally.failedLatency)
    }

    var ended: Int { success + degraded + failed }
    /// failed / ended; nil where none ended.
    var unavailability: Double? { Metric.Quantity.availability.ratio(of: self)?.value }
    /// (degraded + failed) / ended; nil where none ended.
    var lostFidelity: Double? { Metric.Quantity.fullFidelity.ratio(of: self)?.value }
  }

  /// In the order of the replications.
  private(set) var samples: [Sample] = []
  private(set) var latency = LatencyTally.empty
  private(set) var failedLatency = LatencyTally.empty

  mutating func append(_ tally: RequestTally) {
    samples.append(Sample(tally))
    latency = latency.merging(tally.latency)
    failedLatency = failedLatency.merging(tally.failedLatency)
  }
}
