import Model
import Testing

@testable import Engine

/// Causes that take out several parts together.
///
/// Mutations: each target with a process of its own; a scenario's failures in its twin; a twin in which the model's draw
/// anew.
@Suite struct `A common cause` {
  private func failure(_ targets: [FaultTarget], start: FailureMode.Start = .new, effect: FaultEffect = .crash)
    -> CommonFailure
  {
    CommonFailure(
      name: "power", targets: targets, every: fixed(ms: 100), repair: fixed(ms: 20), start: start, effect: effect)
  }

  private func random(_ name: String, on targets: [FaultTarget]) -> CommonFailure {
    CommonFailure(
      name: name, targets: targets, every: exponential(meanMs: 80), repair: exponential(meanMs: 20),
      start: .equilibrium, effect: .crash)
  }

  private func model(_ failures: [CommonFailure]) -> SystemModel {
    SystemModel(
      name: "tiny", time: TimeFrame(warmup: .zero, horizon: ms(1200), start: .zero),
      workloads: [steady("a", "desk.serve", perSecond: 100), steady("b", "store.serve", perSecond: 100)],
      services: [service("desk", work(1)), service("store", work(1))], failures: failures)
  }

  private func run(_ model: SystemModel, _ scenario: Scenario? = nil, seed: UInt64 = 1) -> ReplicationOutcome {
    var simulation = Simulation(
      Program(model: model, scenario: scenario, windows: [.run]), checkingInvariants: true)
    return simulation.replicated(seed: seed)
  }

  private func scenario(_ failures: [CommonFailure]) -> Scenario {
    Scenario(name: "s", faults: [], failures: failures, expectations: [], confidence: 0.95)
  }

  @Test func `strikes all of its targets together, by its times`() {
    let both = run(model([failure([.service("desk"), .service("store")])]))
    // Down from 100 to 120 ms, from 220 to 240 ms, and so on, as a service's own failure.
    #expect(both[workload: "a"].counts == "119 = 99 success + 20 failed")
    #expect(both[workload: "b"].counts == "119 = 99 success + 20 failed")
    let one = run(model([failure([.service("desk")], effect: .error(ErrorFault(probability: .one)))]))
    #expect(one[workload: "a"].counts == "119 = 99 success + 20 failed")
    #expect(one[workload: "b"].counts == "119 = 119 success")
  }

  @Test func `fails the same times for both, also at random`() {
    for seed: UInt64 in 1...20 {
      let outcome = run(model([random("power", on: [.service("desk"), .service("store")])]), seed: seed)
      #expect(outcome[workload: "a"].failed == outcome[workload: "b"].failed)
      #expect(outcome[service: "desk"].up == outcome[service: "store"].up)
    }
  }

  /// 20 / (80 + 20) of the time, from the beginning on.
  @Test func `starts as if it had run for ever`() {
    let model = model([random("power", on: [.service("desk")])])
    var simulation = Simulation(Program(model: model, scenario: nil, windows: [.run]))
    let ups = (1...400).map { simulation.replicated(seed: UInt64($0))[service: "desk"].up }
    let mean = ups.reduce(0, +) / 400
    let variance = ups.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / 399
    #expect((mean - 0.8).magnitude < 4.5 * (variance / 400).squareRoot())
  }

  /// 1 - (1 - 0.3)^2 = 51% fail; 30% would if both drew the same.
  @Test func `errs apart from a fault of the same name`() {
    let failure = CommonFailure(
      name: "x", targets: [.service("desk")], every: fixed(ms: 1), repair: fixed(ms: 100_000), start: .new,
      effect: error(0.3))
    let model = SystemModel(
      name: "tiny", time: TimeFrame(warmup: .zero, horizon: ms(1200), start: .zero),
      workloads: [steady("a", "desk.serve", perSecond: 5000)], services: [service("desk", work(0.01))],
      failures: [failure])
    for scenarios in [[], [failure]] {
      let scenario = Scenario(
        name: "s",
        faults: scenarios.isEmpty ? [fault(error(0.3), on: .service("desk"), at: 1, for: 1199, named: "x")] : [],
        failures: scenarios, expectations: [], confidence: 0.95)
      let counts = run(model, scenario)[workload: "a"]
      let total = Double(counts.failed + counts.success)
      #expect((Double(counts.failed) / total - 0.51).magnitude < 4.5 * (0.51 * 0.49 / total).squareRoot())
    }
  }

  @Test func `of a scenario is not in its twin, where the model's are on the same draws`() {
    let model = model([random("power", on: [.service("desk")])])
    let scenario = scenario([random("power", on: [.service("desk"), .service("store")])])
    let plain = run(model)
    #expect(run(model, scenario.withoutFaults).fingerprint == plain.fingerprint)
    let broken = run(model, scenario)
    #expect(broken.fingerprint != plain.fingerprint)
    // Of like names, the two draw apart.
    #expect(broken[service: "desk"].up < min(plain[service: "desk"].up, broken[service: "store"].up))
  }
}
