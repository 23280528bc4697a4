import Engine
import Model
import Statistics

/// What the requests of a workload in a window, or the attempts at an endpoint, came to: means over replications.
public struct TallySummary: Hashable, Sendable {
  /// Counts of one replication, on average: arrivals = success + degraded + failed + inFlight.
  public let arrivals: Estimate
  public let success: Estimate
  public let degraded: Estimate
  public let failed: Estimate
  public let inFlight: Estimate
  /// The same, added up over all replications.
  public let totals: Totals
  /// The most frequent first.
  public let reasons: [ReasonSummary]
  /// (success + degraded) / ended; nil where none ended.
  public let availability: Estimate?
  /// failed / ended, accumulated directly; nil where none ended.
  public let unavailability: Estimate?
  /// success / ended; nil where none ended.
  public let fullFidelity: Estimate?
  /// Of success and degraded together.
  public let latency: LatencySummary
  /// Of failures.
  public let failedLatency: LatencySummary

  public struct Totals: Hashable, Sendable {
    public let arrivals: Int
    public let success: Int
    public let degraded: Int
    public let failed: Int
    public let inFlight: Int

    /// The part of the arrivals that had not ended at the horizon; 0 where nothing arrived.
    public var inFlightShare: Double { arrivals == 0 ? 0 : Double(inFlight) / Double(arrivals) }
  }

  /// Nil without replications.
  init?(_ tally: TallySamples, confidence: Double) {
    let samples = tally.samples
    guard let arrivals = Estimate(of: samples.map(\.arrivals), confidence: confidence),
      let success = Estimate(of: samples.map(\.success), confidence: confidence),
      let degraded = Estimate(of: samples.map(\.degraded), confidence: confidence),
      let failed = Estimate(of: samples.map(\.failed), confidence: confidence),
      let inFlight = Estimate(of: samples.map(\.inFlight), confidence: confidence)
    else { return nil }
    self.arrivals = arrivals
    self.success = success
    self.degraded = degraded
    self.failed = failed
    self.inFlight = inFlight
    totals = Totals(
      arrivals: samples.reduce(0) { $0 + $1.arrivals },
      success: samples.reduce(0) { $0 + $1.success },
      degraded: samples.reduce(0) { $0 + $1.degraded },
      failed: samples.reduce(0) { $0 + $1.failed },
      inFlight: samples.reduce(0) { $0 + $1.inFlight })
    reasons = ReasonSummary.all(in: samples, confidence: confidence)
    unavailability = Estimate(of: samples.map(\.unavailability), confidence: confidence)?.asFraction
    availability = unavailability?.complement
    fullFidelity = Estimate(of: samples.map(\.lostFidelity), confidence: confidence)?.asFraction.complement
    latency = LatencySummary(samples.map(\.latency), pooled: tally.latency, confidence: confidence)
    failedLatency = LatencySummary(
      samples.map(\.failedLatency), pooled: tally.failedLatency, confidence: confidence)
  }
}

/// Failures for one reason that arose at one component.
public struct ReasonSummary: Hashable, Sendable {
  public let reason: FailureReason
  public let component: String
  /// Failures of one replication, on average.
  public let count: Estimate
  /// Over all replications.
  public let total: Int

  static func all(in samples: [TallySamples.Sample], confidence: Double) -> [ReasonSummary] {
    ReasonKey.all(in: samples).compactMap { key -> ReasonSummary? in
      let counts = samples.map { key.count(in: $0) }
      guard let count = Estimate(of: counts, confidence: confidence) else { return nil }
      return ReasonSummary(
        reason: key.reason, component: key.component, count: count, total: counts.reduce(0, +))
    }
    .sorted { ($1.total, $0.reason.rawValue, $0.component) < ($0.total, $1.reason.rawValue, $1.component) }
  }
}

/// A reason and where it arose.
struct ReasonKey: Hashable, Sendable {
  let reason: FailureReason
  let component: String

  /// Every one that occurs, in the order of both names.
  static func all(in samples: [TallySamples.Sample]) -> [ReasonKey] {
    Set(samples.flatMap { $0.reasons.map { ReasonKey(reason: $0.reason, component: $0.component) } })
      .sorted { ($0.reason.rawValue, $0.component) < ($1.reason.rawValue, $1.component) }
  }

  func count(in sample: TallySamples.Sample) -> Int {
    sample.reasons.first { $0.reason == reason && $0.component == component }?.count ?? 0
  }
}
