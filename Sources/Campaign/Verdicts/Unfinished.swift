import Engine
import Model

/// Requests, or starts, of a metric's window that had not ended by the horizon, which the metric leaves out.
///
/// They may all have been going to fail: so where they are more than a few, what they leave out can't support a claim.
struct Unfinished {
  /// Of what arrived, over all replications.
  let share: Double
  private let samples: [Sample]
  /// Whether the metric is the part of them that is lost, or that is not.
  private let isLossOfRequests: Bool

  /// What each replication would have lost, had all failed; nil where the metric doesn't say what is lost.
  var lossesAtWorst: [Double?]? {
    if !isLossOfRequests { return nil }
    return samples.map { $0.arrivals > 0 ? Double($0.lost + $0.inFlight) / Double($0.arrivals) : nil }
  }

  /// What arrived in one replication, what of it had not ended, and what of it counts as lost.
  private struct Sample {
    let arrivals: Int
    let inFlight: Int
    let lost: Int

    /// The part that would be lost, had all in flight failed.
    var possibleLoss: Double { arrivals == 0 ? 0 : Double(lost + inFlight) / Double(arrivals) }
  }

  init(_ metric: Metric, in variant: VariantSamples) {
    let quantity = metric.quantity
    let requests = variant.tally(at: metric)
    let isOfStarts = quantity.subject == .latencies && requests.isEmpty
    switch quantity {
    case _ where isOfStarts, .startsLost, .startFailures, .exitsBeforeStart:
      isLossOfRequests = !isOfStarts
      let window = variant.windows.firstIndex(of: metric.window)
      let tallies = window.flatMap { variant.streaming?.tallies(of: metric.workload, window: $0) } ?? []
      samples = tallies.map { tally in
        let lost = quantity.ratio(of: tally, seconds: 0)?.numerator ?? 0
        return Sample(arrivals: tally.attempts, inFlight: tally.attempts - tally.endedStarts, lost: Int(lost))
      }
    case .hurt, .helped, .collateral:
      isLossOfRequests = false
      samples = Self.compared(metric, in: variant)
    default:
      isLossOfRequests = quantity == .availability || quantity == .fullFidelity || quantity == .errorRatio
      samples = requests.map { sample in
        let lost = quantity == .fullFidelity ? sample.degraded + sample.failed : sample.failed
        return Sample(arrivals: sample.arrivals, inFlight: sample.inFlight, lost: lost)
      }
    }
    let arrivals = samples.reduce(0) { $0 + $1.arrivals }
    share = arrivals == 0 ? 0 : Double(samples.reduce(0) { $0 + $1.inFlight }) / Double(arrivals)
  }

  /// Requests that had not ended in the run or in the twin; attempts at services and endpoints have none that count.
  private static func compared(_ metric: Metric, in variant: VariantSamples) -> [Sample] {
    guard let window = variant.windows.firstIndex(of: metric.window) else { return [] }
    return variant.harms.compactMap { harm -> Sample? in
      let counts = metric.subjects.compactMap { harm?.counts(of: $0, window: window) }
      // Of several the one that could have been hurt most counts.
      return counts.map { Sample(arrivals: $0.compared + $0.unfinished, inFlight: $0.unfinished, lost: $0.hurt) }
        .max { $0.possibleLoss < $1.possibleLoss }
    }
  }

  /// Whether the metric would still be at its bound or better, had all of them failed.
  ///
  /// A latency has no such value, so a few must do; what does not count requests or starts has nothing in flight.
  func spares(_ quantity: Metric.Quantity, bound: Double) -> Bool {
    switch quantity {
    case .latencyMean, .latencyP50, .latencyP90, .latencyP95, .latencyP99, .latencyP999:
      return share <= CampaignWarning.tolerableInFlight
    case .availability, .fullFidelity: return spares(loss: 1 - bound)
    case .errorRatio, .startsLost, .startFailures, .exitsBeforeStart, .hurt, .collateral: return spares(loss: bound)
    default: return true
    }
  }

  /// - Parameter allowed: a fraction of what arrives.
  private func spares(loss allowed: Double) -> Bool {
    if share <= CampaignWarning.tolerableInFlight { return true }
    let asked = samples.filter { $0.arrivals > 0 }
    let lost = asked.map { Double($0.lost + $0.inFlight) / Double($0.arrivals) }
    return !lost.isEmpty && lost.reduce(0, +) / Double(lost.count) <= allowed
  }
}
