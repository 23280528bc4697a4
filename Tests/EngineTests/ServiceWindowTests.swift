import Engine
import Model
import Testing

/// What a service's pool and queue are in a window, on a system whose every instant is known.
@Suite struct `A service in a window` {
  // An arrival every 100 ms from 100 ms on. From 300 to 400 ms the service hardly moves: the request of 300 ms takes until
  // 400 + 40 ms, and what comes meanwhile waits.
  private func outcome(_ windows: [Window]) -> ServiceOutcome {
    var system = TinySystem(
      workloads: [Workload(name: "viewers", arrivals: .constant(Rate(perSecond: 10)), call: dependency("desk.serve"))],
      services: [service("desk", threads: 2, queue: .bounded(5), work(50))], horizon: 1000, windows: windows)
    system.faults = [fault(.pause, on: .service("desk"), at: 200, for: 400, named: "stop")]
    return system.run().services[0]
  }

  @Test func `has the busy threads, the queue and the full pool of its time`() throws {
    // Paused from 200 to 600: the requests of 200 and 300 hold both threads, those of 400 and 500 wait, and so does the one
    // of 600, which comes as the pause ends. Work goes on then: 650 the first two end, 700 the next two.
    let windows = try #require(outcome([.run, Window(.duringFault("stop")), Window(.afterFault("stop"))]).windows)
    let during = try #require(windows[1])
    // Busy: 1 from 200 to 300, 2 until 600; of 2 x 400.
    // Sums of seconds in floating point.
    #expect(try abs(#require(during.poolUse) - 0.875) < 1e-12)
    #expect(abs(during.poolFull - 0.75) < 1e-12)
    // Waiting: 1 from 400 to 500, 2 until 600.
    #expect(abs(during.queueMean - 0.75) < 1e-12)
    #expect(during.queueMax == 2)
    let after = try #require(windows[2])
    // At 600 a third one joins; two go at 650, and the last at 700, when another comes and finds a free thread.
    #expect(after.queueMax == 3)
    #expect(abs(after.queueMean - 0.5) < 1e-12)
    let run = try #require(windows[0])
    #expect(run.queueMax == 3)
    #expect(abs(run.queueMean - 0.5) < 1e-12)
  }

  /// Two hang on threads from 300 and 400 on, two wait from 500 and 600 on, and get their threads the moment that the hang
  /// ends, at 605: what counts is the queue from then on.
  @Test func `begins with what its first instant leaves`() throws {
    var system = TinySystem(
      workloads: [Workload(name: "viewers", arrivals: .constant(Rate(perSecond: 10)), call: dependency("desk.serve"))],
      services: [service("desk", threads: 2, queue: .bounded(5), work(50))], horizon: 1000,
      windows: [Window(.duringFault("stop")), Window(.afterFault("stop")), Window(.afterFaults)])
    system.faults = [fault(.hang, on: .service("desk"), at: 205, for: 400, named: "stop")]
    let windows = try #require(system.run().services[0].windows)
    #expect(windows.map { $0?.queueMax } == [2, 0, 0])
  }

  @Test func `has nothing in a window without time`() {
    let outcome = outcome([.run, Window(.duringFault("none")), Window(.between(ms(2000), ms(3000)))])
    #expect(outcome.windows?[1] == nil && outcome.windows?[2] == nil)
  }
}

@Suite struct `A window of one fault` {
  private func system(_ windows: [Window]) -> TinySystem {
    var system = TinySystem(
      workloads: [
        Workload(name: "viewers", arrivals: .constant(Rate(perSecond: 10)), devices: 50, call: dependency("desk.serve"))
      ], services: [service("desk", work(10))], horizon: 1000, windows: windows)
    system.faults = [
      fault(error(), on: .service("desk"), at: 200, for: 200, scope: .devices(Probability(0.5)), named: "a"),
      fault(latency(add: 1), on: .service("desk"), at: 300, for: 300, named: "b"),
    ]
    return system
  }

  @Test func `is while that one is active, or after it`() {
    let outcome = system([
      Window(.duringFault("a")), Window(.duringFault("b")), Window(.afterFault("a")), Window(.afterFault("b")),
    ]).run()
    // 200, 300; 300, 400, 500; 400 to 900; 600 to 900.
    #expect((0..<4).map { outcome[workload: "viewers", window: $0].arrivals } == [2, 3, 6, 4])
  }

  @Test func `counts among scoped those that this one picks`() {
    let outcome = system([
      Window(.duringFault("a"), among: .scoped), Window(.duringFault("b"), among: .scoped), Window(.duringFault("a")),
    ]).run()
    let picked = outcome[workload: "viewers", window: 0]
    // All whom a picks fail while it is active; b picks everybody.
    #expect(picked.failed == picked.arrivals && picked.failed == outcome[workload: "viewers", window: 2].failed)
    #expect(outcome[workload: "viewers", window: 1].arrivals == 3)
  }
}

@Suite struct `The program of a twin` {
  private func system(injecting: Bool) -> (ReplicationOutcome, ReplicationOutcome)? {
    let windows = [
      Window.run, Window(.duringFaults), Window(.duringFaults, among: .scoped), Window(.afterFault("hang")),
    ]
    let model = SystemModel(
      name: "small", time: TimeFrame(warmup: .seconds(5), horizon: .seconds(60), start: .zero),
      workloads: [
        Workload(
          name: "viewers", arrivals: .poisson(Rate(perSecond: 50)), devices: 400, call: dependency("desk.serve"))
      ],
      services: [service("desk", threads: 6, queue: .bounded(10), .work(exponential(meanMs: 80)))])
    let scenario = Scenario(
      name: "s",
      faults: [
        fault(.hang, on: .service("desk"), at: 20_000, for: 10_000, scope: .devices(Probability(0.2)), named: "hang"),
        fault(.slow(SlowFault(speed: 0.5)), on: .service("desk"), at: 25_000, for: 10_000, named: "slow"),
        fault(.surge(SurgeFault(factor: 3)), on: .workload("viewers"), at: 20_000, for: 5_000, named: "surge"),
      ], expectations: [], confidence: 0.95)
    var own = Simulation(Program(model: model, scenario: scenario, windows: windows, injectingFaults: injecting))
    var calm = Simulation(Program(model: model, scenario: scenario.withoutFaults, windows: [.run]))
    guard let first = own.run(seed: 3, replication: 0), let second = calm.run(seed: 3, replication: 0) else {
      return nil
    }
    return (first, second)
  }

  @Test func `does what happens without the faults, and keeps their windows`() throws {
    let (twin, calm) = try #require(system(injecting: false))
    #expect(twin.fingerprint == calm.fingerprint)
    #expect(twin[workload: "viewers"] == calm[workload: "viewers"])
    let (run, _) = try #require(system(injecting: true))
    #expect(run.fingerprint != calm.fingerprint)
    // The base arrivals are the same, the surge's come on top; those whom the hang picks are the same devices.
    #expect(twin[workload: "viewers", window: 3].arrivals == run[workload: "viewers", window: 3].arrivals)
    #expect(twin[workload: "viewers", window: 1].arrivals > 500)
    let scoped = twin[workload: "viewers", window: 2].arrivals
    // A tenth of the time is the hang's, of which a fifth of 500 requests are picked: 100, give or take ten.
    #expect((60...140).contains(scoped))
    #expect(run[workload: "viewers", window: 2].arrivals > scoped)
  }
}
