import Model
import Testing

@testable import Engine

/// Windows of faults that come again, in a run and in its twin.
///
/// Mutations: a window that knows the first occurrence alone; one that goes by the first one's scope in a later one; a twin
/// whose moving scopes stand still.
@Suite struct `A window of a repeated fault` {
  /// An arrival every 10 ms; the fault is active from 1000 to 1050, from 1200 to 1250 and from 1400 to 1450 ms.
  private func model() -> SystemModel {
    SystemModel(
      name: "tiny", time: TimeFrame(warmup: .zero, horizon: ms(1600), start: .zero),
      workloads: [steady("a", "desk.serve", perSecond: 100)], services: [service("desk", work(1))])
  }

  private func scenario(_ scope: FaultScope, _ ramp: MagnitudeRamp? = nil, failures: [CommonFailure] = []) -> Scenario {
    let repeated = fault(
      error(), on: [.service("desk")], at: 1000, for: 50, scope: scope, scopeRamp: ramp,
      repeats: Repetition(every: ms(200), times: 3), named: "again")
    return Scenario(name: "s", faults: [repeated], failures: failures, expectations: [], confidence: 0.95)
  }

  private func run(_ scenario: Scenario, _ windows: [Window], injecting: Bool = true) -> ReplicationOutcome {
    var simulation = Simulation(
      Program(model: model(), scenario: scenario, windows: windows, injectingFaults: injecting),
      checkingInvariants: true)
    return simulation.replicated()
  }

  @Test func `is each time, and after it follows the last`() {
    let windows = [Window(.duringFault("again")), Window(.afterFault("again")), Window(.duringFaults)]
    let outcome = run(scenario(.everything), windows)
    // 1000 to 1040, 1200 to 1240, 1400 to 1440; from 1450 to 1590.
    #expect(outcome[workload: "a", window: 0].counts == "15 = 15 failed")
    #expect(outcome[workload: "a", window: 1].counts == "15 = 15 success")
    #expect(outcome[workload: "a", window: 2].counts == "15 = 15 failed")
    let program = Program(model: model(), scenario: scenario(.everything), windows: windows)
    let expected = [1000, 1200, 1400].map { (start: Int64) -> Range<Int64> in
      start * 1_000_000..<(start + 50) * 1_000_000
    }
    #expect(program.boundaries.intervals[0] == expected)
  }

  /// The part moves from 0 to all within each occurrence; at most it is all.
  @Test func `counts whom the scope picks at that time, in the twin too`() {
    let windows = [Window(.duringFault("again"), among: .scoped), Window(.duringFault("again"))]
    let moving = scenario(.requests(.one), ramp(from: 0, over: 50))
    let broken = run(moving, windows)
    let twin = run(moving, windows, injecting: false)
    let picked = broken[workload: "a", window: 0]
    // Those whom it picks fail, and nobody else.
    #expect(picked.failed == picked.arrivals && picked.failed == broken[workload: "a", window: 1].failed)
    #expect((1..<15).contains(picked.arrivals))
    #expect(twin[workload: "a", window: 0].arrivals == picked.arrivals && twin[workload: "a", window: 0].failed == 0)
    #expect(twin[workload: "a", window: 1].arrivals == 15)
  }
}

/// What the twin of a scenario leaves out: its faults and its failures; what fails in the model fails there too.
@Suite struct `The twin of a scenario with failures` {
  private let power = CommonFailure(
    name: "power", targets: [.service("desk")], every: exponential(meanMs: 80), repair: exponential(meanMs: 20),
    start: .equilibrium, effect: .crash)
  private let cut = fault(error(), on: .service("store"), at: 500, for: 100)

  private func model(failing: Bool) -> SystemModel {
    SystemModel(
      name: "tiny", time: TimeFrame(warmup: .zero, horizon: ms(2000), start: .zero),
      workloads: [steady("a", "desk.serve", perSecond: 100), steady("b", "store.serve", perSecond: 100)],
      services: [service("desk", work(1)), service("store", work(1))], failures: failing ? [power] : [])
  }

  private func run(_ model: SystemModel, _ scenario: Scenario?, injecting: Bool) -> ReplicationOutcome {
    var simulation = Simulation(
      Program(model: model, scenario: scenario, windows: [.run], injectingFaults: injecting))
    return simulation.replicated(seed: 4)
  }

  @Test(arguments: [false, true]) func `is the model alone`(failing: Bool) {
    let scenario = Scenario(name: "s", faults: [cut], failures: [power], expectations: [], confidence: 0.95)
    let model = model(failing: failing)
    let alone = run(model, nil, injecting: true)
    #expect(run(model, scenario, injecting: false).fingerprint == alone.fingerprint)
    #expect(run(model, scenario.withoutFaults, injecting: true).fingerprint == alone.fingerprint)
    let broken = run(model, scenario, injecting: true)
    #expect(broken[workload: "a"].failed > alone[workload: "a"].failed)
    #expect(broken[workload: "b"].failed == 10)
    #expect((alone[workload: "a"].failed > 0) == failing)
  }

  /// They are not in the twin, so whom they hit was hit by the scenario; the model's are in both.
  @Test func `knows whom the scenario's failures strike`() throws {
    let scenario = Scenario(name: "s", faults: [cut], failures: [power], expectations: [], confidence: 0.95)
    for (model, scenario, isStruck) in [
      (model(failing: false), scenario, true), (model(failing: true), scenario.striking(with: [cut]), true),
    ] {
      let program = Program(model: model, scenario: scenario, windows: [.run])
      var simulation = Simulation(program)
      var log: RequestLog?
      _ = simulation.run(seed: 4, replication: 0, logging: { log = $0 })
      let requests = try #require(log).requests.filter { $0.workload == 0 && $0.ending == .failed }
      #expect(requests.count > 5 && requests.contains { $0.flags.contains(.struck) } == isStruck)
      #expect(program.targetedEndpoints == ["desk.serve", "store.serve"])
    }
    let plain = Scenario(name: "s", faults: [cut], expectations: [], confidence: 0.95)
    let program = Program(model: model(failing: true), scenario: plain, windows: [.run])
    var simulation = Simulation(program)
    var log: RequestLog?
    _ = simulation.run(seed: 4, replication: 0, logging: { log = $0 })
    let failed = try #require(log).requests.filter { $0.workload == 0 && $0.ending == .failed }
    #expect(failed.count > 5 && failed.allSatisfy { !$0.flags.contains(.struck) })
    #expect(program.targetedEndpoints == ["store.serve"])
  }
}
