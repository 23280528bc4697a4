import Engine
import Model

extension Cascade {
  /// Runs a replication and its twin, and reads the cascade from them.
  ///
  /// - Parameters:
  ///   - program: with the faults.
  ///   - twin: the same model without them: its windows may be others.
  ///   - binWidth: above zero; the times of the cascade are as exact as that.
  ///   - isCancelled: asked now and then; nil is returned once it says so.
  public init?(
    running program: Program, twin: Program, seed: UInt64, replication: Int,
    binWidth: SimulationDuration = .seconds(1), isCancelled: () -> Bool = { false }
  ) {
    func signals(_ program: Program) -> ComponentSignals? {
      var simulation = Simulation(program)
      return simulation.run(
        seed: seed, replication: replication, signalWidth: binWidth, isCancelled: isCancelled)?.signals
    }
    guard let run = signals(program), let calm = signals(twin) else { return nil }
    self.init(run: run, twin: calm, time: program.model.time)
  }
}
