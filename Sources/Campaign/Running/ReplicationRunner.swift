import Engine

/// One worker's means of running replications; used by one thread at a time.
public protocol ReplicationRunner: AnyObject, SendableMetatype {
  /// Runs one replication of a variant.
  ///
  /// - Parameters:
  ///   - variant: its place in the campaign's outline.
  ///   - replication: from 0.
  ///   - isCancelled: asked now and then.
  /// - Returns: nil once `isCancelled` says so.
  func run(variant: Int, replication: Int, isCancelled: () -> Bool) -> ReplicationRecord?
}

/// Runs replications by simulating them; its simulations are kept from replication to replication.
public final class SimulationRunner: ReplicationRunner {
  private let design: CampaignDesign
  private var simulations: [Workspace?]
  private var twins: [Workspace?]

  public init(_ design: CampaignDesign) {
    self.design = design
    simulations = Array(repeating: nil, count: design.variants.count)
    twins = simulations
  }

  public func run(variant: Int, replication: Int, isCancelled: () -> Bool) -> ReplicationRecord? {
    let programs = design.variants[variant]
    let simulation = simulations[variant] ?? Workspace(programs.program)
    simulations[variant] = simulation
    let seed = design.outline.seed
    var logs = programs.comparesRequests ? TwinLogs() : nil
    guard
      let outcome = simulation.run(
        seed: seed, replication: replication, isCancelled: isCancelled, log: &logs, as: \.run)
    else { return nil }
    var twinOutcome: ReplicationOutcome?
    if let program = programs.twin {
      let twin = twins[variant] ?? Workspace(program)
      twins[variant] = twin
      guard
        let calm = twin.run(seed: seed, replication: replication, isCancelled: isCancelled, log: &logs, as: \.twin)
      else { return nil }
      twinOutcome = calm
    }
    return ReplicationRecord(
      variant: design.outline.variants[variant], outcome: outcome, twin: twinOutcome,
      harm: logs?.harm(outcome, twin: twinOutcome, windows: design.outline.windows.count))
  }

  /// Holds a simulation, which cannot be copied, where an array can hold it.
  private final class Workspace {
    private var simulation: Simulation
    init(_ program: Program) { simulation = Simulation(program) }
    /// - Parameter logs: where the log of the replication's requests is put, under `place`; nil where none is kept.
    func run(
      seed: UInt64, replication: Int, isCancelled: () -> Bool, log logs: inout TwinLogs?,
      as place: WritableKeyPath<TwinLogs, RequestLog?>
    ) -> ReplicationOutcome? {
      if logs == nil { return simulation.run(seed: seed, replication: replication, isCancelled: isCancelled) }
      var log: RequestLog?
      let outcome = simulation.run(
        seed: seed, replication: replication, isCancelled: isCancelled, logging: { log = $0 })
      logs?[keyPath: place] = log
      return outcome
    }
  }
}
