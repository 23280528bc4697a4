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
    let unfinished = Unfinished(objective.indicator, in: samples)
    let stands = unfinished.spares(objective.indicator.quantity, bound: objective.target)
    status = told == .met && !stands ? .undecided : told
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
