import Model

extension VariantSamples {
  /// What each replication contributes to an estimate of a metric, in their order: the values whose mean is the estimate.
  ///
  /// A fraction is a ratio of sums over all replications, of what was lost to what ended: the mean of the replications'
  /// own ratios is biased where few requests fall into a window and where load and loss go together. The contributions
  /// are the jackknife's pseudovalues (R. G. Miller, "The jackknife: a review", Biometrika 61, 1974, 1), so that an
  /// interval and a comparison of pairs can be had of them as of any values. Where all replications have the same number
  /// of requests they are the ratios themselves. Other metrics are the replications' own values.
  func contributions(_ metric: Metric) -> [Double?] {
    let values = accumulated(metric)
    guard metric.quantity.isAccumulatedAsLoss else { return values }
    let samples = tally(at: metric)
    let ended = samples.map { Double($0.ended) }
    let lost = zip(values, ended).map { ($0 ?? 0) * $1 }
    let allEnded = ended.reduce(0, +)
    let allLost = lost.reduce(0, +)
    let count = Double(values.count { $0 != nil })
    let firstEnded = ended.first { $0 > 0 }
    // With equal denominators the pseudovalues are the ratios, but for rounding.
    if count < 2 || ended.allSatisfy({ $0 == 0 || $0 == firstEnded }) { return values }
    return values.indices.map { index in
      guard values[index] != nil, allEnded > ended[index] else { return values[index] }
      let without = (allLost - lost[index]) / (allEnded - ended[index])
      return count * (allLost / allEnded) - (count - 1) * without
    }
  }
}
