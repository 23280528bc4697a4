import Engine
import Model

extension Cascade {
  /// Runs a replication and its twin without faults, and reads the cascade from them.
  ///
  /// - Parameters:
  ///   - replication: from 0.
  ///   - binWidth: above zero; the times of the cascade are as exact as that.
  ///   - isCancelled: asked now and then; nil is returned once it says so.
  public init?(
    of variant: CampaignPlan.Variant, seed: UInt64, replication: Int, binWidth: SimulationDuration = .seconds(1),
    isCancelled: () -> Bool = { false }
  ) {
    func signals(_ scenario: Scenario?) -> ComponentSignals? {
      var simulation = Simulation(Program(model: variant.model, scenario: scenario, windows: [.run]))
      return simulation.run(
        seed: seed, replication: replication, signalWidth: binWidth, isCancelled: isCancelled)?.signals
    }
    guard let run = signals(variant.scenario), let twin = signals(variant.scenario?.withoutFaults) else { return nil }
    self.init(run: run, twin: twin, time: variant.model.time)
  }
}
