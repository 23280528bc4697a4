import Model
import Statistics

/// Whether a variant reaches an objective of its model.
public struct ObjectiveResult: Hashable, Sendable {
  public enum Status: String, Hashable, Sendable, CaseIterable {
    /// The whole interval of the indicator is at the target or better.
    case met
    /// The whole interval is worse than the target.
    case missed
    /// The interval contains the target, no replication tells the indicator, or what had not ended by the horizon
    /// would have missed the target had it failed.
    case undecided
  }
  public let objective: Objective
  /// With a single replication, which has no interval, the value alone decides.
  public let status: Status
  public let estimate: MetricEstimate

  init(_ objective: Objective, in samples: VariantSamples, confidence: Double) {
    self.objective = objective
    estimate = MetricEstimate(objective.indicator, in: samples, confidence: confidence)
    let told = Self.status(estimate, target: objective.target)
    status = told == .met && !Self.stands(objective, in: samples) ? .undecided : told
  }

  /// Whether the mean would still be at the target or better, had all that had not ended come to the worst.
  private static func stands(_ objective: Objective, in samples: VariantSamples) -> Bool {
    let quantity = objective.indicator.quantity
    let isLoss = quantity.isAccumulatedAsLoss
    let isAtLeast = quantity.higherIsBetter && !isLoss
    switch Unfinished(objective.indicator, in: samples).effect(on: isAtLeast ? .atLeast : .atMost) {
    case .none: return true
    case .hides: return false
    case .worst(let own):
      let told = own.compactMap(\.self)
      if told.isEmpty { return false }
      let mean = Moments(told).mean
      let allowed = isLoss ? 1 - objective.target : objective.target
      return isAtLeast ? mean >= allowed : mean <= allowed + 1e-15
    }
  }

  private static func status(_ estimate: MetricEstimate, target: Double) -> Status {
    // Fractions of what went well are judged by what is lost, where the digits are; what else is the better the more
    // there is of it by its negative: so less is always better here.
    let quantity = estimate.metric.quantity
    let isLoss = quantity.isAccumulatedAsLoss
    let isTurned = !isLoss && quantity.higherIsBetter
    guard let told = isLoss ? estimate.loss : estimate.estimate else { return .undecided }
    let judged = isTurned ? told.negative : told
    let allowed = isLoss ? 1 - target : isTurned ? -target : target
    // 1 - 0.9995 is not exactly 0.0005: a loss that equals the target's must count as reaching it.
    let slack = isLoss ? 1e-15 : 0
    if judged.high ?? judged.value <= allowed + slack {
      return estimate.censored > 0 ? .undecided : .met
    }
    return judged.low ?? judged.value > allowed + slack ? .missed : .undecided
  }
}
