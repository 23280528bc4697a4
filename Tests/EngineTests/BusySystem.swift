import Engine
import Model
import Sampling

/// Something of everything the engine has, under more load than it bears.
enum BusySystem {
  /// - Parameter horizon: in milliseconds; the faults are between 2,000 and 4,000.
  static func all(horizon: Double = 6000) -> TinySystem {
    TinySystem(
      workloads: workloads, services: services, faults: faults,
      regions: [Region(name: "east", zones: ["a", "b"]), Region(name: "west", zones: ["c"])], horizon: horizon,
      windows: [.run, Window(.duringFaults), Window(.afterFaults), Window(.duringFaults, among: .scoped)])
  }

  private static var workloads: [Workload] {
    let patient = dependency("edge.play", timeout: 400, deadline: 900, retry: retry(3, pause: 30, jitter: .full))
    return [
      Workload(name: "a-viewers", arrivals: .poisson(Rate(perSecond: 120)), devices: 50, call: patient),
      Workload(
        name: "b-browsers", arrivals: .closed(clients: 15, think: exponential(meanMs: 100)),
        call: dependency("edge.home", timeout: 300)),
      Workload(
        name: "c-probe", arrivals: .constant(Rate(perSecond: 10)), devices: 3,
        call: dependency("desk.serve", timeout: 50)),
      Workload(name: "d-batch", arrivals: .renewal(uniformMs(10, 60)), call: dependency("store.serve")),
    ]
  }

  private static var services: [Service] {
    [
      service(
        "edge", threads: 12, queue: .bounded(6), replicas: 3, zones: ["a", "b", "c"], cores: 2,
        balancing: .leastRequest,
        cancellation: .propagate,
        calls: [
          dependency(
            "desk.serve", timeout: 60, retry: retry(2, pause: 10),
            breaker: breaker(window: .calls(10), minimum: 5, open: 200, halfOpen: 2)),
          dependency(
            "history.list", timeout: 80,
            breaker: breaker(slowRate: 0.5, slow: 40, window: .time(.seconds(2)), minimum: 5, open: 300),
            bulkhead: .threads(2, queue: .bounded(2)), fallback: fallback(takes: 2, fails: 0.05, calls: "store")),
          dependency("store.serve", bulkhead: .concurrent(4, maxWait: ms(15))),
        ],
        endpoints: [
          Endpoint(
            name: "play",
            steps: [
              Step(.work(exponential(meanMs: 3))), Step(.together(["desk", "history", "store"], waitFor: 2)),
              Step(work(1)),
            ]),
          Endpoint(
            name: "home",
            steps: [
              Step(work(2)), Step(.call("history"), probability: Probability(0.4)), Step(.work(exponential(meanMs: 4))),
            ]),
        ]),
      service(
        "history", threads: 3, queue: .bounded(4), replicas: 2, zones: ["a", "b"], style: .async, balancing: .random,
        failures: [
          FailureMode(
            name: "gc", every: exponential(meanMs: 700), repair: uniformMs(20, 120), each: .replica,
            start: .equilibrium, effect: .pause)
        ], calls: [dependency("store.serve", retry: retry(3, pause: 5, jitter: .decorrelated))],
        endpoints: [
          Endpoint(
            name: "list",
            steps: [
              Step(.work(exponential(meanMs: 4))), Step(.call("store")),
              Step(.together(["store", "store"], waitFor: 1)),
              Step(.work(exponential(meanMs: 4))),
            ])
        ]),
      service(
        "store", threads: 6, queue: .unbounded, replicas: 2, zones: ["b", "c"], cores: 3, cancellation: .propagate,
        failures: [
          FailureMode(
            name: "crash", every: exponential(meanMs: 2000), repair: exponential(meanMs: 50), each: .zone, start: .new,
            effect: .crash)
        ], .work(exponential(meanMs: 6))),
      service("desk", threads: 5, queue: .bounded(5), replicas: 2, .work(exponential(meanMs: 15))),
    ]
  }

  static var faults: [Fault] {
    [
      fault(.hang, on: .service("desk"), at: 2000, for: 400, scope: .devices(Probability(0.3)), named: "desk hangs"),
      fault(.crash, on: .replica(service: "edge", index: 1), at: 2100, for: 300, named: "edge crashes"),
      fault(slow(to: 0.3), on: .service("store"), at: 2300, for: 500, scope: .replicas(1), named: "store slows down"),
      fault(.pause, on: .zone(region: "east", name: "b"), at: 2500, for: 70, named: "zone pauses"),
      fault(
        latency(add: 10, factor: 1.5), on: .edge(from: "edge", to: "history"), at: 2600, for: 600, named: "edge is late"
      ),
      fault(
        error(0.4), on: .endpoint(path("edge.home")), at: 2700, for: 500, scope: .requests(Probability(0.5)),
        named: "home errs"),
      fault(.surge(SurgeFault(factor: 2.5)), on: .workload("a-viewers"), at: 2800, for: 500, named: "rush"),
      fault(
        capacity(.threads, taken: .fraction(Probability(0.6))), on: .service("edge"), at: 3000, for: 400,
        named: "threads go"),
      fault(capacity(.replicas, taken: .count(1)), on: .service("store"), at: 3200, for: 400, named: "replicas go"),
      fault(.unavailable, on: .region("west"), at: 3500, for: 200, named: "west is away"),
      fault(.hang, on: .edge(from: "edge", to: "store"), at: 3600, for: 200, named: "edge hangs"),
    ]
  }
}
