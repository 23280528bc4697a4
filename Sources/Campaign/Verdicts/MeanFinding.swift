import Model
import Statistics

extension ExpectationResult.Finding {
  /// What replications say about an expectation of their mean.
  init(
    ofMean values: JudgedValues, of expectation: Expectation, in samples: VariantSamples, confidence: Double,
    rarest: Double, withInterval: Bool
  ) {
    let metric = expectation.metric
    func judge(_ values: JudgedValues, withInterval: Bool) -> (judgement: Judgement, verdict: Verdict) {
      let judgement = values.hypothesis.judge(
        values.values, confidence: confidence, within: values.range, rarest: rarest, withInterval: withInterval)
      let spared = ExpectationResult.verdict(
        ofSparing: expectation, by: values.values, confidence: confidence, rarest: rarest)
      let recoveries = metric.quantity == .recovery ? samples.recovery(of: metric.workload) : []
      return (judgement, spared ?? Self.verdict(judgement.verdict, expectation.comparison, recoveries: recoveries))
    }
    let (judgement, told) = judge(values, withInterval: withInterval)
    let unfinished = Unfinished(metric, in: samples)
    var isHidden: Bool {
      switch unfinished.effect(on: values.hypothesis.direction) {
      case .none: false
      case .hides: true
      case .worst(let own):
        judge(JudgedValues(expectation, own: own, in: samples), withInterval: false).verdict != .supported
      }
    }
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
