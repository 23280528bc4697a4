import Engine
import Model
import Statistics

/// Requests, or starts, of a metric's window that had not ended by the horizon, which the metric leaves out.
///
/// They may all have been going to fail, or all to succeed: so where they are more than a few, a claim is supported only
/// if it holds whatever becomes of them. What does not count requests or starts has nothing in flight.
struct Unfinished {
  /// Of what arrived, over all replications.
  let share: Double
  private let kind: Kind
  /// One a replication; nil where it tells nothing.
  private let samples: [Sample?]

  /// What they do to a claim.
  enum Effect {
    case none
    /// It can't be supported, since nothing tells how long they would have taken.
    case hides
    /// It has to hold for these values of the replications, as the metric is accumulated.
    case worst([Double?])
  }

  private enum Kind { case none, ratio, latency }

  /// What arrived in one replication, what of it had not ended, and between what the metric lies, as it is accumulated.
  private struct Sample {
    let arrivals: Int
    let inFlight: Int
    let bounds: ClosedRange<Double>

    /// - Parameters:
    ///   - counted: of what ended, what the metric counts.
    ///   - arrivals: all that ended or not.
    init(counted: Int, arrivals: Int, inFlight: Int) {
      let all = Double(max(arrivals, 1))
      self.init(
        arrivals: arrivals, inFlight: inFlight, bounds: Double(counted) / all...Double(counted + inFlight) / all)
    }

    init(arrivals: Int, inFlight: Int, bounds: ClosedRange<Double>) {
      self.arrivals = arrivals
      self.inFlight = inFlight
      self.bounds = bounds
    }
  }

  init(_ metric: Metric, in variant: VariantSamples) {
    let quantity = metric.quantity
    let requests = variant.tally(at: metric)
    switch quantity {
    case .availability, .fullFidelity, .errorRatio:
      kind = .ratio
      samples = requests.map { sample in
        let counted = quantity == .fullFidelity ? sample.degraded + sample.failed : sample.failed
        return Sample(counted: counted, arrivals: sample.arrivals, inFlight: sample.inFlight)
      }
    case .latencyMean, .latencyP50, .latencyP90, .latencyP95, .latencyP99, .latencyP999:
      kind = .latency
      samples =
        requests.isEmpty
        ? Self.starts(metric, in: variant)
        : requests.map { Sample(counted: 0, arrivals: $0.arrivals, inFlight: $0.inFlight) }
    case .startsLost, .startFailures, .exitsBeforeStart:
      kind = .ratio
      samples = Self.starts(metric, in: variant)
    case .hurt, .helped, .collateral:
      kind = .ratio
      samples = Self.compared(metric, in: variant)
    case .recovery, .queueMax, .queueMean, .poolUse, .poolFull, .rebufferingRatio, .stallsPerHour, .playbackFailures,
      .abandonments, .bitrate, .startsRate, .hitRatio, .shieldHitRatio, .offload, .originRate, .egress, .cost:
      kind = .none
      samples = []
    }
    let told = samples.compactMap(\.self)
    let arrivals = told.reduce(0) { $0 + $1.arrivals }
    share = arrivals == 0 ? 0 : Double(told.reduce(0) { $0 + $1.inFlight }) / Double(arrivals)
  }

  /// Starts of sessions, all of them or those of a part.
  private static func starts(_ metric: Metric, in variant: VariantSamples) -> [Sample?] {
    let window = variant.windows.firstIndex(of: metric.window)
    let tallies = window.flatMap { variant.streaming?.tallies(of: metric.workload, window: $0) } ?? []
    return tallies.map { tally in
      let counted = metric.quantity.ratio(of: tally, seconds: 0)?.numerator ?? 0
      return Sample(counted: Int(counted), arrivals: tally.attempts, inFlight: tally.attempts - tally.endedStarts)
    }
  }

  /// Requests that had not ended in the run or in the twin, and attempts.
  private static func compared(_ metric: Metric, in variant: VariantSamples) -> [Sample?] {
    guard let window = variant.windows.firstIndex(of: metric.window) else { return [] }
    return variant.harms.map { harm -> Sample? in
      guard let harm else { return nil }
      let subjects = metric.quantity == .collateral ? metric.subjects : [metric.workload]
      let all = subjects.map { subject -> Sample in
        guard let counts = harm.counts(of: subject, window: window) else {
          let attempts = harm.attempts(at: subject, window: (window, metric.window)) ?? AttemptHarm()
          return Sample(
            arrivals: attempts.attempts, inFlight: attempts.unfinished, bounds: attempts.possibleHarm)
        }
        return Sample(
          counted: metric.quantity == .helped ? counts.compared - counts.helped : counts.hurt,
          arrivals: counts.compared + counts.unfinished, inFlight: counts.unfinished)
      }
      // Of several the one that was hurt most tells the metric: each bound is that of another.
      guard let most = all.max(by: { $0.bounds.upperBound < $1.bounds.upperBound }) else { return nil }
      let low = all.reduce(0) { max($0, $1.bounds.lowerBound) }
      return Sample(arrivals: most.arrivals, inFlight: most.inFlight, bounds: low...most.bounds.upperBound)
    }
  }

  /// What they do to a claim about the values as the metric is accumulated.
  func effect(on direction: MeanHypothesis.Direction) -> Effect {
    if share <= CampaignWarning.tolerableInFlight { return .none }
    switch (kind, direction) {
    // Those that would have taken long can't break that it takes long.
    case (.none, _), (.latency, .atLeast): return .none
    case (.latency, .atMost): return .hides
    case (.ratio, .atMost): return .worst(values(\.upperBound))
    case (.ratio, .atLeast): return .worst(values(\.lowerBound))
    }
  }

  private func values(_ bound: KeyPath<ClosedRange<Double>, Double>) -> [Double?] {
    samples.map { sample in sample.flatMap { $0.arrivals > 0 ? $0.bounds[keyPath: bound] : nil } }
  }
}
