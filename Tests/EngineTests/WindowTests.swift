import Engine
import Model
import Testing

/// Windows are half-open, and a request belongs to those in which it arrived.
///
/// Mutations: `passBoundary` scheduled as an arrival; `>= warmup` turned into `> warmup`; `>= horizon` into `>
/// horizon`.
@Suite struct `A window` {
  /// An arrival every 100 ms.
  private func system(_ windows: [Window], warmup: Double = 0, horizon: Double = 1000, work ms: Double = 10)
    -> TinySystem
  {
    TinySystem(
      workloads: [Workload(name: "viewers", arrivals: .constant(Rate(perSecond: 10)), call: dependency("desk.serve"))],
      services: [service("desk", work(ms))], warmup: warmup, horizon: horizon, windows: windows)
  }

  private func between(_ from: Double, _ to: Double) -> Window { Window(.between(ms(from), ms(to))) }

  @Test func `holds an arrival at its start and none at its end`() {
    let outcome = system([between(500, 800), between(500.000_001, 800.000_001)]).run()
    #expect(outcome[workload: "viewers", window: 0].counts == "3 = 3 success")
    #expect(outcome[workload: "viewers", window: 1].counts == "3 = 3 success")
    let wider = system([between(499.999_999, 800), between(500, 800.000_001), between(500.000_001, 800)]).run()
    #expect(wider[workload: "viewers", window: 0].arrivals == 3)
    #expect(wider[workload: "viewers", window: 1].arrivals == 4)
    #expect(wider[workload: "viewers", window: 2].arrivals == 2)
  }

  @Test func `counts what arrived in it, however late that ends`() {
    let outcome = system([between(500, 800), between(800, 1000)], work: 150).run()
    #expect(outcome[workload: "viewers", window: 0].counts == "3 = 3 success")
    // The one of 900 ms would end at 1050.
    #expect(outcome[workload: "viewers", window: 1].counts == "2 = 1 success + 1 in flight")
  }

  @Test func `leaves out the warm-up, but not an arrival at its end`() {
    let outcome = system([.run, between(0, 1000)], warmup: 300).run()
    #expect(outcome[workload: "viewers", window: 0].arrivals == 7)
    #expect(outcome[workload: "viewers", window: 1].arrivals == 7)
    #expect(outcome[endpoint: "desk.serve"].arrivals == 7)
    #expect(outcome.timeline.workloads[0].arrivals == [9])
  }

  @Test func `leaves out the warm-up's requests, also where they end after it`() {
    let outcome = system([.run], warmup: 300, work: 150).run()
    #expect(outcome[workload: "viewers"].counts == "7 = 6 success + 1 in flight")
    #expect(outcome[endpoint: "desk.serve"].counts == "7 = 6 success + 1 in flight")
  }

  @Test func `ends before the horizon`() {
    #expect(system([.run], horizon: 1000).run()[workload: "viewers"].arrivals == 9)
    #expect(system([.run], horizon: 1000.000_001).run()[workload: "viewers"].arrivals == 10)
    // What would end at the horizon is in flight there.
    #expect(system([.run], horizon: 1000, work: 100).run()[workload: "viewers"].counts == "9 = 8 success + 1 in flight")
  }

  @Test func `during faults is their union, after faults what follows the last`() {
    var system = system([Window(.duringFaults), Window(.afterFaults)])
    system.faults = [
      fault(latency(add: 1), on: .service("desk"), at: 200, for: 200, named: "a"),
      fault(latency(add: 1), on: .service("desk"), at: 300, for: 200, named: "b"),
      fault(latency(add: 1), on: .service("desk"), at: 700, for: 100, named: "c"),
    ]
    let outcome = system.run()
    // 200, 300, 400; 700. At 300 both add their millisecond.
    #expect(outcome[workload: "viewers", window: 0].counts == "4 = 4 success")
    #expect(outcome[workload: "viewers", window: 0].latency.sum == 45_000_000)
    // 800, 900.
    #expect(outcome[workload: "viewers", window: 1].counts == "2 = 2 success")
    #expect(outcome[workload: "viewers", window: 1].latency.sum == 20_000_000)
  }

  @Test(arguments: [1000.0, 1500]) func `during faults is empty where they begin at or after the horizon`(begin: Double)
  {
    var system = system([.run, Window(.duringFaults), Window(.afterFaults)])
    system.faults = [fault(.unavailable, on: .service("desk"), at: begin, for: 100)]
    let outcome = system.run()
    #expect(outcome[workload: "viewers", window: 0].counts == "9 = 9 success")
    #expect(outcome[workload: "viewers", window: 1].arrivals == 0)
    #expect(outcome[workload: "viewers", window: 2].arrivals == 0)
  }

  @Test func `counts the full seconds of pools within it`() {
    let outcome = TinySystem(
      workloads: [asks("viewer", "desk.serve", at: 1000)], services: [service("desk", threads: 1, work(600))],
      windows: [.run, between(1200, 1300), between(1500, 1900), between(100, 1000)]
    ).run()
    #expect(outcome[service: "desk"].fullSeconds == [0.6, 0.1, 0.1, 0])
  }
}

@Suite struct `The timeline` {
  @Test func `has bins of ten seconds, the last one shorter`() {
    let outcome = TinySystem(
      workloads: [Workload(name: "viewers", arrivals: .constant(Rate(perSecond: 1)), call: dependency("desk.serve"))],
      services: [service("desk", threads: 1, queue: .unbounded, work(500))], warmup: 5000, horizon: 25_000
    ).run()
    #expect(outcome.timeline.binWidth == .seconds(10))
    #expect(outcome.timeline.binCount == 3)
    // Arrivals at 1, 2, … 24 s; those at 10 s and 20 s open their bins.
    #expect(outcome.timeline.workloads[0].arrivals == [9, 10, 5])
    #expect(outcome.timeline.workloads[0].success == [9, 10, 5])
    #expect(outcome.timeline.services[0].busy == [0.45, 0.5, 0.5])
    #expect(outcome.timeline.services[0].full == [0.45, 0.5, 0.5])
  }

  @Test func `counts a request in the bin in which it arrived`() {
    let outcome = TinySystem(
      workloads: [asks("viewer", "desk.serve", at: 9999)], services: [service("desk", work(5000))], horizon: 19_000
    ).run()
    #expect(outcome.timeline.workloads[0].success == [1, 0])
  }

  @Test func `shows what is up and which breaker is open`() {
    let breaker = CircuitBreaker(
      failureRate: Probability(0.5), slowCallRate: .one, slowCall: .seconds(60), window: .calls(1), minimumCalls: 1,
      open: .seconds(5), halfOpenCalls: 1)
    let outcome = TinySystem(
      workloads: [asks("viewer", dependency("desk.serve", breaker: breaker), at: 12_000)],
      services: [service("desk", replicas: 2, work(1))],
      faults: [
        fault(.crash, on: .replica(service: "desk", index: 0), at: 5000, for: 10_000, named: "one"),
        fault(.crash, on: .replica(service: "desk", index: 1), at: 10_000, for: 5000, named: "other"),
      ], horizon: 20_000
    ).run()
    #expect(outcome.timeline.services[0].up == [0.75, 0.5])
    #expect(outcome[service: "desk"].up == 0.625)
    // It opens at 12 s and nobody asks again.
    #expect(outcome.timeline.breakers[0].open == [0, 0.8])
  }

  @Test func `widens its bins by a whole factor where there would be too many`() {
    let outcome = TinySystem(
      workloads: [Workload(name: "nobody", arrivals: .constant(Rate(perSecond: 1e-9)), call: dependency("desk.serve"))],
      services: [service("desk", work(1))], horizon: 86_400_001
    ).run()
    #expect(outcome.timeline.binWidth == .seconds(20))
    #expect(outcome.timeline.binCount == 4321)
  }
}
