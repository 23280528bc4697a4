import Engine
import Model

/// A short run in which one dependency hangs, beside the same run in which nothing does.
public struct HangTrial: Sendable {
  /// A service whose threads were all in use for longer than without the fault.
  public struct FullPool: Hashable, Sendable {
    public let service: String
    /// Seconds of the fault, the mean over replicas; and of the same time without the fault.
    public let seconds: Double
    public let usualSeconds: Double
  }
  /// An asker that fared worse.
  public struct Loss: Hashable, Sendable {
    /// A workload, or `sessions`.
    public let asker: String
    /// Of what was asked while it hung, and of the same time without the fault.
    public let availability: Double
    public let usual: Double
  }
  public let call: AuditedCall
  /// The longest first.
  public let fullPools: [FullPool]
  /// The greatest first.
  public let losses: [Loss]
}

extension HangTrial {
  /// How long the dependency hangs, after 10 s in which it does not.
  public static let length = SimulationDuration.seconds(60)
  static let lead = SimulationDuration.seconds(10)
  /// How long it goes on, so that what was asked can end.
  static let rest = SimulationDuration.seconds(60)
  /// A pool that was full for so many seconds more than usual is told of.
  static let tellingSeconds = 1.0
  /// So large a loss of availability is told of.
  static let tellingLoss = 0.001

  /// One trial for each call between services.
  ///
  /// - Parameters:
  ///   - progress: is told of each trial before it runs: the calls done, of how many, and the next one.
  /// - Returns: nil once `isCancelled` says so.
  public static func all(
    of audit: SystemAudit, seed: UInt64, isCancelled: () -> Bool = { false },
    progress: (Int, Int, AuditedCall) -> Void = { _, _, _ in }
  ) -> [HangTrial]? {
    let calls = audit.calls.filter { if case .service = $0.caller { true } else { false } }
    let model = audit.model.shortened(to: audit.model.time.warmup + lead + length + rest)
    let from = model.time.warmup + lead
    let windows = [Window.run, Window(.between(from, from + length))]
    guard let usual = run(model, nil, windows, seed, isCancelled) else { return nil }
    var trials: [HangTrial] = []
    for call in calls {
      progress(trials.count, calls.count, call)
      let fault = Fault(
        name: "hang", at: from, duration: length, effect: .hang,
        target: .dependency(of: call.callerName, name: call.dependency.name), scope: .everything, salt: nil)
      let scenario = Scenario(name: "audit", faults: [fault], expectations: [], confidence: 0.95)
      guard let outcome = run(model, scenario, windows, seed, isCancelled) else { return nil }
      trials.append(HangTrial(call, outcome, usual: usual))
    }
    return trials
  }

  private static func run(
    _ model: SystemModel, _ scenario: Scenario?, _ windows: [Window], _ seed: UInt64, _ isCancelled: () -> Bool
  ) -> ReplicationOutcome? {
    var simulation = Simulation(Program(model: model, scenario: scenario, windows: windows))
    return simulation.run(seed: seed, replication: 0, isCancelled: isCancelled)
  }

  private init(_ call: AuditedCall, _ outcome: ReplicationOutcome, usual: ReplicationOutcome) {
    self.call = call
    fullPools = zip(outcome.services, usual.services).compactMap { service, usual in
      guard service.fullSeconds[1] - usual.fullSeconds[1] >= Self.tellingSeconds else { return nil }
      return FullPool(service: service.name, seconds: service.fullSeconds[1], usualSeconds: usual.fullSeconds[1])
    }.sorted { ($1.seconds, $0.service) < ($0.seconds, $1.service) }
    losses = zip(outcome.workloads, usual.workloads).compactMap { workload, usual in
      guard let now = workload.windows[1].availability, let then = usual.windows[1].availability,
        then - now >= Self.tellingLoss
      else { return nil }
      return Loss(asker: workload.name, availability: now, usual: then)
    }.sorted { ($0.availability, $0.asker) < ($1.availability, $1.asker) }
  }
}

extension SystemModel {
  /// The same with another horizon.
  fileprivate func shortened(to horizon: SimulationDuration) -> SystemModel {
    SystemModel(
      name: name, description: description,
      time: TimeFrame(warmup: time.warmup, horizon: horizon, start: time.start), regions: regions,
      workloads: workloads, services: services, objectives: objectives, streaming: streaming)
  }
}
