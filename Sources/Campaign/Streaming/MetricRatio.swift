import Engine
import Model

/// What one replication contributes to a metric that is a ratio of sums: over replications both sides add up.
struct MetricRatio: Hashable, Sendable {
  let numerator: Double
  let denominator: Double

  init(_ numerator: Double, per denominator: Double) {
    self.numerator = numerator
    self.denominator = denominator
  }

  init(_ numerator: Int, per denominator: Int) {
    self.init(Double(numerator), per: Double(denominator))
  }

  /// nil where there is nothing to divide by.
  var value: Double? { denominator > 0 ? numerator / denominator : nil }
}

extension Metric.Quantity {
  /// What requests, or starts, that ended tell of it; nil where it is no ratio of them.
  ///
  /// Of what is accumulated as loss it is the loss.
  func ratio(of sample: TallySamples.Sample) -> MetricRatio? {
    switch self {
    case .availability: MetricRatio(sample.failed, per: sample.ended)
    case .errorRatio: MetricRatio(sample.failed, per: sample.ended)
    case .fullFidelity: MetricRatio(sample.degraded + sample.failed, per: sample.ended)
    default: nil
    }
  }

  /// What sessions tell of it; nil where it is no quantity of sessions.
  ///
  /// - Parameter seconds: of the window.
  func ratio(of tally: SessionTally, seconds: Double) -> MetricRatio? {
    switch self {
    case .startsLost: MetricRatio(tally.startFailures + tally.exitsBeforeStart, per: tally.endedStarts)
    case .startFailures: MetricRatio(tally.startFailures, per: tally.endedStarts)
    case .exitsBeforeStart: MetricRatio(tally.exitsBeforeStart, per: tally.endedStarts)
    case .rebufferingRatio: MetricRatio(Double(tally.stalledNanoseconds), per: Double(tally.watchedNanoseconds))
    case .stallsPerHour: MetricRatio(Double(tally.stalls), per: Double(tally.watchedNanoseconds) / 3600e9)
    case .playbackFailures: MetricRatio(tally.playbackFailures, per: tally.plays)
    case .abandonments: MetricRatio(tally.abandoned, per: tally.plays)
    case .bitrate: MetricRatio(tally.nominalBits, per: Double(tally.fetchedNanoseconds) / 1e9)
    case .startsRate: MetricRatio(Double(tally.starts), per: seconds)
    default: nil
    }
  }

  /// What a CDN tells of it; nil where it is no quantity of CDNs, or the cost of one without a price.
  ///
  /// Of what is accumulated as loss it is the loss.
  ///
  /// - Parameters:
  ///   - seconds: of the window.
  ///   - pricePerGB: for 10^9 bytes.
  func ratio(of tally: CDNTally, seconds: Double, pricePerGB: Double?) -> MetricRatio? {
    switch self {
    case .hitRatio: MetricRatio(tally.edge.unanswered, per: tally.edge.requests)
    case .shieldHitRatio: MetricRatio(tally.shield.unanswered, per: tally.shield.requests)
    case .offload: MetricRatio(Double(tally.originBytes), per: Double(tally.egressBytes))
    case .originRate: MetricRatio(Double(tally.originRequests), per: seconds)
    case .egress: MetricRatio(Double(tally.egressBytes) * 8, per: seconds)
    case .cost: pricePerGB.map { MetricRatio(Double(tally.egressBytes) / 1e9 * $0, per: 1) }
    default: nil
    }
  }
}

extension SessionTally {
  /// Starts that ended in any way.
  var endedStarts: Int { starts + startFailures + exitsBeforeStart }
}

extension TierTally {
  /// Requests that the tier's caches did not answer with an object.
  var unanswered: Int { requests - hits - staleHits - collapsed }
}
