import Engine
import Model
import Testing

/// Faults that act on calls: unavailable, hang, error, latency.
///
/// Mutations: an unavailable service that ends what it has begun; a hang that takes no thread; a hang whose calls
/// succeed in the end; a latency that the callee's tally shows; a factor applied to the added latency.
@Suite struct `A fault on calls` {
  private func system(
    _ effect: FaultEffect, on target: FaultTarget = .service("desk"), from: Double, for length: Double
  ) -> TinySystem {
    TinySystem(
      workloads: [
        asks("a", "front.serve", at: 1000), asks("b", "front.serve", at: 1050), asks("c", "front.serve", at: 1150),
      ],
      services: [front(dependency("desk.serve")), service("desk", work(100))],
      faults: [fault(effect, on: target, at: from, for: length)])
  }

  @Test func `unavailable refuses new calls alone`() {
    let outcome = system(.unavailable, from: 1010, for: 100).run()
    #expect(outcome.story("a") == "success after 100 ms")
    #expect(outcome.story("b") == "failed after 0 ms: unreachable at desk")
    #expect(outcome.story("c") == "success after 100 ms")
    #expect(outcome[endpoint: "desk.serve"].counts == "3 = 2 success + 1 failed")
  }

  @Test func `unavailable on an edge is blamed on the edge, and the server knows nothing of it`() {
    var system = system(.unavailable, on: .edge(from: "front", to: "desk"), from: 1010, for: 100)
    system.workloads.append(asks("direct", "desk.serve", at: 1050))
    let outcome = system.run()
    #expect(outcome.story("b") == "failed after 0 ms: unreachable at front -> desk")
    #expect(outcome.story("direct") == "success after 100 ms")
    #expect(outcome[endpoint: "desk.serve"].counts == "3 = 3 success")
  }

  @Test func `on a workload's edge leaves others alone`() {
    let outcome = system(.unavailable, on: .edge(from: "b", to: "front"), from: 900, for: 1000).run()
    #expect(outcome.story("a") == "success after 100 ms")
    #expect(outcome.story("b") == "failed after 0 ms: unreachable at b -> front")
  }

  @Test func `on an endpoint leaves the service's others alone`() {
    for effect in [FaultEffect.unavailable, error(), .hang] {
      let outcome = TinySystem(
        workloads: [asks("a", "desk.one", at: 1000), asks("b", "desk.two", at: 1000)],
        services: [
          service(
            "desk",
            endpoints: [Endpoint(name: "one", steps: [Step(work(10))]), Endpoint(name: "two", steps: [Step(work(10))])])
        ], faults: [fault(effect, on: .endpoint(path("desk.one")), at: 900, for: 1000)]
      ).run()
      #expect(outcome[workload: "a"].failed == 1)
      #expect(outcome.story("b") == "success after 10 ms")
    }
  }

  /// The hang's end comes while the answer of the crash is on its way back: it must not overtake it.
  @Test func `hang lets go of what a crash has lost`() {
    var system = system(.hang, from: 900, for: 300)
    system.faults += [
      fault(latency(factor: 3), on: .service("desk"), at: 900, for: 1000, named: "slow"),
      fault(.crash, on: .service("desk"), at: 1100, for: 500, named: "crash"),
    ]
    // Lost after 100 ms, which seem three times as long.
    #expect(system.run().story("a") == "failed after 300 ms: unreachable at desk")
  }

  @Test func `hang holds the callee's threads, and the calls fail at its end`() {
    let outcome = system(.hang, from: 1010, for: 200).run()
    // What has begun goes on.
    #expect(outcome.story("a") == "success after 100 ms")
    #expect(outcome.story("b") == "failed after 160 ms: error at desk")
    #expect(outcome.story("c") == "failed after 60 ms: error at desk")
    #expect((outcome[service: "desk"].inServiceMean - 0.32 / 1.999).magnitude < 1e-12)
    #expect(outcome[endpoint: "desk.serve"].counts == "3 = 1 success + 2 failed")
  }

  @Test func `hang fills the pool and the queue, whose calls are served when it has gone`() {
    var system = system(.hang, from: 900, for: 400)
    system.services[1] = service("desk", threads: 1, queue: .bounded(1), work(100))
    let outcome = system.run()
    #expect(outcome.story("a") == "failed after 300 ms: error at desk")
    // Queued until 1300.
    #expect(outcome.story("b") == "success after 350 ms")
    #expect(outcome.story("c") == "failed after 0 ms: rejected at desk")
  }

  @Test func `hang catches what gets its thread during it`() {
    var system = system(.hang, from: 1050, for: 400)
    system.services[1] = service("desk", threads: 1, queue: .bounded(5), work(100))
    let outcome = system.run()
    #expect(outcome.story("a") == "success after 100 ms")
    #expect(outcome.story("b") == "failed after 400 ms: error at desk")
    #expect(outcome.story("c") == "success after 400 ms")
  }

  @Test func `hang is left by a caller who gives up, but its thread stays held`() {
    var system = system(.hang, from: 900, for: 500)
    system.services = [front(dependency("desk.serve", timeout: 30)), service("desk", threads: 1, work(100))]
    let outcome = system.run()
    #expect(outcome.story("a") == "failed after 30 ms: timeout at front -> desk")
    #expect(outcome.story("b") == "failed after 0 ms: rejected at desk")
    #expect(outcome[endpoint: "desk.serve"].counts == "3 = 3 failed")
    #expect((outcome[service: "desk"].inServiceMean - 0.4 / 1.999).magnitude < 1e-12)
  }

  @Test func `hang frees its thread where the callee takes part in cancellation`() {
    var system = system(.hang, from: 900, for: 500)
    system.services = [
      front(dependency("desk.serve", timeout: 30)), service("desk", threads: 1, cancellation: .propagate, work(100)),
    ]
    let outcome = system.run()
    #expect(outcome.story("b") == "failed after 30 ms: timeout at front -> desk")
    #expect((outcome[service: "desk"].inServiceMean - 0.09 / 1.999).magnitude < 1e-12)
  }

  @Test func `hang on an edge holds the caller and takes no thread of the callee`() {
    let outcome = system(.hang, on: .edge(from: "front", to: "desk"), from: 1010, for: 200).run()
    #expect(outcome.story("a") == "success after 100 ms")
    #expect(outcome.story("b") == "failed after 160 ms: error at front -> desk")
    #expect(outcome.story("c") == "failed after 60 ms: error at front -> desk")
    #expect(outcome[endpoint: "desk.serve"].counts == "1 = 1 success")
  }

  @Test func `error answers at once`() {
    let outcome = system(error(), from: 1010, for: 100).run()
    #expect(outcome.story("a") == "success after 100 ms")
    #expect(outcome.story("b") == "failed after 0 ms: error at desk")
    #expect(outcome[service: "desk"].wait.count == 2)
  }

  @Test func `latency is added before the callee, who does not see it`() {
    let outcome = system(latency(add: 40), from: 1010, for: 100).run()
    #expect(outcome.story("a") == "success after 100 ms")
    #expect(outcome.story("b") == "success after 140 ms")
    #expect(outcome[endpoint: "desk.serve"].latency.sum == 300_000_000)
    #expect((outcome[service: "desk"].inServiceMean - 0.3 / 1.999).magnitude < 1e-12)
  }

  @Test func `latency multiplies what the callee took, its queue included`() {
    let outcome = system(latency(factor: 2.5), from: 900, for: 1000).run()
    #expect(outcome.story("a") == "success after 250 ms")
    #expect(outcome[endpoint: "desk.serve"].latency.sum == 300_000_000)
    var narrow = system(latency(factor: 2), from: 900, for: 1000)
    narrow.services[1] = service("desk", threads: 1, queue: .unbounded, work(100))
    // It waits for 50 ms and works for 100 ms.
    #expect(narrow.run().story("b") == "success after 300 ms")
    let both = system(latency(add: 7, factor: 2), from: 900, for: 1000).run()
    #expect(both.story("a") == "success after 207 ms")
  }

  @Test func `latency keeps the caller waiting, not the callee`() {
    let outcome = system(latency(factor: 3), from: 900, for: 1000).run()
    #expect((outcome[service: "front"].inServiceMean - 0.9 / 1.999).magnitude < 1e-12)
    #expect((outcome[service: "desk"].inServiceMean - 0.3 / 1.999).magnitude < 1e-12)
  }

  @Test func `latency may exceed the timeout, and the call arrives all the same`() {
    var system = system(latency(add: 50), from: 900, for: 1000)
    system.services[0] = front(dependency("desk.serve", timeout: 30))
    let outcome = system.run()
    #expect(outcome.story("a") == "failed after 30 ms: timeout at front -> desk")
    #expect(outcome[endpoint: "desk.serve"].counts == "3 = 3 success")
    // Where the callee takes part in cancellation it does not arrive.
    system.services[1] = service("desk", cancellation: .propagate, work(100))
    #expect(system.run()[endpoint: "desk.serve"].arrivals == 0)
  }

  @Test func `latency delays failures too`() {
    var system = system(latency(factor: 3), from: 900, for: 1000)
    system.services = [
      front(dependency("desk.serve")), service("desk", calls: [dependency("cache.serve")], work(10), .call("cache")),
      service("cache", work(1)),
    ]
    system.faults.append(fault(error(), on: .service("cache"), at: 900, for: 1000, named: "another"))
    #expect(system.run().story("a") == "failed after 30 ms: error at cache")
  }

  @Test func `overlaps with others`() {
    var system = system(latency(add: 10), from: 900, for: 1000)
    system.faults.append(fault(latency(add: 5, factor: 2), on: .service("desk"), at: 900, for: 1000, named: "more"))
    #expect(system.run().story("a") == "success after 215 ms")
    system.faults.append(fault(error(), on: .service("desk"), at: 1020, for: 100, named: "another"))
    let outcome = system.run()
    #expect(outcome.story("a") == "success after 215 ms")
    // On the way and at the server it is late first, and then it errs.
    #expect(outcome.story("b") == "failed after 15 ms: error at desk")
    #expect(outcome.story("c") == "success after 215 ms")
  }

  @Test func `hits a replica's calls alone`() {
    var system = system(error(), on: .replica(service: "desk", index: 1), from: 900, for: 1000)
    system.services[1] = service("desk", replicas: 2, work(100))
    let outcome = system.run()
    #expect(outcome.story("a") == "success after 100 ms")
    #expect(outcome.story("b") == "failed after 0 ms: error at desk")
    #expect(outcome.story("c") == "success after 100 ms")
  }
}
