import Engine
import Model
import Testing

/// Mutations: a place that a timeout does not free; a queue served last come first served; a wait for a place that the
/// timeout does not include; the caller's thread released while it waits.
@Suite struct `A bulkhead` {
  private func outcome(
    _ bulkhead: Bulkhead, timeout: Double? = nil, at times: [Double]
  ) -> ReplicationOutcome {
    TinySystem(
      workloads: times.enumerated().map { asks(Self.names[$0], "front.serve", at: $1) },
      services: [
        front(dependency("desk.serve", timeout: timeout, bulkhead: bulkhead)),
        service("desk", work(100)),
      ]
    ).run()
  }
  private static let names = ["a", "b", "c", "d", "e", "f"]

  @Test func `with threads lets the queue's share wait, first come first served, and refuses the rest`() {
    let outcome = outcome(.threads(2, queue: .bounded(2)), at: [1000, 1000, 1000, 1000, 1000])
    #expect(outcome.story("a") == "success after 100 ms")
    #expect(outcome.story("b") == "success after 100 ms")
    #expect(outcome.story("c") == "success after 200 ms")
    #expect(outcome.story("d") == "success after 200 ms")
    #expect(outcome.story("e") == "failed after 0 ms: bulkhead-full at front -> desk")
  }

  @Test func `keeps the caller's thread while its call waits for a place`() {
    let outcome = outcome(.threads(1, queue: .unbounded), at: [1000, 1000, 1000])
    let held = (0.1 + 0.2 + 0.3) / 1.999
    #expect((outcome[service: "front"].inServiceMean - held).magnitude < 1e-12)
    #expect((outcome[service: "desk"].inServiceMean - 0.3 / 1.999).magnitude < 1e-12)
    // With one thread the second call waits before it.
    let narrow = TinySystem(
      workloads: [asks("a", "front.serve", at: 1000), asks("b", "front.serve", at: 1000)],
      services: [
        front(dependency("desk.serve", bulkhead: .threads(5, queue: .unbounded)), threads: 1),
        service("desk", work(100)),
      ]
    ).run()
    #expect(narrow.story("b") == "failed after 0 ms: rejected at front")
  }

  @Test func `with concurrent refuses at once where nothing may wait`() {
    let outcome = outcome(.concurrent(1, maxWait: .zero), at: [1000, 1000, 1099, 1100])
    #expect(outcome.story("a") == "success after 100 ms")
    #expect(outcome.story("b") == "failed after 0 ms: bulkhead-full at front -> desk")
    #expect(outcome.story("c") == "failed after 0 ms: bulkhead-full at front -> desk")
    #expect(outcome.story("d") == "success after 100 ms")
  }

  @Test(arguments: [
    (99.999_999, "failed after 99999999 ns: bulkhead-full at front -> desk"), (100, "success after 200 ms"),
  ])
  func `with concurrent lets a call wait so long and no longer`(wait: Double, story: String) {
    let outcome = outcome(.concurrent(1, maxWait: ms(wait)), at: [1000, 1000])
    #expect(outcome.story("b") == story)
  }

  @Test func `closes the gap that a refused waiter leaves`() {
    // "b" waits from 1000 and is refused at 1060, "c" waits from 1050 and gets the place at 1100.
    let outcome = outcome(.concurrent(1, maxWait: ms(60)), at: [1000, 1000, 1050])
    #expect(outcome.story("b") == "failed after 60 ms: bulkhead-full at front -> desk")
    #expect(outcome.story("c") == "success after 150 ms")
  }

  @Test func `counts the wait for a place as part of the timeout`() {
    let outcome = outcome(.threads(1, queue: .unbounded), timeout: 150, at: [1000, 1000, 1000])
    #expect(outcome.story("a") == "success after 100 ms")
    #expect(outcome.story("b") == "failed after 150 ms: timeout at front -> desk")
    #expect(outcome.story("c") == "failed after 150 ms: timeout at front -> desk")
    // Its place freed by b's timeout, c was sent for no time at all.
    #expect(outcome[endpoint: "desk.serve"].arrivals == 3)
  }

  @Test func `gets a place back from a caller that gives up, though its callee works on`() {
    let outcome = outcome(.concurrent(1, maxWait: .zero), timeout: 60, at: [1000, 1059, 1060])
    #expect(outcome.story("a") == "failed after 60 ms: timeout at front -> desk")
    #expect(outcome.story("b") == "failed after 0 ms: bulkhead-full at front -> desk")
    #expect(outcome.story("c") == "failed after 60 ms: timeout at front -> desk")
    #expect(outcome[endpoint: "desk.serve"].counts == "2 = 2 success")
  }

  @Test func `loses a waiter that gives up`() {
    // "a" holds the place until 1100; "b" gives up in the queue at 1050, so that there is room for "c" at 1090.
    let outcome = TinySystem(
      workloads: [
        asks("a", "front.serve", at: 1000), asks("b", dependency("front.serve", timeout: 50), at: 1000),
        asks("c", "front.serve", at: 1090),
      ],
      services: [
        service(
          "front", cancellation: .propagate,
          calls: [dependency("desk.serve", bulkhead: .threads(1, queue: .bounded(1)))], .call("desk")),
        service("desk", cancellation: .propagate, work(100)),
      ]
    ).run()
    #expect(outcome.story("b") == "failed after 50 ms: timeout at b -> front")
    #expect(outcome.story("c") == "success after 110 ms")
    #expect(outcome[endpoint: "desk.serve"].arrivals == 2)
  }

  @Test func `is one for each replica of the caller`() {
    // In turn: at 100 and 300 the first replica is asked, at 200 and 400 the second; each call takes 250 ms.
    let outcome = TinySystem(
      workloads: [Workload(name: "viewers", arrivals: .constant(Rate(perSecond: 10)), call: dependency("front.serve"))],
      services: [
        front(dependency("desk.serve", bulkhead: .concurrent(1, maxWait: .zero)), replicas: 2),
        service("desk", work(250)),
      ], horizon: 460
    ).run()
    #expect(outcome[workload: "viewers"].counts == "4 = 2 success + 2 failed")
    #expect(outcome[workload: "viewers"].failures(.bulkheadFull) == 2)
  }

  @Test func `is one for each dependency`() {
    let outcome = TinySystem(
      workloads: [asks("viewer", "front.serve", at: 1000)],
      services: [
        service(
          "front",
          calls: [
            dependency("desk.serve", named: "one", bulkhead: .concurrent(1, maxWait: .zero)),
            dependency("desk.serve", named: "two", bulkhead: .concurrent(1, maxWait: .zero)),
          ], .together(["one", "two"], waitFor: 2)),
        service("desk", work(100)),
      ]
    ).run()
    #expect(outcome.story("viewer") == "success after 100 ms")
  }
}
