import Model

/// What refuted hypotheses come to where nothing is broken: a system that misses them anyway proves nothing about a fault.
public struct SteadyState: Sendable {
  /// The most replications that are asked.
  public static let replications = 20

  /// The variant whose trial tells it: each refuted hypothesis beside its counterfactual twin.
  public let variant: CampaignPlan.Variant

  /// - Parameters:
  ///   - trial: of `variant`.
  ///   - variant: a model and a scenario.
  /// - Returns: nil where nothing is refuted that could be, without faults.
  public init?(of trial: Trial, _ variant: CampaignPlan.Variant) {
    guard let scenario = variant.scenario, !scenario.faults.isEmpty else { return nil }
    let asked = trial.expectations.filter { $0.verdict == .refuted }.map(\.expectation).filter {
      $0.isToldWithoutFaults
    }
    if asked.isEmpty { return nil }
    let besideTwin = asked.map {
      Expectation(name: $0.name, metric: $0.metric, comparison: $0.comparison, bound: 0, twinFactor: 1)
    }
    self.variant = CampaignPlan.Variant(
      name: variant.name, model: variant.model, scenario: scenario.judging(besideTwin), overrides: variant.overrides)
  }

  /// The means without faults by the names of the hypotheses, in the units of their metrics; those that no replication
  /// tells are left out.
  ///
  /// - Parameter trial: of the variant above.
  public static func means(in trial: Trial) -> [String: Double] {
    let told = trial.expectations.compactMap { result in result.twin.map { (result.expectation.name, $0) } }
    return Dictionary(told, uniquingKeysWith: { first, _ in first })
  }
}

extension Expectation {
  /// Whether it bounds what a run without faults has too.
  fileprivate var isToldWithoutFaults: Bool {
    twinFactor == nil && metric.quantity != .recovery && !metric.quantity.isToldByTwin
  }
}
