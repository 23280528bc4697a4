import Model

extension VariantSamples {
  /// What each replication contributes to an estimate of a metric, in their order: the values whose mean is the estimate.
  ///
  /// A fraction is a ratio of sums over all replications, of what was lost to what ended, and so are other quantities of
  /// sessions and CDNs: the mean of the replications' own ratios is biased where few requests fall into a window and
  /// where load and loss go together. The contributions are the jackknife's pseudovalues (R. G. Miller, "The jackknife:
  /// a review", Biometrika 61, 1974, 1), so that an interval and a comparison of pairs can be had of them as of any
  /// values. Where all replications have the same denominator they are the ratios themselves. Times are the
  /// replications' own values.
  func contributions(_ metric: Metric) -> [Double?] {
    let values = accumulated(metric)
    let ratios = ratios(metric)
    if ratios.isEmpty { return values }
    // Without a denominator there is nothing to add on either side.
    let known = ratios.map { ratio in ratio.flatMap { $0.value == nil ? nil : $0 } ?? MetricRatio(0, per: 0) }
    let above = known.reduce(0) { $0 + $1.numerator }
    let below = known.reduce(0) { $0 + $1.denominator }
    let count = Double(values.count { $0 != nil })
    let firstBelow = known.first { $0.denominator > 0 }?.denominator
    // With equal denominators the pseudovalues are the ratios, but for rounding.
    if count < 2 || known.allSatisfy({ $0.denominator == 0 || $0.denominator == firstBelow }) { return values }
    return values.indices.map { index in
      let own = known[index]
      guard values[index] != nil, below > own.denominator else { return values[index] }
      let without = (above - own.numerator) / (below - own.denominator)
      return count * (above / below) - (count - 1) * without
    }
  }
}
