import Engine
import Model
import Testing

/// Mutations: a fallback that counts as success; one that takes no time; one whose failure is told in place of the
/// call's; a degradation that stops at the next caller.
@Suite struct `A fallback` {
  private func system(_ fallback: Fallback, callers: [Service] = [], asking: String = "front.serve") -> TinySystem {
    TinySystem(
      workloads: [asks("viewer", asking, at: 1000)],
      services: callers + [
        service(
          "front", calls: [dependency("desk.serve", fallback: fallback), dependency("cache.serve")], .call("desk"),
          work(7)),
        service("desk", work(10)), service("cache", work(30)),
      ], faults: [fault(error(), on: .service("desk"), at: 900, for: 1000)])
  }

  @Test func `degrades the request, and takes its time`() {
    let outcome = system(fallback(takes: 20)).run()
    #expect(outcome.story("viewer") == "degraded after 27 ms")
    #expect(outcome[endpoint: "front.serve"].counts == "1 = 1 degraded")
    #expect(outcome[endpoint: "desk.serve"].counts == "1 = 1 failed")
    #expect(outcome[workload: "viewer"].availability == 1)
    #expect(outcome[workload: "viewer"].fullFidelity == 0)
    #expect(outcome[workload: "viewer"].latency.sum == 27_000_000)
  }

  @Test func `is not needed where the call succeeds`() {
    var system = system(fallback(takes: 20))
    system.faults = []
    #expect(system.run().story("viewer") == "success after 17 ms")
  }

  @Test func `that fails, after its time, leaves the call's own reason`() {
    #expect(system(fallback(takes: 20, fails: 1)).run().story("viewer") == "failed after 20 ms: error at desk")
  }

  @Test func `fails as often as it says`() {
    var system = system(fallback(fails: 0.2))
    system.workloads = [
      Workload(name: "viewers", arrivals: .constant(Rate(perSecond: 1000)), call: dependency("front.serve"))
    ]
    system.faults = [fault(error(), on: .service("desk"), at: 0, for: 10_000)]
    system.horizon = 5000
    let viewers = system.run(checkingInvariants: false)[workload: "viewers"]
    let ended = Double(viewers.ended)
    // Five standard deviations.
    #expect((Double(viewers.failed) - 0.2 * ended).magnitude < 5 * (0.16 * ended).squareRoot())
    #expect(viewers.success == 0)
  }

  @Test func `may ask another dependency for the answer`() {
    let outcome = system(fallback(takes: 5, calls: "cache")).run()
    #expect(outcome.story("viewer") == "degraded after 42 ms")
    #expect(outcome[endpoint: "cache.serve"].counts == "1 = 1 success")
  }

  @Test func `whose own dependency fails leaves the call's own reason`() {
    var system = system(fallback(takes: 5, calls: "cache"))
    system.faults.append(fault(.unavailable, on: .service("cache"), at: 900, for: 1000, named: "another"))
    #expect(system.run().story("viewer") == "failed after 5 ms: error at desk")
  }

  @Test func `may have a fallback behind it`() {
    let outcome = TinySystem(
      workloads: [asks("viewer", "front.serve", at: 1000)],
      services: [
        service(
          "front",
          calls: [
            dependency("desk.serve", fallback: fallback(takes: 5, calls: "cache")),
            dependency("cache.serve", fallback: fallback(takes: 3)),
          ], .call("desk")),
        service("desk", work(10)), service("cache", work(30)),
      ],
      faults: [
        fault(error(), on: .service("desk"), at: 900, for: 1000, named: "one"),
        fault(error(), on: .service("cache"), at: 900, for: 1000, named: "two"),
      ]
    ).run()
    #expect(outcome.story("viewer") == "degraded after 8 ms")
  }

  @Test func `degrades every caller above it`() {
    let caller = service("edge", calls: [dependency("front.serve", retry: retry(3))], .call("front"))
    let outcome = system(fallback(takes: 20), callers: [caller], asking: "edge.serve").run()
    #expect(outcome.story("viewer") == "degraded after 27 ms")
    #expect(outcome[endpoint: "edge.serve"].counts == "1 = 1 degraded")
    #expect(outcome[endpoint: "front.serve"].arrivals == 1)
  }

  @Test func `comes after the retries and outside of the breaker`() {
    let call = dependency(
      "desk.serve", retry: retry(2, pause: 10), breaker: breaker(window: .calls(2), minimum: 2),
      fallback: fallback(takes: 1))
    let outcome = TinySystem(
      workloads: [asks("a", "front.serve", at: 1000), asks("b", "front.serve", at: 1100)],
      services: [front(call), service("desk", work(5))],
      faults: [fault(error(), on: .service("desk"), at: 900, for: 1000)]
    ).run()
    #expect(outcome.story("a") == "degraded after 11 ms")
    #expect(outcome.story("b") == "degraded after 1 ms")
    #expect(outcome[endpoint: "desk.serve"].arrivals == 2)
  }

  @Test func `keeps the caller's thread`() {
    let outcome = system(fallback(takes: 20, calls: "cache")).run()
    #expect((outcome[service: "front"].inServiceMean - 0.057 / 1.999).magnitude < 1e-12)
  }

  @Test func `serves a viewer too`() {
    let outcome = TinySystem(
      workloads: [asks("viewer", dependency("desk.serve", timeout: 5, fallback: fallback(takes: 1)), at: 1000)],
      services: [service("desk", work(10))]
    ).run()
    #expect(outcome.story("viewer") == "degraded after 6 ms")
  }
}
