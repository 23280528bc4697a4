/// A scenario at growing scope: what FIT does to a fault before it lets it reach everybody.
///
/// K. Andrus, N. Gopalani and B. Schmaus, "FIT: Failure Injection Testing", Netflix Technology Blog, 2014.
public struct Ramp: Hashable, Sendable {
  public struct Step: Hashable, Sendable {
    public let scope: FaultScope
    /// The scenario whose faults have this scope, those that can have it.
    public let scenario: Scenario

    public init(scope: FaultScope, scenario: Scenario) {
      self.scope = scope
      self.scenario = scenario
    }
  }

  /// From the smallest scope to the largest; each reaches whom the ones before it reach.
  public let steps: [Step]
  /// Whether the scopes are assumed, since the scenario names none.
  public let isAssumed: Bool
  /// The faults that have the scopes, by name.
  public let faults: [String]

  public init(steps: [Step], isAssumed: Bool, faults: [String]) {
    self.steps = steps
    self.isAssumed = isAssumed
    self.faults = faults
  }
}
