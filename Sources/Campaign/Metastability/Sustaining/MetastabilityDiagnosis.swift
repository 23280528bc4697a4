import Engine
import Model

/// What keeps a system degraded in one replication, and whether it comes back without it.
///
/// Signs are correlations: what is unusual after the trigger has gone. The proof is the same replication, on the same
/// random numbers, with a mechanism taken out of the model from the start: where it then recovers, the mechanism was
/// necessary for staying degraded.
public struct MetastabilityDiagnosis: Sendable {
  /// From 0.
  public let replication: Int
  /// One a workload that tells it.
  public let findings: [Metastability]
  /// The strongest first; none where nothing is metastable.
  public let signs: [SustainingSign]
  /// Those that the model allows, in the order of `Removal`; none where nothing is metastable.
  public let counterfactuals: [Counterfactual]

  /// The same replication without a mechanism.
  public struct Counterfactual: Hashable, Sendable {
    public let removal: Removal
    /// Of the workloads that are metastable with it, the worst.
    public let verdict: Metastability.Verdict
    /// How long they took to recover, the longest; nil unless all do.
    public let recovery: SimulationDuration?
  }

  /// The length of the bins in which signs are looked for.
  private static let signalWidth = SimulationDuration.seconds(1)

  /// Runs a replication, its twin, and as many more as there are mechanisms to take out.
  ///
  /// - Parameters:
  ///   - scenario: with the faults that trigger.
  ///   - workloads: those that are judged; by default the model's, and the starts of sessions.
  ///   - isCancelled: asked now and then.
  /// - Returns: nil once `isCancelled` says so, and where no fault ends before the horizon.
  public init?(
    model: SystemModel, scenario: Scenario, seed: UInt64, replication: Int, workloads: [String]? = nil,
    isCancelled: () -> Bool = { false }
  ) {
    let time = model.time
    guard let trigger = FaultPeriod(of: scenario, horizon: time.horizon)?.spans.last,
      trigger.end < .zero + time.horizon
    else { return nil }
    let judged =
      workloads ?? ((model.streaming == nil ? [] : [Streaming.everySession]) + model.workloads.map(\.name))
    // What is measured begins where the trigger ends; what happens is the same.
    let late = model.over(TimeFrame(warmup: trigger.end - .zero, horizon: time.horizon, start: time.start))
    func run(_ model: SystemModel, _ scenario: Scenario) -> (outcome: ReplicationOutcome, signals: ComponentSignals)? {
      var simulation = Simulation(
        Program(model: model, scenario: scenario, windows: [.run], measuringRecovery: true))
      return simulation.run(
        seed: seed, replication: replication, signalWidth: Self.signalWidth, isCancelled: isCancelled)
    }
    func findings(_ run: ReplicationOutcome, _ twin: ReplicationOutcome, _ workloads: [String]) -> [Metastability] {
      workloads.compactMap {
        Metastability(of: $0, in: run, twin: twin.timeline, time: time, trigger: trigger)
      }
    }
    guard let broken = run(late, scenario), let calm = run(late, scenario.withoutFaults) else { return nil }
    self.replication = replication
    self.findings = findings(broken.outcome, calm.outcome, judged)
    let lasting = self.findings.filter { $0.verdict == .metastable }.map(\.workload)
    guard !lasting.isEmpty else {
      signs = []
      counterfactuals = []
      return
    }
    signs =
      SignSearch(
        model, run: broken.signals, twin: calm.signals, calm: calm.outcome, after: trigger.end
      ).signs
    var all: [Counterfactual] = []
    for removal in Removal.allCases {
      guard let without = removal.applied(to: late) else { continue }
      guard let broken = run(without, scenario), let calm = run(without, scenario.withoutFaults) else { return nil }
      let told = findings(broken.outcome, calm.outcome, lasting)
      let verdict = Metastability.worst(told.map(\.verdict))
      all.append(
        Counterfactual(
          removal: removal, verdict: verdict,
          recovery: verdict == .recovered ? told.compactMap(\.recovery).max() : nil))
    }
    counterfactuals = all
  }
}
