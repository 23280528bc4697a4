import Model

/// Requests of a metric's window that had not ended by the horizon, which the metric leaves out.
///
/// They may all have been going to fail: so where they are more than a few, what they leave out can't support a claim.
struct Unfinished {
  /// Of what arrived, over all replications.
  let share: Double
  private let samples: [TallySamples.Sample]

  init(_ metric: Metric, in variant: VariantSamples) {
    samples = variant.tally(at: metric)
    let arrivals = samples.reduce(0) { $0 + $1.arrivals }
    share = arrivals == 0 ? 0 : Double(samples.reduce(0) { $0 + $1.inFlight }) / Double(arrivals)
  }

  /// Whether the metric would still be at its bound or better, had all of them failed; a latency has no such value.
  ///
  /// - Parameter bound: a fraction.
  func spares(_ quantity: Metric.Quantity, atLeast bound: Double) -> Bool {
    if share <= CampaignWarning.tolerableInFlight { return true }
    let asked = samples.filter { $0.arrivals > 0 }
    let lost = asked.map { sample in
      let served = quantity == .fullFidelity ? sample.success : sample.success + sample.degraded
      return Double(sample.arrivals - served) / Double(sample.arrivals)
    }
    return !lost.isEmpty && lost.reduce(0, +) / Double(lost.count) <= 1 - bound
  }
}
