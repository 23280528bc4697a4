import Engine
import Model
import Testing

/// Faults that act on replicas: slow, pause, crash, capacity.
///
/// Mutations: a slowdown that spares what is running; a pause after which work begins anew; a crash that forgets its
/// queue or leaves its callers waiting; capacity that pre-empts; threads that come back to no one.
@Suite struct `Slow and pause` {
  private func story(_ faults: [Fault], work ms: Double = 100) -> String {
    TinySystem(
      workloads: [asks("viewer", "desk.serve", at: 1000)], services: [service("desk", work(ms))], faults: faults
    )
    .run().story("viewer")
  }

  private func slow(_ speed: Double, at: Double, for length: Double, named name: String = "slow") -> Fault {
    fault(EngineTests.slow(to: speed), on: .service("desk"), at: at, for: length, named: name)
  }

  private func pause(at: Double, for length: Double, named name: String = "pause") -> Fault {
    fault(.pause, on: .service("desk"), at: at, for: length, named: name)
  }

  @Test func `rescale the work that remains when they begin and when they end`() {
    #expect(story([slow(0.25, at: 900, for: 1000)]) == "success after 400 ms")
    // 60 ms remain at 1040, which would take 240 ms.
    #expect(story([slow(0.25, at: 1040, for: 900)]) == "success after 280 ms")
    // 25 of them are done by 1140.
    #expect(story([slow(0.25, at: 1040, for: 100)]) == "success after 175 ms")
    #expect(story([slow(2, at: 1040, for: 900)]) == "success after 70 ms")
  }

  @Test func `add a pause to the work, whenever it comes`() {
    #expect(story([pause(at: 900, for: 150)]) == "success after 150 ms")
    #expect(story([pause(at: 1040, for: 100)]) == "success after 200 ms")
    #expect(
      story([pause(at: 1040, for: 10, named: "one"), pause(at: 1060, for: 10, named: "two")]) == "success after 120 ms")
    #expect(story([pause(at: 1099.999_999, for: 100)]) == "success after 200 ms")
    #expect(story([pause(at: 1100, for: 100)]) == "success after 200 ms")
    #expect(story([pause(at: 1100.000_001, for: 100)]) == "success after 100 ms")
  }

  @Test func `overlap`() {
    // Twice at half the speed.
    #expect(
      story([slow(0.5, at: 900, for: 1000, named: "one"), slow(0.5, at: 900, for: 1000, named: "two")])
        == "success after 400 ms")
    // 1000 to 1050 at a half, 1050 to 1150 not at all, from 1150 to 1200 at a half, then at full speed.
    #expect(story([slow(0.5, at: 900, for: 300), pause(at: 1050, for: 100)]) == "success after 250 ms")
    // A pause within a pause.
    #expect(
      story([pause(at: 1010, for: 50, named: "one"), pause(at: 1030, for: 100, named: "two")]) == "success after 220 ms"
    )
  }

  @Test func `round up to the nanosecond`() {
    #expect(story([slow(0.75, at: 900, for: 1000)]) == "success after 133333334 ns")
  }

  @Test func `strike one replica alone`() {
    let outcome = TinySystem(
      workloads: [Workload(name: "viewers", arrivals: .constant(Rate(perSecond: 1)), call: dependency("desk.serve"))],
      services: [service("desk", replicas: 2, work(100))],
      faults: [fault(EngineTests.slow(to: 0.5), on: .replica(service: "desk", index: 1), at: 0, for: 10_000)],
      horizon: 4500
    ).run()
    #expect(outcome[workload: "viewers"].latency.sum == 600_000_000)
  }

  @Test func `leave timers alone`() {
    let call = dependency("desk.serve", timeout: 50, retry: retry(3, pause: 20))
    let outcome = TinySystem(
      workloads: [asks("viewer", "front.serve", at: 1000)], services: [front(call), service("desk", work(10))],
      faults: [pause(at: 900, for: 1000), fault(.pause, on: .service("front"), at: 900, for: 1000, named: "front")]
    ).run()
    #expect(outcome.story("viewer") == "failed after 190 ms: timeout at front -> desk")
  }

  @Test func `end what was begun under them as if they had never been, once they have gone`() {
    // Working, waiting for a thread and waiting for a callee, at the beginning of a pause of 100 ms.
    let outcome = TinySystem(
      workloads: ["a", "b"].map { asks($0, "front.serve", at: 1000) },
      services: [
        service(
          "front", threads: 1, queue: .unbounded, calls: [dependency("desk.serve")], work(20), .call("desk"), work(20)),
        service("desk", work(50)),
      ], faults: [fault(.pause, on: .service("front"), at: 1030, for: 100)]
    ).run()
    // The reply comes at 1070; its last 20 ms begin at 1130.
    #expect(outcome.story("a") == "success after 150 ms")
    #expect(outcome.story("b") == "success after 240 ms")
  }
}

@Suite struct `A crash` {
  private func crash(
    _ target: FaultTarget = .service("desk"), at: Double, for length: Double, named name: String = "crash"
  ) -> Fault {
    fault(.crash, on: target, at: at, for: length, named: name)
  }

  @Test func `loses what works and what waits, and its callers see it unreachable`() {
    let outcome = TinySystem(
      workloads: ["a", "b", "c"].map { asks($0, "front.serve", at: 1000) } + [asks("d", "front.serve", at: 1100)],
      services: [front(dependency("desk.serve")), service("desk", threads: 1, queue: .unbounded, work(100))],
      faults: [crash(at: 1040, for: 60)]
    ).run()
    for name in ["a", "b", "c"] { #expect(outcome.story(name) == "failed after 40 ms: unreachable at desk") }
    // It has started again at the instant of this arrival, with an empty queue.
    #expect(outcome.story("d") == "success after 100 ms")
    #expect(outcome[endpoint: "desk.serve"].counts == "4 = 1 success + 3 failed")
    #expect((outcome[service: "desk"].up - (1 - 0.06 / 1.999)).magnitude < 1e-12)
    #expect((outcome[service: "desk"].queueMean - 0.08 / 1.999).magnitude < 1e-12)
  }

  @Test func `refuses what comes while it is down`() {
    let outcome = TinySystem(
      workloads: [asks("viewer", dependency("desk.serve", retry: retry(3, pause: 30)), at: 1000)],
      services: [service("desk", work(10))], faults: [crash(at: 950, for: 100)]
    ).run()
    #expect(outcome.story("viewer") == "success after 70 ms")
    #expect(outcome[endpoint: "desk.serve"].arrivals == 1)
  }

  @Test func `of a caller leaves its callees at work`() {
    let outcome = TinySystem(
      workloads: [asks("viewer", "front.serve", at: 1000)],
      services: [front(dependency("desk.serve")), service("desk", work(100))],
      faults: [crash(.service("front"), at: 1040, for: 100)]
    ).run()
    #expect(outcome.story("viewer") == "failed after 40 ms: unreachable at front")
    #expect(outcome[endpoint: "desk.serve"].story == "success after 100 ms")
  }

  @Test func `of a caller ends its callees where they take part in cancellation`() {
    let outcome = TinySystem(
      workloads: [asks("viewer", "front.serve", at: 1000)],
      services: [front(dependency("desk.serve")), service("desk", cancellation: .propagate, work(100))],
      faults: [crash(.service("front"), at: 1040, for: 100)]
    ).run()
    #expect(outcome[endpoint: "desk.serve"].story == "failed after 40 ms: unreachable at front")
  }

  @Test func `of a caller ends its retries and frees the places of its bulkheads`() {
    // What has crashed can neither try again nor wait on: at 1100 the bulkhead of the new process is empty.
    let call = dependency(
      "desk.serve", timeout: 500, retry: retry(5, pause: 20), bulkhead: .concurrent(1, maxWait: .zero))
    let outcome = TinySystem(
      workloads: [asks("a", "front.serve", at: 1000), asks("b", "front.serve", at: 1100)],
      services: [front(call), service("desk", work(600))], faults: [crash(.service("front"), at: 1040, for: 50)]
    ).run()
    #expect(outcome.story("a") == "failed after 40 ms: unreachable at front")
    // One attempt of "a", and those of "b" at 1100 and, its place free by the timeout at 1600, at 1620.
    #expect(outcome[endpoint: "desk.serve"].arrivals == 3)
  }

  @Test func `of one replica leaves the others`() {
    let outcome = TinySystem(
      workloads: [Workload(name: "viewers", arrivals: .constant(Rate(perSecond: 10)), call: dependency("desk.serve"))],
      services: [service("desk", replicas: 2, work(90))],
      faults: [crash(.replica(service: "desk", index: 1), at: 450, for: 200)], horizon: 1000
    ).run()
    // The fourth request, at 400, is in the second replica.
    #expect(outcome[workload: "viewers"].counts == "9 = 8 success + 1 failed")
  }

  @Test func `lasts until the last of those that overlap has ended`() {
    let outcome = TinySystem(
      workloads: (0..<8).map { asks("at-\(1000 + 20 * $0)", "desk.serve", at: 1000 + 20 * Double($0)) },
      services: [service("desk", work(5))],
      faults: [crash(at: 1010, for: 60, named: "one"), crash(at: 1050, for: 60, named: "two")]
    ).run()
    let answers = (0..<8).map { outcome[workload: "at-\(1000 + 20 * $0)"].success }
    #expect(answers == [1, 0, 0, 0, 0, 0, 1, 1])
  }

  @Test func `does not reach what travels`() {
    // Delayed by 50 ms, the call arrives after the restart.
    let outcome = TinySystem(
      workloads: [asks("viewer", "desk.serve", at: 1000)], services: [service("desk", work(10))],
      faults: [
        fault(latency(add: 50), on: .service("desk"), at: 900, for: 500, named: "late"), crash(at: 1010, for: 20),
      ]
    ).run()
    #expect(outcome.story("viewer") == "success after 60 ms")
    let dead = TinySystem(
      workloads: [asks("viewer", "desk.serve", at: 1000)], services: [service("desk", work(10))],
      faults: [
        fault(latency(add: 50), on: .service("desk"), at: 900, for: 500, named: "late"), crash(at: 1010, for: 100),
      ]
    ).run()
    #expect(dead.story("viewer") == "failed after 50 ms: unreachable at desk")
  }

  @Test func `ends work on shared cores and what hangs`() {
    let outcome = TinySystem(
      workloads: [
        asks("a", "desk.serve", at: 1000), asks("b", "desk.serve", at: 1000), asks("c", "desk.serve", at: 1100),
      ],
      services: [service("desk", cores: 1, work(100))], faults: [crash(at: 1040, for: 60)]
    ).run()
    #expect(outcome.story("a") == "failed after 40 ms: unreachable at desk")
    #expect(outcome.story("c") == "success after 100 ms")
    let hung = TinySystem(
      workloads: [asks("a", "desk.serve", at: 1000), asks("b", "desk.serve", at: 1200)],
      services: [service("desk", threads: 1, work(100))],
      faults: [crash(at: 1040, for: 60), fault(.hang, on: .service("desk"), at: 900, for: 200, named: "hang")]
    ).run()
    #expect(hung.story("a") == "failed after 40 ms: unreachable at desk")
    #expect(hung.story("b") == "success after 100 ms")
  }

  @Test func `loses an async call that holds no thread`() {
    let outcome = TinySystem(
      workloads: [asks("a", "front.serve", at: 1000), asks("b", "front.serve", at: 1050)],
      services: [
        service("front", threads: 1, style: .async, calls: [dependency("desk.serve")], .call("desk"), work(1)),
        service("desk", work(100)),
      ], faults: [crash(.service("front"), at: 1040, for: 5)]
    ).run()
    #expect(outcome.story("a") == "failed after 40 ms: unreachable at front")
    #expect(outcome.story("b") == "success after 101 ms")
  }
}

@Suite struct `Capacity` {
  private func stories(
    _ effect: FaultEffect, at: Double, for length: Double, threads: Int = 2, queue: QueueLimit = .unbounded,
    _ times: [Double]
  ) -> [String] {
    let names = (0..<times.count).map { "r\($0)" }
    let outcome = TinySystem(
      workloads: zip(names, times).map { asks($0, "desk.serve", at: $1) },
      services: [service("desk", threads: threads, queue: queue, work(100))],
      faults: [fault(effect, on: .service("desk"), at: at, for: length)]
    ).run()
    return names.map { outcome.story($0) }
  }

  @Test func `of threads does not pre-empt, and lets go on only so many`() {
    // Both of the first work on at 1050; one thread is left for the others, until 1250.
    #expect(
      stories(capacity(.threads, taken: .count(1)), at: 1050, for: 200, [1000, 1000, 1060, 1060, 1060]) == [
        "success after 100 ms", "success after 100 ms", "success after 140 ms", "success after 240 ms",
        // At 1250 the second thread comes back to the last one.
        "success after 290 ms",
      ])
  }

  @Test func `may take all threads`() {
    #expect(
      stories(capacity(.threads, taken: .fraction(.one)), at: 900, for: 200, [1000, 1000]) == [
        "success after 200 ms", "success after 200 ms",
      ])
    #expect(
      stories(capacity(.threads, taken: .count(100)), at: 900, for: 200, queue: .bounded(0), [1000])
        == ["failed after 0 ms: rejected at desk"])
  }

  @Test func `of threads by a fraction rounds to the nearest`() {
    func free(_ part: Double) -> Int {
      stories(
        capacity(.threads, taken: .fraction(Probability(part))), at: 900, for: 1000, threads: 10, queue: .bounded(0),
        [Double](repeating: 1000, count: 10)
      ).filter { $0.hasPrefix("success") }.count
    }
    #expect(free(0.3) == 7)
    #expect(free(0.34) == 7)
    #expect(free(0.36) == 6)
  }

  @Test func `of threads adds up`() {
    let outcome = TinySystem(
      workloads: (0..<10).map { asks("r\($0)", "desk.serve", at: 1000) },
      services: [service("desk", threads: 10, work(100))],
      faults: [
        fault(capacity(.threads, taken: .count(3)), on: .service("desk"), at: 900, for: 1000, named: "one"),
        fault(
          capacity(.threads, taken: .fraction(Probability(0.5))), on: .service("desk"), at: 900, for: 1000, named: "two"
        ),
      ]
    ).run()
    #expect(outcome[endpoint: "desk.serve"].success == 2)
  }

  /// How many of a service's replicas take no new calls, seen by twelve requests in turn.
  private func refusing(_ taken: CapacityFault.Amount, on target: FaultTarget, zones: [String] = []) -> Int {
    let outcome = TinySystem(
      workloads: [Workload(name: "viewers", arrivals: .constant(Rate(perSecond: 100)), call: dependency("desk.serve"))],
      services: [service("desk", threads: 1, replicas: 6, zones: zones, work(500))],
      faults: [fault(capacity(.replicas, taken: taken), on: target, at: 0, for: 1000)],
      regions: [Region(name: "east", zones: ["a", "b"])], horizon: 125
    ).run()
    return 6 - (outcome[workload: "viewers"].inFlight)
  }

  @Test func `of replicas takes so many of the target's`() {
    #expect(refusing(.count(2), on: .service("desk")) == 2)
    #expect(refusing(.fraction(Probability(0.5)), on: .service("desk")) == 3)
    #expect(refusing(.count(100), on: .service("desk")) == 6)
    #expect(refusing(.count(2), on: .zone(region: nil, name: "b"), zones: ["a", "b"]) == 2)
    #expect(refusing(.fraction(.one), on: .zone(region: "east", name: "a"), zones: ["a", "b"]) == 3)
    #expect(refusing(.count(1), on: .replica(service: "desk", index: 4)) == 1)
  }

  @Test func `of replicas lets what is under way end`() {
    let outcome = TinySystem(
      workloads: [asks("a", "desk.serve", at: 1000), asks("b", "desk.serve", at: 1050)],
      services: [service("desk", work(100))],
      faults: [fault(capacity(.replicas, taken: .count(1)), on: .service("desk"), at: 1040, for: 500)]
    ).run()
    #expect(outcome.story("a") == "success after 100 ms")
    #expect(outcome.story("b") == "failed after 0 ms: unreachable at desk")
    #expect(outcome[service: "desk"].up == 1)
  }
}

@Suite struct `Zones and regions` {
  /// How many of eight requests in turn over four replicas in the zones a, b, a, b find their replica refusing.
  private func refused(_ target: FaultTarget, zones: [String] = ["a", "b"]) -> Int {
    let outcome = TinySystem(
      workloads: [Workload(name: "viewers", arrivals: .constant(Rate(perSecond: 100)), call: dependency("desk.serve"))],
      services: [service("desk", replicas: 4, zones: zones, work(1)), service("elsewhere", zones: ["c"], work(1))],
      faults: [fault(.unavailable, on: target, at: 0, for: 1000)],
      regions: [Region(name: "east", zones: ["a", "b"]), Region(name: "west", zones: ["c", "d"])], horizon: 85
    ).run()
    return outcome[workload: "viewers"].failed
  }

  @Test func `are struck as a whole`() {
    #expect(refused(.zone(region: nil, name: "a")) == 4)
    #expect(refused(.zone(region: "east", name: "b")) == 4)
    #expect(refused(.zone(region: "west", name: "b")) == 0)
    #expect(refused(.zone(region: nil, name: "c")) == 0)
    #expect(refused(.region("east")) == 8)
    #expect(refused(.region("west")) == 0)
    #expect(refused(.region("west"), zones: ["a", "c", "d"]) == 4)
    #expect(refused(.zone(region: nil, name: "a"), zones: ["a", "c", "d"]) == 4)
    #expect(refused(.zone(region: nil, name: "a"), zones: []) == 0)
  }
}
