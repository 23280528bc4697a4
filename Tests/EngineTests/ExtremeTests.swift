import Engine
import Model
import Sampling
import Testing

/// What is at the edge of the engine's range must neither trap nor run for ever.
@Suite struct `At the extremes` {
  @Test func `work may take no time`() {
    let outcome = TinySystem(
      workloads: [
        Workload(
          name: "viewers", arrivals: .constant(Rate(perSecond: 100)), call: dependency("front.serve", timeout: 0))
      ],
      services: [
        service(
          "front", threads: 1, queue: .bounded(0), calls: [dependency("desk.serve")], work(0), .call("desk"), work(0)),
        service("desk", threads: 1, queue: .bounded(0), cores: 1, work(0)),
      ], horizon: 1000
    ).run()
    // Completions come before the timeout of the same instant, however many there are.
    #expect(outcome[workload: "viewers"].counts == "99 = 99 success")
    #expect(outcome[workload: "viewers"].latency.sum == 0)
    #expect(outcome[workload: "viewers"].latency.quantile(0.99) == 0)
  }

  @Test func `a horizon may be shorter than a bin, or a single nanosecond`() {
    let outcome = TinySystem(
      workloads: [Workload(name: "viewers", arrivals: .constant(Rate(perSecond: 100)), call: dependency("desk.serve"))],
      services: [service("desk", work(1))], horizon: 0.000_001
    ).run()
    #expect(outcome[workload: "viewers"].arrivals == 0)
    #expect(outcome.timeline.binCount == 1)
    #expect(outcome[workload: "viewers"].availability == nil)
    #expect(outcome[workload: "viewers"].latency.mean == nil)
  }

  @Test func `retries without a pause come to an end`() {
    let outcome = TinySystem(
      workloads: [
        Workload(
          name: "viewers", arrivals: .constant(Rate(perSecond: 10)), call: dependency("front.serve", retry: retry(100)))
      ],
      services: [front(dependency("desk.serve", retry: retry(100))), service("desk", work(1))],
      faults: [fault(.crash, on: .service("desk"), at: 0, for: 1000)], horizon: 350
    ).run(checkingInvariants: false)
    #expect(outcome[workload: "viewers"].counts == "3 = 3 failed")
    #expect(outcome[endpoint: "front.serve"].arrivals == 300)
  }

  @Test func `a client may think for no time`() {
    let outcome = TinySystem(
      workloads: [
        Workload(name: "clients", arrivals: .closed(clients: 2, think: fixed(ms: 0)), call: dependency("desk.serve"))
      ],
      services: [service("desk", threads: 1, queue: .unbounded, work(1))], horizon: 100
    ).run()
    #expect(outcome[workload: "clients"].ended == 99)
  }

  /// Nearly every draw of these is beyond the range of the clock: it is cut off there.
  @Test func `times beyond the clock end nothing and wrap around to nothing`() throws {
    let endless = try Distribution.pareto(Distribution.Pareto(shape: 0.01, min: 1e9))
    for cores in [nil, 1] {
      let outcome = TinySystem(
        workloads: [
          asks("a", dependency("desk.serve", timeout: 100), at: 1000), asks("b", "desk.serve", at: 1010),
          asks(
            "c", dependency("other.serve", fallback: Fallback(returns: nil, takes: endless, fails: .zero, calls: nil)),
            at: 1020),
          asks("d", "late.serve", at: 1030),
          Workload(name: "e", arrivals: .renewal(endless), call: dependency("late.serve")),
          Workload(name: "f", arrivals: .closed(clients: 3, think: endless), call: dependency("late.serve")),
        ],
        services: [
          service("desk", cores: cores, .work(endless)), service("other", work(1)), service("late", work(1)),
        ],
        faults: [
          fault(error(), on: .service("other"), at: 0, for: 1990, named: "a"),
          fault(slow(to: 1e-9), on: .service("desk"), at: 1500, for: 100, named: "b"),
          fault(.latency(LatencyFault(add: endless, factor: 1)), on: .service("late"), at: 0, for: 1990, named: "c"),
          fault(.pause, on: .service("desk"), at: 1700, for: 100, named: "d"),
        ]
      ).run()
      #expect(outcome.story("a") == "failed after 100 ms: timeout at a -> desk")
      for name in ["b", "c", "d"] { #expect(outcome.story(name) == "in flight") }
      for name in ["e", "f"] { #expect(outcome[workload: name].arrivals == 0) }
    }
  }

  @Test func `timeouts may be as long as the clock`() {
    let longest = Double(Int64.max - 1) / 1e6
    let outcome = TinySystem(
      workloads: [
        asks(
          "viewer",
          Dependency(
            name: "desk", target: path("desk.serve"), timeout: SimulationDuration(nanoseconds: Int64.max - 1),
            deadline: SimulationDuration(nanoseconds: Int64.max - 1)), at: 1000)
      ],
      services: [service("desk", work(100))],
      faults: [
        Fault(
          name: "for ever", at: ms(1500), duration: SimulationDuration(nanoseconds: Int64.max), effect: .pause,
          target: .service("desk"), scope: .everything, salt: nil)
      ]
    ).run()
    #expect(outcome.story("viewer") == "success after 100 ms")
    #expect(longest > 0)
  }

  @Test func `very many requests may be under way at once`() {
    // A hang behind a queue without bound: what waits costs memory alone.
    let count = 150_000
    let outcome = TinySystem(
      workloads: [
        Workload(
          name: "viewers", arrivals: .constant(Rate(perSecond: 1_000_000)),
          call: dependency("desk.serve", timeout: 10_000))
      ],
      services: [service("desk", threads: 100, queue: .unbounded, work(1))],
      faults: [fault(.hang, on: .service("desk"), at: 0, for: 10_000)], horizon: Double(count) / 1000
    ).run(checkingInvariants: false)
    #expect(outcome[workload: "viewers"].inFlight == count - 1)
    #expect(outcome[service: "desk"].queueMax == count - 1 - 100)
  }
}
