import Campaign
import Model
import Statistics

/// A scenario at growing scope: what each scope did to those in it and to everyone, and where a hypothesis was refuted.
public struct RampReport: Sendable {
  public struct Step: Sendable {
    public let scope: FaultScope
    public let trial: Trial

    public init(scope: FaultScope, trial: Trial) {
      self.scope = scope
      self.trial = trial
    }
  }

  public let scenario: String
  public let ramp: Ramp
  /// Those that were run, in the order of the ramp.
  public let steps: [Step]
  public let seed: UInt64
  /// The most replications of a scope.
  public let maximum: Int
  public let toolVersion: String

  public init(scenario: String, ramp: Ramp, steps: [Step], seed: UInt64, maximum: Int, toolVersion: String) {
    self.scenario = scenario
    self.ramp = ramp
    self.steps = steps
    self.seed = seed
    self.maximum = maximum
    self.toolVersion = toolVersion
  }

  /// What the dose-response tells at each scope: the availability of every workload and of all sessions while the faults
  /// are active, among those in scope and among everyone.
  public static func outcomes(of model: SystemModel) -> [Metric] {
    subjects(of: model).flatMap { subject in
      Window.Population.allCases.map { availability(of: subject, among: $0) }
    }
  }

  private static func subjects(of model: SystemModel) -> [String] {
    model.workloads.map(\.name) + (model.streaming == nil ? [] : [Metric.allSessions])
  }

  static func availability(of subject: String, among population: Window.Population) -> Metric {
    Metric(.availability, of: subject, in: Window(.duringFaults, among: population))
  }

  /// Whose availability is told.
  var subjects: [String] {
    var names: [String] = []
    for metric in steps.first?.trial.result.outline.outcomes ?? [] where !names.contains(metric.workload) {
      names.append(metric.workload)
    }
    return names
  }

  /// The first scope at which a hypothesis is refuted; nil where none is.
  public var refutation: Step? { steps.first { step in step.trial.expectations.contains { $0.verdict == .refuted } } }

  public var isInterrupted: Bool { steps.contains(where: \.trial.isInterrupted) }

  /// The scopes that were not tried.
  var notRun: [FaultScope] { ramp.steps.dropFirst(steps.count).map(\.scope) }

  /// Refuted where a hypothesis is at any scope; supported where all are at all of them.
  public var verdict: Verdict {
    if refutation != nil { return .refuted }
    let verdicts = steps.flatMap { $0.trial.expectations.map(\.verdict) }
    return verdicts.contains(.inconclusive) ? .inconclusive : .supported
  }

  public func text(_ style: TextStyle) -> String { TextRenderer(style).text(blocks) }
}

extension FaultScope {
  /// As in a file: `one device`, `5%`, `5% of requests`, `2 replicas`.
  var text: String {
    switch self {
    case .everything: "100%"
    case .oneDevice: "one device"
    case .devices(let part): NumberText.stated(part.value)
    case .requests(let part): "\(NumberText.stated(part.value)) of requests"
    case .replicas(let count): "\(count) \(count == 1 ? "replica" : "replicas")"
    }
  }
}
