/// A scenario: what breaks, and what is expected all the same.
public struct Scenario: Hashable, Sendable {
  public let name: String
  public let faults: [Fault]
  /// What fails again and again by itself in this scenario, beside what does in the model.
  public let failures: [CommonFailure]
  public let expectations: [Expectation]
  /// The level at which expectations are judged, for instance 0.95.
  public let confidence: Double
  /// The scopes at which its faults are tried in turn, each within the next; empty where it names none.
  public let ramp: [FaultScope]
  /// How rare an incident may be, as a share of the replications, that has to have had its chance to show up before an
  /// expectation counts as supported; above 0, at most 1.
  public let rarestIncident: Double

  public init(
    name: String, faults: [Fault], failures: [CommonFailure] = [], expectations: [Expectation], confidence: Double,
    ramp: [FaultScope] = [], rarestIncident: Double = Scenario.usualRarestIncident
  ) {
    self.ramp = ramp
    self.rarestIncident = rarestIncident
    self.name = name
    self.faults = faults.sorted { $0.name < $1.name }
    self.failures = failures.sorted { $0.name < $1.name }
    self.expectations = expectations.sorted { $0.name < $1.name }
    self.confidence = confidence
  }

  /// The same scenario with nothing broken: the counterfactual twin's. What fails in the model fails there too.
  public var withoutFaults: Scenario {
    Scenario(
      name: name, faults: [], expectations: expectations, confidence: confidence, ramp: ramp,
      rarestIncident: rarestIncident)
  }

  /// The same scenario of which only these expectations are judged.
  public func expecting(_ names: [String]) -> Scenario {
    judging(expectations.filter { names.contains($0.name) })
  }

  /// The same scenario with other expectations.
  public func judging(_ expectations: [Expectation]) -> Scenario {
    Scenario(
      name: name, faults: faults, failures: failures, expectations: expectations, confidence: confidence, ramp: ramp,
      rarestIncident: rarestIncident)
  }

  /// The same scenario with other faults.
  public func striking(with faults: [Fault]) -> Scenario {
    Scenario(
      name: name, faults: faults, failures: failures, expectations: expectations, confidence: confidence, ramp: ramp,
      rarestIncident: rarestIncident)
  }

  /// The same scenario with its faults changed.
  public func changing(fault: (Fault) -> Fault) -> Scenario { striking(with: faults.map(fault)) }

  /// What holds where a scenario doesn't say it. With a confidence of 95% it takes 59 replications.
  public static let usualRarestIncident = 0.05
}
