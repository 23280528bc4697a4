import Engine
import Model

/// A replication and its counterfactual twin, both run with the logs of their requests.
public struct TwinRun: Sendable {
  public let run: LoggedReplication
  public let twin: LoggedReplication
  public let comparison: TwinComparison
  /// When faults are injected.
  public let faults: FaultPeriod

  /// - Parameters:
  ///   - replication: from 0.
  ///   - isCancelled: asked now and then.
  /// - Returns: nil once `isCancelled` says so, and where the variant's scenario injects nothing before the horizon.
  public init?(
    of variant: CampaignPlan.Variant, seed: UInt64, replication: Int, isCancelled: () -> Bool = { false }
  ) {
    guard let faults = FaultPeriod(of: variant.scenario, horizon: variant.model.time.horizon) else { return nil }
    let program = Program(model: variant.model, scenario: variant.scenario, windows: [.run])
    let calm = Program(model: variant.model, scenario: variant.scenario?.withoutFaults, windows: [.run])
    guard let run = LoggedReplication(of: program, seed: seed, replication: replication, isCancelled: isCancelled),
      let twin = LoggedReplication(of: calm, seed: seed, replication: replication, isCancelled: isCancelled)
    else { return nil }
    self.run = run
    self.twin = twin
    self.faults = faults
    comparison = TwinComparison(run: run, twin: twin, targeted: program.targetedEndpoints)
  }
}

extension LoggedReplication {
  init?(of program: Program, seed: UInt64, replication: Int, isCancelled: () -> Bool) {
    var simulation = Simulation(program)
    var log: RequestLog?
    let outcome = simulation.run(
      seed: seed, replication: replication, isCancelled: isCancelled, logging: { log = $0 })
    guard let outcome, let log else { return nil }
    self.init(outcome: outcome, log: log)
  }
}
