import Model
import Testing

/// The table of ties: at equal times first faults, then completions, then timers, then arrivals; then by sequence.
///
/// Mutations that turn it red: the raw values of `EventClass` swapped in any pair; the class left out of the key.
@Suite struct `At one instant` {
  @Test func `a completion comes before the timeout that waits for it`() {
    let outcome = TinySystem(
      workloads: [asks("viewer", dependency("desk.serve", timeout: 100), at: 1000)],
      services: [service("desk", work(100))]
    ).run()
    #expect(outcome.story("viewer") == "success after 100 ms")
  }

  @Test func `a timeout comes before a completion one nanosecond later`() {
    let outcome = TinySystem(
      workloads: [asks("viewer", dependency("desk.serve", timeout: 100), at: 1000)],
      services: [service("desk", work(100.000_001))]
    ).run()
    #expect(outcome.story("viewer") == "failed after 100 ms: timeout at viewer -> desk")
  }

  @Test func `a completion in a chain reaches the caller before its timeout, whatever takes no time`() {
    let outcome = TinySystem(
      workloads: [asks("viewer", dependency("front.serve", timeout: 100), at: 1000)],
      services: [
        service("front", calls: [dependency("desk.serve")], .call("desk"), work(0)), service("desk", work(100)),
      ]
    ).run()
    #expect(outcome.story("viewer") == "success after 100 ms")
  }

  @Test func `a fault comes before a completion`() {
    let outcome = TinySystem(
      workloads: [asks("viewer", "desk.serve", at: 1000)], services: [service("desk", work(100))],
      faults: [fault(.crash, on: .service("desk"), at: 1100, for: 100)]
    ).run()
    #expect(outcome.story("viewer") == "failed after 100 ms: unreachable at desk")
  }

  @Test func `a fault comes before a timeout`() {
    let outcome = TinySystem(
      workloads: [asks("viewer", dependency("desk.serve", timeout: 100), at: 1000)],
      services: [service("desk", work(10))],
      faults: [fault(.hang, on: .service("desk"), at: 900, for: 200)]
    ).run()
    #expect(outcome.story("viewer") == "failed after 100 ms: error at desk")
  }

  @Test(arguments: [
    (999.999_999, "failed after 0 ms: unreachable at desk"), (1000, "failed after 0 ms: unreachable at desk"),
    (1000.000_001, "success after 100 ms"),
  ])
  func `a fault begins before an arrival`(begin: Double, story: String) {
    let outcome = TinySystem(
      workloads: [asks("viewer", "desk.serve", at: 1000)], services: [service("desk", work(100))],
      faults: [fault(.unavailable, on: .service("desk"), at: begin, for: 10)]
    ).run()
    #expect(outcome.story("viewer") == story)
  }

  @Test(arguments: [(100, "success after 100 ms"), (100.000_001, "failed after 0 ms: unreachable at desk")])
  func `a fault ends before an arrival`(length: Double, story: String) {
    let outcome = TinySystem(
      workloads: [asks("viewer", "desk.serve", at: 1000)], services: [service("desk", work(100))],
      faults: [fault(.unavailable, on: .service("desk"), at: 900, for: length)]
    ).run()
    #expect(outcome.story("viewer") == story)
  }

  @Test func `a completion frees its thread before an arrival asks for one`() {
    let outcome = TinySystem(
      workloads: [asks("early", "desk.serve", at: 1000), asks("late", "desk.serve", at: 1100)],
      services: [service("desk", threads: 1, work(100))]
    ).run()
    #expect(outcome.story("early") == "success after 100 ms")
    #expect(outcome.story("late") == "success after 100 ms")
  }

  @Test func `a timer comes before an arrival`() {
    let outcome = TinySystem(
      workloads: [
        asks("early", dependency("desk.serve", timeout: 100), at: 1000), asks("late", "desk.serve", at: 1100),
      ],
      services: [service("desk", threads: 1, cancellation: .propagate, work(150))]
    ).run()
    #expect(outcome.story("early") == "failed after 100 ms: timeout at early -> desk")
    #expect(outcome.story("late") == "success after 150 ms")
  }

  @Test func `a completion comes before the end of a back-off`() {
    // The slot is taken until 1100; the retry of "late", refused at 1050, is due at 1100 too.
    let outcome = TinySystem(
      workloads: [
        asks("early", "desk.serve", at: 1000),
        asks("late", dependency("desk.serve", retry: retry(2, pause: 50)), at: 1050),
      ],
      services: [service("desk", threads: 1, work(100))]
    ).run()
    #expect(outcome.story("late") == "success after 150 ms")
  }

  @Test func `arrivals are served in the order of their workloads' names`() {
    let outcome = TinySystem(
      workloads: [
        asks("b", "desk.serve", at: 1000), asks("a", "desk.serve", at: 1000), asks("c", "desk.serve", at: 1000),
      ],
      services: [service("desk", threads: 1, queue: .unbounded, work(100))]
    ).run()
    #expect(outcome.story("a") == "success after 100 ms")
    #expect(outcome.story("b") == "success after 200 ms")
    #expect(outcome.story("c") == "success after 300 ms")
  }

  @Test(arguments: [(1000.0, 1100.0), (1100.0, 1000.0)])
  func `completions come in the order in which the work began`(a: Double, b: Double) {
    // Both reach the desk at 1200.
    let outcome = TinySystem(
      workloads: [asks("a", "left.serve", at: a), asks("b", "right.serve", at: b)],
      services: [
        service("left", calls: [dependency("desk.serve")], work(1200 - a), .call("desk")),
        service("right", calls: [dependency("desk.serve")], work(1200 - b), .call("desk")),
        service("desk", threads: 1, queue: .unbounded, work(100)),
      ]
    ).run()
    // The one that came at 1000 leaves at 1300, the other at 1400.
    #expect(outcome.story("a") == "success after 300 ms")
    #expect(outcome.story("b") == "success after 300 ms")
  }

  @Test func `timers come in the order in which they were armed`() {
    // The deadline is armed with the call, before its first attempt's timeout, and rules out a second attempt.
    let outcome = TinySystem(
      workloads: [asks("viewer", dependency("desk.serve", timeout: 100, deadline: 100, retry: retry(3)), at: 1000)],
      services: [service("desk", work(200))]
    ).run()
    #expect(outcome.story("viewer") == "failed after 100 ms: timeout at viewer -> desk")
    #expect(outcome[endpoint: "desk.serve"].arrivals == 1)
  }
}
