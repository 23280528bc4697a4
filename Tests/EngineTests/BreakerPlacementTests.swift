import Engine
import Model
import Testing

/// Where the breaker stands: inside the retry, around the timeout and the bulkhead, one a caller replica.
///
/// Mutations: a timeout recorded with the callee's duration or not at all; one breaker for all caller replicas; a
/// bulkhead's refusal that is not recorded; a result recorded for a call that was refused.
@Suite struct `A breaker around a call` {
  @Test func `refuses at once while it is open`() {
    let call = dependency("desk.serve", breaker: breaker(window: .calls(1), minimum: 1))
    let outcome = TinySystem(
      workloads: ["a", "b"].map { asks($0, "front.serve", at: $0 == "a" ? 1000 : 1100) },
      services: [front(call), service("desk", work(10))],
      faults: [fault(error(), on: .service("desk"), at: 900, for: 150)]
    ).run()
    #expect(outcome.story("a") == "failed after 0 ms: error at desk")
    #expect(outcome.story("b") == "failed after 0 ms: breaker-open at front -> desk")
    #expect(outcome[endpoint: "desk.serve"].arrivals == 1)
  }

  @Test func `counts a timeout as a failure that took as long as the timeout`() {
    // By failures it never trips, 1 of 2 being below 100%. The delay begins after the first call.
    func outcome(slow: Double) -> String {
      let breaker = breaker(rate: 1, slowRate: 0.5, slow: slow, window: .calls(2), minimum: 2)
      return TinySystem(
        workloads: [
          asks("a", "front.serve", at: 1000), asks("b", "front.serve", at: 1100), asks("c", "front.serve", at: 1300),
        ],
        services: [front(dependency("desk.serve", timeout: 100, breaker: breaker)), service("desk", work(10))],
        faults: [fault(latency(add: 500), on: .service("desk"), at: 1050, for: 100)]
      ).run().story("c")
    }
    #expect(outcome(slow: 99.999_999) == "failed after 0 ms: breaker-open at front -> desk")
    #expect(outcome(slow: 100) == "success after 10 ms")
  }

  @Test func `opens for one replica of the caller alone`() {
    // Round robin: a and c come to the first replica, b and d to the second. Only a is hit.
    let call = dependency("desk.serve", breaker: breaker(window: .calls(1), minimum: 1))
    var system = TinySystem(
      workloads: [
        Workload(name: "viewers", arrivals: .constant(Rate(perSecond: 10)), call: dependency("front.serve"))
      ],
      services: [front(call, replicas: 2), service("desk", work(10))],
      faults: [fault(error(), on: .service("desk"), at: 50, for: 100)])
    system.horizon = 850
    let outcome = system.run()
    // Arrivals at 100 (fails), 200, …, 800: those at 300, 500, 700 find the first replica's breaker open.
    #expect(outcome[workload: "viewers"].counts == "8 = 4 success + 4 failed")
    #expect(outcome[workload: "viewers"].failures(.breakerOpen) == 3)
    #expect(outcome.timeline.breakers.map(\.name) == ["front -> desk"])
    let open = outcome.timeline.breakers[0].open[0]
    #expect((open - 0.75 / 2 / 0.85).magnitude < 1e-12)
  }

  @Test func `counts what its bulkhead refuses as failures`() {
    let call = dependency(
      "desk.serve", breaker: breaker(rate: 1, window: .calls(2), minimum: 2), bulkhead: .concurrent(1, maxWait: .zero))
    let outcome = TinySystem(
      workloads: ["a", "b", "c", "d"].map { asks($0, "front.serve", at: $0 == "d" ? 1200 : 1000) },
      services: [front(call), service("desk", work(100))]
    ).run()
    #expect(outcome.story("b") == "failed after 0 ms: bulkhead-full at front -> desk")
    #expect(outcome.story("c") == "failed after 0 ms: bulkhead-full at front -> desk")
    #expect(outcome.story("d") == "failed after 0 ms: breaker-open at front -> desk")
  }

  @Test func `permits or refuses each attempt of a retry`() {
    let call = dependency(
      "desk.serve", retry: retry(5, pause: 10, on: [.error, .breakerOpen]),
      breaker: breaker(window: .calls(2), minimum: 2, open: 15, halfOpen: 1))
    let outcome = TinySystem(
      workloads: [asks("viewer", "front.serve", at: 1000)], services: [front(call), service("desk", work(1))],
      faults: [fault(error(), on: .service("desk"), at: 900, for: 120)]
    ).run()
    // Errors at 1000 and 1010 open it; 1020 is refused; 1030 is let through and the fault has gone.
    #expect(outcome.story("viewer") == "success after 31 ms")
    #expect(outcome[endpoint: "desk.serve"].counts == "3 = 1 success + 2 failed")
  }

  @Test func `is not told of what it has refused`() {
    // Refusals are no failures: after the wait one success closes it.
    let call = dependency("desk.serve", breaker: breaker(window: .calls(1), minimum: 1, open: 100))
    let outcome = TinySystem(
      workloads: ["a", "b", "c", "d"].enumerated().map { asks($1, "front.serve", at: 1000 + 60 * Double($0)) },
      services: [front(call), service("desk", work(10))],
      faults: [fault(error(), on: .service("desk"), at: 900, for: 110)]
    ).run()
    #expect(outcome.story("b") == "failed after 0 ms: breaker-open at front -> desk")
    #expect(outcome.story("c") == "success after 10 ms")
    #expect(outcome.story("d") == "success after 10 ms")
  }

  @Test func `gives the permission of a cancelled call back`() {
    // The half-open breaker permits one call. "b" takes it, and its own caller gives it up.
    let call = dependency("desk.serve", breaker: breaker(window: .calls(1), minimum: 1, open: 50))
    let impatient = dependency("front.serve", timeout: 20)
    let outcome = TinySystem(
      workloads: [
        asks("a", "front.serve", at: 1000), asks("b", impatient, at: 1100), asks("c", "front.serve", at: 1150),
      ],
      services: [
        service("front", cancellation: .propagate, calls: [call], .call("desk")),
        service("desk", cancellation: .propagate, work(100)),
      ],
      faults: [fault(error(), on: .service("desk"), at: 900, for: 150)]
    ).run()
    #expect(outcome.story("b") == "failed after 20 ms: timeout at b -> front")
    #expect(outcome.story("c") == "success after 100 ms")
  }
}
