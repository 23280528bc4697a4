import Model
import Statistics

/// What the replications of a variant say about an expectation, as it is judged.
///
/// Fractions of what went well are judged by what is lost, where the digits are. What is compared with the twin is judged
/// by the difference of each replication from its own twin, or from a multiple of it: both had the same random numbers,
/// so that what they share falls out.
struct JudgedValues {
  /// One a replication that tells it, in their order.
  let values: [Double]
  /// The claim about them.
  let hypothesis: MeanHypothesis
  /// Whether a value has to lie on its side of the bound, and not just at it.
  let isStrict: Bool
  /// What a value can be at all.
  let range: ClosedRange<Double>
  /// Whether they are subtracted from `whole` to be told in the unit of the metric.
  let isLoss: Bool
  let whole: Double
  /// The twin's values that were compared with, in the unit of the metric.
  let twin: [Double]

  init(_ expectation: Expectation, in samples: VariantSamples) {
    self.init(expectation, own: samples.accumulated(expectation.metric), in: samples)
  }

  /// - Parameter own: what each replication says of the metric, as it is accumulated.
  init(_ expectation: Expectation, own: [Double?], in samples: VariantSamples) {
    let quantity = expectation.metric.quantity
    isLoss = quantity.isAccumulatedAsLoss
    isStrict = expectation.comparison == .above || expectation.comparison == .below
    let isAtMost = expectation.comparison.isLowerBound == isLoss
    if let factor = expectation.twinFactor {
      let pairs = zip(own, samples.twinAccumulated(expectation.metric)).compactMap { own, twin in
        if let own, let twin { (own: own, twin: twin) } else { nil }
      }
      values = pairs.map { $0.own - factor * $0.twin }
      twin = pairs.map { [isLoss] in isLoss ? 1 - $0.twin : $0.twin }
      whole = 1 - factor
      let isShare = pairs.allSatisfy { quantity.isShare($0.own) && quantity.isShare($0.twin) }
      range = quantity.isFraction && isShare ? -factor...1 : -.infinity ... .infinity
    } else {
      values = own.compactMap { $0 }
      twin = []
      whole = 1
      // What happens in a window may go back to plays of an earlier one, so not every share is at most 1 by its making.
      range = 0...(quantity.isFraction && values.allSatisfy(quantity.isShare) ? 1 : .infinity)
    }
    let bound = isLoss ? whole - expectation.bound : expectation.bound
    hypothesis = MeanHypothesis(isAtMost ? .atMost : .atLeast, bound)
  }

  /// The mean of the twin; nil where nothing is compared with it.
  var meanTwin: Double? { twin.isEmpty ? nil : Moments(twin).mean }

  /// How many keep to the bound; nil without any.
  var keeping: Proportion? { values.isEmpty ? nil : Proportion(values.count { holds($0) }, of: values.count) }

  /// Whether one value keeps to the bound.
  func holds(_ value: Double) -> Bool {
    // 1 - 0.9995 is not exactly 0.0005: a loss that equals the bound's must count as equal.
    let slack = isLoss ? 1e-15 : 0
    switch (hypothesis.direction, isStrict) {
    case (.atMost, false): return value <= hypothesis.bound + slack
    case (.atMost, true): return value < hypothesis.bound - slack
    case (.atLeast, false): return value >= hypothesis.bound - slack
    case (.atLeast, true): return value > hypothesis.bound + slack
    }
  }

  /// An estimate of the values in the unit of the metric.
  func told(_ estimate: Estimate) -> Estimate { isLoss ? estimate.subtracted(from: whole) : estimate }

  /// A value in the unit of the metric.
  func told(_ value: Double) -> Double { isLoss ? whole - value : value }
}

extension Metric.Quantity {
  /// Whether a value lies where a part of something does; nothing bounds the offload from below.
  fileprivate func isShare(_ value: Double) -> Bool { self != .offload && (0...1).contains(value) }
}

extension Estimate {
  /// The estimate of whole - value.
  fileprivate func subtracted(from whole: Double) -> Estimate {
    Estimate(
      value: whole - value, low: high.map { whole - $0 }, high: low.map { whole - $0 }, confidence: confidence,
      replications: replications)
  }
}
