import Model
import Testing

@testable import Engine

/// Faults that meet each other, or a service that changes meanwhile. All numbers are worked out by hand.
///
/// Mutations: a window of a fault that ends with its first time; a reply that the end of one silence lets through another.
@Suite struct `Faults that meet` {
  /// An error at 1000, 1100 and 1200 ms for 10 ms, and one at 1195 and 1255 ms for 40 ms, with requests every 10 ms.
  @Test func `have windows of their own, each time`() {
    let blink = fault(
      error(), on: [.service("desk")], at: 1000, for: 10, repeats: Repetition(every: ms(100), times: 3), named: "blink")
    let dim = fault(
      error(), on: [.service("desk")], at: 1195, for: 40, repeats: Repetition(every: ms(60), times: 2), named: "dim")
    let windows: [Window.Period] = [
      .duringFault("blink"), .afterFault("blink"), .duringFault("dim"), .afterFault("dim"), .duringFaults, .afterFaults,
    ]
    let outcome = TinySystem(
      workloads: [steady("a", "desk.serve", perSecond: 100)], services: [service("desk", work(1))],
      faults: [blink, dim],
      horizon: 1500, windows: windows.map { Window($0) }
    ).run()
    let counts = windows.indices.map { outcome[workload: "a", window: $0].counts }
    #expect(
      counts == [
        // 1000, 1100, 1200.
        "3 = 3 failed",
        // 1210 to 1490, of which 1210 to 1230 and 1260 to 1290 are the other's.
        "29 = 22 success + 7 failed",
        // 1200 to 1230 and 1260 to 1290.
        "8 = 8 failed",
        // 1300 to 1490.
        "20 = 20 success", "10 = 10 failed", "20 = 20 success",
      ])
  }

  /// Of two requests one is at work when a silence begins and the other asks during it; the second silence begins before
  /// the first has ended, and holds what that lets go.
  ///
  /// A partition that ends within a loss of everything does not hold on yet: a known fault of the engine.
  @Test(arguments: [false]) func `hold what is held by both`(partitionFirst: Bool) {
    let loss = FaultEffect.loss(LossFault(probability: .one, ramp: nil))
    let cut = FaultEffect.partition(PartitionFault(from: nil))
    let outcome = TinySystem(
      workloads: [asks("a", "front.serve", at: 1000), asks("b", "front.serve", at: 1050)],
      services: [front(dependency("desk.serve")), service("desk", work(100))],
      faults: [
        fault(partitionFirst ? cut : loss, on: [.service("desk")], at: 1010, for: 200, named: "first"),
        fault(partitionFirst ? loss : cut, on: [.service("desk")], at: 1090, for: 210, named: "second"),
      ]
    ).run()
    // The reply of `a` was due at 1100; the call of `b` arrives at 1300.
    #expect(outcome.story("a") == "success after 300 ms")
    #expect(outcome.story("b") == "success after 350 ms")
  }

  /// What fails by itself in the model, service by service and together, is in the twin on the same draws, whatever the
  /// scenario injects or makes fail.
  @Test(arguments: 1...10) func `leave a system's own failures to its twin`(seed: Int) {
    let own = FailureMode(
      name: "crash", every: exponential(meanMs: 300), repair: exponential(meanMs: 40), each: .replica,
      start: .equilibrium, effect: .crash)
    func common(_ name: String, _ targets: [FaultTarget]) -> CommonFailure {
      CommonFailure(
        name: name, targets: targets, every: exponential(meanMs: 400), repair: exponential(meanMs: 50),
        start: .equilibrium, effect: .crash)
    }
    let model = SystemModel(
      name: "tiny", time: TimeFrame(warmup: .zero, horizon: ms(3000), start: .zero),
      workloads: [steady("a", "desk.serve", perSecond: 100), steady("b", "store.serve", perSecond: 100)],
      services: [service("desk", replicas: 2, failures: [own], work(1)), service("store", work(1))],
      failures: [common("power", [.service("desk"), .service("store")])])
    func run(_ scenario: Scenario?) -> ReplicationOutcome {
      var simulation = Simulation(
        Program(model: model, scenario: scenario, windows: [.run]), checkingInvariants: true)
      return simulation.replicated(seed: UInt64(seed))
    }
    let scenario = Scenario(
      name: "s", faults: [fault(error(), on: [.service("desk")], at: 1000, for: 500)],
      failures: [common("power", [.service("desk")])], expectations: [], confidence: 0.95)
    let (broken, plain) = (run(scenario), run(nil))
    #expect(run(scenario.withoutFaults).fingerprint == plain.fingerprint)
    #expect(broken.fingerprint != plain.fingerprint)
    // The store is reached by neither the fault nor what fails in the scenario alone.
    #expect(broken[service: "store"].up == plain[service: "store"].up)
    #expect(broken[workload: "b"].counts == plain[workload: "b"].counts)
    #expect(broken[service: "desk"].up < plain[service: "desk"].up)
  }
}

/// A service that scales itself while replicas are taken from it.
///
/// Mutations: a leak in replicas that are not there yet; batches of all replicas that there might be.
@Suite struct `Faults of a service that scales itself` {
  /// Ten calls of 100 ms at a time, at replicas of five threads, in two zones by turns; seconds.
  private func system(_ faults: [Fault], replicas: Int, boot: Double = 40_000, seconds: Double) -> TinySystem {
    let scaler = Autoscaling(
      signal: .threads, target: Probability(0.5), minimum: 1, maximum: 20, boot: fixed(ms: boot))
    return TinySystem(
      workloads: [steady("viewers", "desk.serve", perSecond: 100)],
      services: [
        service(
          "desk", threads: 5, queue: .unbounded, replicas: replicas, autoscaling: scaler, zones: ["a", "b"], work(100))
      ], faults: faults, regions: [Region(name: "east", zones: ["a", "b"])], horizon: seconds * 1000)
  }

  /// Of four replicas two are gone at 20.005 s with half of what is under way. At 30 s the other two were used for
  /// (25% x 2.5 + 75% x 5) / 5 = 88%, and those that are gone are taken to need nothing: 41% / 50% is no reason to grow, and
  /// at 45 s 50% is not either. So the zone's loss is not made up for.
  @Test func `lose a zone, and do not make up for it`() {
    let zone = fault(.crash, on: [.zone(region: "east", name: "a")], at: 20_005, for: 60_000)
    let outcome = system([zone], replicas: 4, seconds: 150).run(checkingInvariants: false)
    #expect(outcome.timeline.services[0].replicas == [Double](repeating: 4, count: 15))
    #expect(outcome[workload: "viewers"].failed == 5)
  }

  /// A memory that fills within 60 s from the beginning on crashes the first two at 60 s for 1 s. Those asked for at 15 s
  /// are there at 55 s, and new: they are full at 115 s, when the fault has ended.
  @Test func `leak from when they have booted on`() {
    let leak = LeakFault(resource: .memory, fills: fixed(ms: 60_000), restart: fixed(ms: 1000))
    let program = system([fault(.leak(leak), on: [.service("desk")], at: 0, for: 110_000)], replicas: 2, seconds: 114)
    let desk = program.run(checkingInvariants: false)[service: "desk"]
    // Two from the beginning on, two from 55 s on, and whatever else was asked for; 2 s of all that down.
    let sizes = program.run(checkingInvariants: false).timeline.services[0].replicas ?? []
    let there = zip(sizes, sizes.indices).reduce(0.0) { $0 + $1.0 * ($1.1 == 11 ? 4 : 10) }
    #expect((desk.up - (1 - 2 / there)).magnitude < 1e-9)
  }

  /// A rollout by a quarter of the four replicas, one after the other, never takes more than one: 15 threads are enough.
  @Test func `are deployed by parts of what there is`() {
    let deploy = DeployFault(
      effect: .slow(SlowFault(speed: 1)), batch: .fraction(Probability(0.25)), every: ms(10_000), restart: ms(2000),
      batches: 4)
    let system = system(
      [fault(.badDeploy(deploy), on: [.service("desk")], at: 20_000, for: 50_000)], replicas: 4, seconds: 120)
    let program = system.program
    let drained = (0..<program.faults.count).filter { program.faults[$0].effect == .capacityReplicas }
    #expect(drained.count == 8)
    for index in drained {
      let hit = (0..<20).filter { program.members[Int(program.faults[index].firstMember) + $0] != 0 }
      // One of the first four, and four of those that may be added.
      #expect(hit.count == 5 && hit.count { $0 < 4 } == 1)
    }
    let outcome = system.run(checkingInvariants: false)
    #expect(outcome[workload: "viewers"].failed == 0)
    #expect(outcome[workload: "viewers"].latency.max == 100_000_000)
  }
}
