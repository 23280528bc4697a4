import Engine
import Model
import Testing

/// A timeout is the caller's: the callee goes on, unless cancellation is passed on.
///
/// Mutations: a timeout that ends the callee's frame; a late reply that settles a call anew; a cancelled frame that
/// keeps its thread; a deadline that ends with the attempt; a back-off that outlives its deadline.
@Suite struct `A timeout` {
  @Test func `frees the caller and leaves the callee at work, who succeeds`() {
    let outcome = TinySystem(
      workloads: [asks("viewer", "front.serve", at: 1000)],
      services: [front(dependency("desk.serve", timeout: 100)), service("desk", work(300))]
    ).run()
    #expect(outcome.story("viewer") == "failed after 100 ms: timeout at front -> desk")
    #expect(outcome[endpoint: "front.serve"].counts == "1 = 1 failed")
    #expect(outcome[endpoint: "desk.serve"].story == "success after 300 ms")
    #expect((outcome[service: "front"].inServiceMean - 0.1 / 1.999).magnitude < 1e-12)
    #expect((outcome[service: "desk"].inServiceMean - 0.3 / 1.999).magnitude < 1e-12)
  }

  @Test func `does not take its call out of the callee's queue`() {
    let impatient = dependency("desk.serve", timeout: 50)
    let outcome = TinySystem(
      workloads: [asks("a", impatient, at: 1000), asks("b", impatient, at: 1000), asks("c", "desk.serve", at: 1000)],
      services: [service("desk", threads: 1, queue: .unbounded, work(100))]
    ).run()
    #expect(outcome.story("b") == "failed after 50 ms: timeout at b -> desk")
    // It waited for both of those that nobody waits for any more.
    #expect(outcome.story("c") == "success after 300 ms")
    #expect(outcome[endpoint: "desk.serve"].counts == "3 = 3 success")
  }

  @Test func `leaves the callee's own calls at work too`() {
    let outcome = TinySystem(
      workloads: [asks("viewer", dependency("front.serve", timeout: 50), at: 1000)],
      services: [
        service("front", calls: [dependency("desk.serve", retry: retry(3, pause: 10))], work(100), .call("desk")),
        service("desk", work(10)),
      ], faults: [fault(error(), on: .service("desk"), at: 900, for: 205)]
    ).run()
    #expect(outcome.story("viewer") == "failed after 50 ms: timeout at viewer -> front")
    // Errors at 1100; success at 1110.
    #expect(outcome[endpoint: "desk.serve"].counts == "2 = 1 success + 1 failed")
    #expect(outcome[endpoint: "front.serve"].story == "success after 120 ms")
  }

  @Test func `discards a late reply, also while the next attempt is under way`() {
    // The first attempt's reply comes at 1150, amid the second attempt, which began at 1110.
    let call = dependency("desk.serve", timeout: 100, retry: retry(3, pause: 10))
    let outcome = TinySystem(
      workloads: [asks("viewer", "front.serve", at: 1000)], services: [front(call), service("desk", work(150))]
    ).run()
    #expect(outcome.story("viewer") == "failed after 320 ms: timeout at front -> desk")
    #expect(outcome[endpoint: "desk.serve"].counts == "3 = 3 success")
  }

  @Test func `is armed anew for each attempt`() {
    // Only the first attempt is slowed down by the pause until 1080.
    let call = dependency("desk.serve", timeout: 50, retry: retry(2, pause: 40))
    let outcome = TinySystem(
      workloads: [asks("viewer", call, at: 1000)], services: [service("desk", threads: 2, work(30))],
      faults: [fault(.pause, on: .service("desk"), at: 950, for: 130)]
    ).run()
    #expect(outcome.story("viewer") == "success after 120 ms")
  }

  @Test func `of nothing times out at once`() {
    let outcome = TinySystem(
      workloads: [asks("viewer", dependency("desk.serve", timeout: 0), at: 1000)], services: [service("desk", work(1))]
    ).run()
    #expect(outcome.story("viewer") == "failed after 0 ms: timeout at viewer -> desk")
  }
}

@Suite struct `Cancellation` {
  private func services(_ front: Service.Cancellation, _ desk: Service.Cancellation, queue: QueueLimit = .bounded(0))
    -> [Service]
  {
    [
      service("front", cancellation: front, calls: [dependency("desk.serve")], .call("desk")),
      service("desk", threads: 1, queue: queue, cancellation: desk, work(300)),
    ]
  }

  @Test func `ends the callee and what it has called, and frees their threads`() {
    let outcome = TinySystem(
      workloads: [asks("a", dependency("front.serve", timeout: 100), at: 1000), asks("b", "desk.serve", at: 1100)],
      services: services(.propagate, .propagate)
    ).run()
    #expect(outcome.story("a") == "failed after 100 ms: timeout at a -> front")
    #expect(outcome.story("b") == "success after 300 ms")
    #expect(outcome[endpoint: "front.serve"].story == "failed after 100 ms: timeout at a -> front")
    #expect(outcome[endpoint: "desk.serve"].counts == "2 = 1 success + 1 failed")
    #expect((outcome[service: "desk"].inServiceMean - 0.4 / 1.999).magnitude < 1e-12)
  }

  @Test func `stops at a callee that does not take part in it`() {
    let outcome = TinySystem(
      workloads: [asks("a", dependency("front.serve", timeout: 100), at: 1000), asks("b", "desk.serve", at: 1100)],
      services: services(.propagate, .none)
    ).run()
    #expect(outcome.story("b") == "failed after 0 ms: rejected at desk")
    #expect(outcome[endpoint: "desk.serve"].counts == "2 = 1 success + 1 failed")
  }

  @Test func `does not come about where the service in between runs on`() {
    let outcome = TinySystem(
      workloads: [asks("a", dependency("front.serve", timeout: 100), at: 1000)], services: services(.none, .propagate)
    ).run()
    #expect(outcome[endpoint: "front.serve"].story == "success after 300 ms")
  }

  @Test func `takes its call out of the callee's queue`() {
    let impatient = dependency("desk.serve", timeout: 50)
    let outcome = TinySystem(
      workloads: [
        asks("a", "desk.serve", at: 1000), asks("b", impatient, at: 1000), asks("c", "desk.serve", at: 1060),
      ],
      services: [service("desk", threads: 1, queue: .bounded(1), cancellation: .propagate, work(100))]
    ).run()
    #expect(outcome.story("c") == "success after 140 ms")
    #expect(outcome[service: "desk"].wait.count == 2)
  }

  @Test func `ends the retries of a call whose caller has ended`() {
    // "front" is told at 1050 that nobody waits: the desk's next attempts, due at 1100 and 1200, are not made.
    let outcome = TinySystem(
      workloads: [asks("viewer", dependency("front.serve", timeout: 50), at: 1000)],
      services: [
        service(
          "front", cancellation: .propagate, calls: [dependency("desk.serve", retry: retry(3, pause: 100))],
          .call("desk")),
        service("desk", work(1)),
      ], faults: [fault(error(), on: .service("desk"), at: 900, for: 1000)]
    ).run()
    #expect(outcome[endpoint: "desk.serve"].arrivals == 1)
  }

  @Test func `ends the retries of a call under way to a callee that runs on`() {
    let outcome = TinySystem(
      workloads: [asks("viewer", dependency("front.serve", timeout: 50), at: 1000)],
      services: [
        service(
          "front", cancellation: .propagate, calls: [dependency("desk.serve", timeout: 100, retry: retry(3))],
          .call("desk")),
        service("desk", work(300)),
      ]
    ).run()
    #expect(outcome[endpoint: "desk.serve"].counts == "1 = 1 success")
  }

  @Test func `ends work on shared cores, to the others' advantage`() {
    // Two jobs of 100 ms share a core from 1000; one is given up at 1100, half done; the other has 50 ms to go.
    let outcome = TinySystem(
      workloads: [asks("a", "desk.serve", at: 1000), asks("b", dependency("desk.serve", timeout: 100), at: 1000)],
      services: [service("desk", cores: 1, cancellation: .propagate, work(100))]
    ).run()
    #expect(outcome.story("a") == "success after 150 ms")
  }
}

@Suite struct `A deadline` {
  @Test func `spans the attempts`() {
    let call = dependency("desk.serve", timeout: 100, deadline: 250, retry: retry(10, pause: 10))
    let outcome = TinySystem(workloads: [asks("viewer", call, at: 1000)], services: [service("desk", work(300))]).run()
    #expect(outcome.story("viewer") == "failed after 250 ms: timeout at viewer -> desk")
    // 1000, 1110, 1220.
    #expect(outcome[endpoint: "desk.serve"].arrivals == 3)
  }

  @Test func `ends a back-off`() {
    let call = dependency("desk.serve", deadline: 250, retry: retry(10, pause: 200))
    let outcome = TinySystem(
      workloads: [asks("viewer", call, at: 1000)], services: [service("desk", work(1))],
      faults: [fault(error(), on: .service("desk"), at: 900, for: 1000)]
    ).run()
    #expect(outcome.story("viewer") == "failed after 250 ms: timeout at viewer -> desk")
    #expect(outcome[endpoint: "desk.serve"].arrivals == 2)
  }

  @Test func `ends a wait for a place in a bulkhead`() {
    let call = dependency("desk.serve", deadline: 150, bulkhead: .threads(1, queue: .unbounded))
    let outcome = TinySystem(
      workloads: ["a", "b", "c"].map { asks($0, "front.serve", at: 1000) },
      services: [front(call), service("desk", work(100))]
    ).run()
    #expect(outcome.story("a") == "success after 100 ms")
    #expect(outcome.story("b") == "failed after 150 ms: timeout at front -> desk")
    #expect(outcome.story("c") == "failed after 150 ms: timeout at front -> desk")
  }

  @Test func `is followed by the fallback, whose time is its own`() {
    let call = dependency("desk.serve", deadline: 50, fallback: fallback(takes: 100))
    let outcome = TinySystem(
      workloads: [asks("viewer", "front.serve", at: 1000)], services: [front(call), service("desk", work(200))]
    ).run()
    #expect(outcome.story("viewer") == "degraded after 150 ms")
  }

  @Test func `does not end a fallback that has begun`() {
    let call = dependency("desk.serve", timeout: 50, deadline: 80, fallback: fallback(takes: 100))
    let outcome = TinySystem(
      workloads: [asks("viewer", "front.serve", at: 1000)], services: [front(call), service("desk", work(200))]
    ).run()
    #expect(outcome.story("viewer") == "degraded after 150 ms")
  }

  @Test func `is disarmed by a success`() {
    let call = dependency("desk.serve", deadline: 100)
    let outcome = TinySystem(
      workloads: [asks("a", call, at: 1000), asks("b", dependency("desk.serve"), at: 1050)],
      services: [service("desk", work(80))]
    ).run()
    #expect(outcome.story("a") == "success after 80 ms")
    // The slot of the first call is used again by the second, which has no deadline.
    #expect(outcome.story("b") == "success after 80 ms")
  }

  @Test func `counts for the breaker as a failure`() {
    let call = dependency("desk.serve", deadline: 50, breaker: breaker(window: .calls(1)))
    let outcome = TinySystem(
      workloads: [asks("a", "front.serve", at: 1000), asks("b", "front.serve", at: 1100)],
      services: [front(call), service("desk", work(200))]
    ).run()
    #expect(outcome.story("b") == "failed after 0 ms: breaker-open at front -> desk")
  }
}
