import Model
import Statistics

extension ExpectationResult.Finding {
  /// What replications say about an expectation of their mean.
  init(
    ofMean values: JudgedValues, of expectation: Expectation, in samples: VariantSamples, confidence: Double,
    rarest: Double, withInterval: Bool
  ) {
    let metric = expectation.metric
    let judgement = values.hypothesis.judge(
      values.values, confidence: confidence, within: values.range, rarest: rarest, withInterval: withInterval)
    let told =
      ExpectationResult.verdict(ofSparing: expectation, by: values.values, confidence: confidence, rarest: rarest)
      ?? Self.verdict(
        judgement.verdict, expectation.comparison,
        recoveries: metric.quantity == .recovery ? samples.recovery(of: metric.workload) : [])
    let unfinished = Unfinished(metric, in: samples)
    let bound = expectation.bound + (values.meanTwin ?? 0) * (expectation.twinFactor ?? 0)
    let isHidden = expectation.isThreatenedByUnfinished && !unfinished.spares(metric.quantity, bound: bound)
    let doubt: ExpectationResult.Doubt? =
      switch told {
      case .supported: isHidden ? .unfinished(share: unfinished.share) : nil
      case .refuted: nil
      case .inconclusive:
        ExpectationResult.Doubt(judgement, of: values.hypothesis, confidence: confidence, rarest: rarest)
      }
    let estimate = judgement.estimate.map { values.told($0) }
    self.init(
      verdict: doubt == nil ? told : .inconclusive, doubt: doubt,
      judged: expectation.twinFactor == nil ? estimate.map { metric.quantity.boundingMean($0) } : estimate,
      method: judgement.method, limit: doubt == nil ? judgement.limit.map { values.told($0) } : nil,
      unseenShare: judgement.unseenShare)
  }

  /// A censored recovery took longer than it is counted for, so it can't support an upper bound, nor refute a lower one.
  private static func verdict(
    _ verdict: Verdict, _ comparison: Expectation.Comparison, recoveries: [RecoveryTime?]
  ) -> Verdict {
    guard recoveries.contains(where: { $0?.isCensored == true }) else { return verdict }
    switch (verdict, comparison.isLowerBound) {
    case (.supported, false), (.refuted, true): return .inconclusive
    case (.supported, true), (.refuted, false), (.inconclusive, _): return verdict
    }
  }
}

extension Metric.Quantity {
  /// The interval cut to where a mean can be, in the unit of the quantity.
  fileprivate func boundingMean(_ estimate: Estimate) -> Estimate {
    if self == .offload { return estimate }
    return isFraction ? estimate.asFraction : estimate.asPositive
  }
}
