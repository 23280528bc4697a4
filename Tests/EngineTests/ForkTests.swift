import Engine
import Model
import Testing

/// Mutations: a step that ends with its first branch; the reason of the last failure; siblings that are ended with the
/// step; branches left out after one that failed at once.
@Suite struct `A fork` {
  /// "front" asks quick (10 ms), medium (20 ms) and late (30 ms) at once, and then works for 1 ms.
  private func system(
    waitFor: Int = 3, fallbackOf: String? = nil, cancellation: Service.Cancellation = .none, failing: [String] = [],
    style: Service.Style = .blocking, effect: FaultEffect = error()
  ) -> TinySystem {
    let names = ["quick", "medium", "late"]
    return TinySystem(
      workloads: [asks("viewer", "front.serve", at: 1000)],
      services: [
        service(
          "front", style: style,
          calls: names.map { dependency("\($0).serve", fallback: fallbackOf == $0 ? fallback(takes: 15) : nil) },
          .together(names, waitFor: waitFor), work(1))
      ] + names.enumerated().map { service($1, cancellation: cancellation, work(10 * Double($0 + 1))) },
      faults: failing.map { fault(effect, on: .service($0), at: 900, for: 105, named: "\($0) fails") })
  }

  @Test func `waits for all`() {
    let outcome = system().run()
    #expect(outcome.story("viewer") == "success after 31 ms")
  }

  @Test(arguments: [(1, 11), (2, 21), (3, 31)]) func `waits for as many as it needs`(needed: Int, ms: Int) {
    let outcome = system(waitFor: needed).run()
    #expect(outcome.story("viewer") == "success after \(ms) ms")
    // The others are no longer waited for, and go on.
    for name in ["quick", "medium", "late"] { #expect(outcome[endpoint: "\(name).serve"].counts == "1 = 1 success") }
  }

  @Test func `fails with a required branch, while the siblings go on`() {
    let outcome = system(failing: ["medium"]).run()
    #expect(outcome.story("viewer") == "failed after 0 ms: error at medium")
    #expect(outcome[endpoint: "quick.serve"].story == "success after 10 ms")
    #expect(outcome[endpoint: "late.serve"].story == "success after 30 ms")
  }

  @Test func `makes all its calls, also after one that was refused at once`() {
    for failing in ["quick", "medium", "late"] {
      let outcome = system(failing: [failing], effect: .unavailable).run()
      #expect(outcome.story("viewer") == "failed after 0 ms: unreachable at \(failing)")
      for name in ["quick", "medium", "late"] { #expect(outcome[endpoint: "\(name).serve"].arrivals == 1) }
    }
  }

  @Test func `bears as many failures as it does not need`() {
    #expect(system(waitFor: 2, failing: ["quick"]).run().story("viewer") == "success after 31 ms")
    #expect(system(waitFor: 1, failing: ["quick", "late"]).run().story("viewer") == "success after 21 ms")
  }

  @Test func `fails for the reason of its first failure in the order of events`() {
    // Hung until 1005: errors from all at that time, in the order of the attempts' keys, which have arrived at once. Which
    // one is first is a golden.
    #expect(
      system(failing: ["quick", "medium", "late"], effect: .hang).run().story("viewer")
        == "failed after 5 ms: error at medium")
    let outcome = TinySystem(
      workloads: [asks("viewer", "front.serve", at: 1000)],
      services: [
        service(
          "front",
          calls: [
            dependency("desk.serve", named: "patient", timeout: 60),
            dependency("desk.serve", named: "hasty", timeout: 40),
          ],
          .together(["patient", "hasty"], waitFor: 2)),
        service("desk", work(100)),
      ]
    ).run()
    #expect(outcome.story("viewer") == "failed after 40 ms: timeout at front -> hasty")
  }

  @Test func `that bears a failure is blamed on it, as the first, when another one is too much`() {
    let outcome = TinySystem(
      workloads: [asks("viewer", "front.serve", at: 1000)],
      services: [
        service(
          "front",
          calls: [20, 40, 60].map { dependency("desk.serve", named: "after-\($0)", timeout: Double($0)) },
          .together(["after-60", "after-40", "after-20"], waitFor: 2)),
        service("desk", work(100)),
      ]
    ).run()
    #expect(outcome.story("viewer") == "failed after 40 ms: timeout at front -> after-20")
  }

  @Test func `forgets a failure that it could bear`() {
    // The step after it must not fail of it.
    let outcome = system(waitFor: 2, failing: ["quick"], style: .async).run()
    #expect(outcome.story("viewer") == "success after 31 ms")
  }

  @Test func `is degraded by a branch's fallback`() {
    #expect(system(fallbackOf: "medium", failing: ["medium"]).run().story("viewer") == "degraded after 31 ms")
    // By one that stands among those it waited for.
    #expect(
      system(waitFor: 1, fallbackOf: "medium", failing: ["medium"]).run().story("viewer") == "success after 11 ms")
    #expect(
      system(waitFor: 2, fallbackOf: "medium", failing: ["medium"]).run().story("viewer") == "degraded after 16 ms")
  }

  @Test func `ends siblings that take part in cancellation, once it needs them no more`() {
    let failed = system(cancellation: .propagate, failing: ["quick"]).run()
    #expect(failed.story("viewer") == "failed after 0 ms: error at quick")
    let outcome = system(waitFor: 1, cancellation: .propagate).run()
    #expect(outcome.story("viewer") == "success after 11 ms")
    #expect(outcome[endpoint: "medium.serve"].story == "failed after 10 ms: timeout at front -> medium")
    #expect((outcome[service: "late"].inServiceMean - 0.01 / 1.999).magnitude < 1e-12)
  }

  @Test func `releases the thread of an async service while it waits`() {
    let outcome = system(style: .async).run()
    #expect(outcome.story("viewer") == "success after 31 ms")
    #expect((outcome[service: "front"].inServiceMean - 0.001 / 1.999).magnitude < 1e-12)
  }

  @Test func `may call one dependency several times`() {
    let outcome = TinySystem(
      workloads: [asks("viewer", "front.serve", at: 1000)],
      services: [
        service("front", calls: [dependency("desk.serve")], .together(["desk", "desk", "desk"], waitFor: 3)),
        service("desk", threads: 1, queue: .unbounded, work(10)),
      ]
    ).run()
    #expect(outcome.story("viewer") == "success after 30 ms")
  }

  @Test func `of empty endpoints ends at once`() {
    let outcome = TinySystem(
      workloads: [asks("viewer", "front.serve", at: 1000)],
      services: [
        service("front", calls: [dependency("desk.serve")], .together(["desk", "desk"], waitFor: 1), work(3)),
        service("desk"),
      ]
    ).run()
    #expect(outcome.story("viewer") == "success after 3 ms")
    #expect(outcome[endpoint: "desk.serve"].counts == "2 = 2 success")
  }
}
