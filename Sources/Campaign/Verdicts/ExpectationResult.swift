import Model
import Statistics

/// What the replications of a variant say about an expectation of its scenario.
public struct ExpectationResult: Hashable, Sendable {
  public let expectation: Expectation
  public let verdict: Verdict
  /// Why the replications do not decide it; nil where they do.
  public let doubt: Doubt?
  /// The mean that was judged, with the interval of its confidence sequence; nil where no replication tells it.
  public let judged: Estimate?
  /// How it was judged.
  public let method: MeanHypothesis.Method
  /// The share of replications that could be unlike all those seen without one having shown up.
  public let unseenShare: Double
  /// The metric as it is reported everywhere else.
  public let estimate: MetricEstimate

  init(_ expectation: Expectation, of variant: CampaignOutline.Variant, in samples: VariantSamples) {
    self.expectation = expectation
    let metric = expectation.metric
    let confidence = variant.expectationConfidence
    estimate = MetricEstimate(metric, in: samples, confidence: confidence)
    let values = samples.accumulated(metric).compactMap { $0 }
    let isLoss = metric.quantity.isAccumulatedAsLoss
    let hypothesis = MeanHypothesis(
      expectation.comparison.direction(ofLoss: isLoss),
      isLoss ? 1 - expectation.bound : expectation.bound)
    let range = metric.quantity.range(of: values)
    let judgement = hypothesis.judge(values, confidence: confidence, boundedIn: range)
    let bounded = judgement.estimate.map { metric.quantity.bounding($0) }
    judged = isLoss ? bounded?.complement : bounded
    method = judgement.method
    unseenShare = judgement.unseenShare
    let told =
      Self.verdict(ofSparing: expectation, by: values, confidence: confidence)
      ?? Self.verdict(judgement.verdict, on: expectation, recoveries: samples.recovery(of: metric.workload))
    let unfinished = Unfinished(metric, in: samples)
    if told == .supported, !Self.isSupported(expectation, with: unfinished) {
      verdict = .inconclusive
      doubt = .unfinished(share: unfinished.share)
    } else {
      verdict = told
      doubt = told == .inconclusive ? Doubt(judgement, of: hypothesis, boundedIn: range) : nil
    }
  }

  /// Whether what had not ended by the horizon leaves a claim standing: failures and long latencies may hide there.
  private static func isSupported(_ expectation: Expectation, with unfinished: Unfinished) -> Bool {
    let quantity = expectation.metric.quantity
    let isLowerBound = expectation.comparison == .atLeast || expectation.comparison == .above
    return isLowerBound != quantity.higherIsBetter || unfinished.spares(quantity, bound: expectation.bound)
  }

  /// A censored recovery took longer than it is counted for, so it can't support an upper bound, nor refute a lower one.
  private static func verdict(
    _ verdict: Verdict, on expectation: Expectation, recoveries: [RecoveryTime?]
  ) -> Verdict {
    guard expectation.metric.quantity == .recovery, recoveries.contains(where: { $0?.isCensored == true })
    else { return verdict }
    switch (verdict, expectation.comparison.direction(ofLoss: false)) {
    case (.supported, .atMost), (.refuted, .atLeast): return .inconclusive
    case (.supported, .atLeast), (.refuted, .atMost), (.inconclusive, _): return verdict
    }
  }
}

extension Metric.Quantity {
  /// Where values of it can be, as it is accumulated; nil where unbounded.
  ///
  /// What happens in a window may go back to plays of an earlier one, so not every share is at most 1 by its making.
  fileprivate func range(of values: [Double]) -> ClosedRange<Double>? {
    isFraction && self != .offload && values.allSatisfy((0...1).contains) ? 0...1 : nil
  }
}

extension Expectation.Comparison {
  /// Of a mean, which has a density, so strict and not make no difference.
  fileprivate func direction(ofLoss isLoss: Bool) -> MeanHypothesis.Direction {
    switch self {
    case .atLeast, .above: isLoss ? .atMost : .atLeast
    case .atMost, .below: isLoss ? .atLeast : .atMost
    }
  }
}
