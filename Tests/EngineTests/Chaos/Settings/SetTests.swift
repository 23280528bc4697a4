import Engine
import Model
import Sampling
import Testing

/// Values that are set while the system runs: schedules worked out by hand, to the nanosecond.
///
/// Mutations: threads that are taken from who has one; a timeout that changes for attempts under way; a lane that keeps
/// its order when timeouts get shorter; a value that stays after the end.
@Suite struct `A value that is set` {
  @Test func `lets running work end where threads go, and serves the queue where they come`() {
    func system(_ threads: Int, to other: Int, at: Double) -> TinySystem {
      let system = TinySystem(
        workloads: many(4, "desk.serve", at: 1000),
        services: [service("desk", threads: threads, queue: .unbounded, work(100))])
      let set = system.setting(.service("desk", .threads)) { $0.change("desk") { $0.with(threads: other) } }
      return system.with(set, on: .service("desk"), at: at, for: 310)
    }
    func ends(_ system: TinySystem) -> [String] {
      let outcome = system.run()
      return (0..<4).map { outcome.story("r\($0)") }.sorted()
    }
    // Two run to 1100; of the two that wait, one goes from 1100 to 1200, the other from there to 1300.
    #expect(
      ends(system(2, to: 1, at: 1050)) == [
        "success after 100 ms", "success after 100 ms", "success after 200 ms", "success after 300 ms",
      ])
    // One runs to 1100; three more threads at 1050 take all the others.
    #expect(
      ends(system(1, to: 4, at: 1050)) == [
        "success after 100 ms", "success after 150 ms", "success after 150 ms", "success after 150 ms",
      ])
    // Two threads until 1060: two run from 1000 on, and then there is one.
    #expect(
      ends(system(1, to: 2, at: 750)) == [
        "success after 100 ms", "success after 100 ms", "success after 200 ms", "success after 300 ms",
      ])
  }

  @Test func `keeps who waits in a queue that gets shorter`() {
    let system = TinySystem(
      workloads: many(3, "desk.serve", at: 1000) + [asks("late", "desk.serve", at: 1010)]
        + [asks("after", "desk.serve", at: 1150)],
      services: [service("desk", threads: 1, queue: .bounded(4), work(100))])
    let set = system.setting(.service("desk", .queue)) { $0.change("desk") { $0.with(queue: .bounded(1)) } }
    let outcome = system.with(set, on: .service("desk"), at: 1005, for: 100).run()
    #expect(outcome.hurt == ["late"])
    #expect((0..<3).map { outcome.story("r\($0)") }.sorted().last == "success after 300 ms")
    #expect(outcome.story("after") == "success after 250 ms")
  }

  @Test func `holds for one replica alone where that is the target`() {
    let system = TinySystem(
      workloads: many(4, "desk.serve", at: 1000), services: [service("desk", threads: 2, replicas: 2, work(100))])
    let set = system.setting(.service("desk", .threads)) { $0.change("desk") { $0.with(threads: 1) } }
    // Each workload has a turn of its own, and so all of them ask the first replica.
    func refused(_ target: FaultTarget) -> Int {
      system.with(set, on: target, at: 900, for: 200).run()[endpoint: "desk.serve"].failures(.rejected)
    }
    #expect(refused(.replica(service: "desk", index: 1)) == 2)
    #expect(refused(.replica(service: "desk", index: 0)) == 3)
    #expect(refused(.service("desk")) == 3)
  }

  @Test(arguments: [(80.0, 30.0), (30.0, 80.0)]) func `times out attempts that begin after it`(
    _ usual: Double, _ other: Double
  ) {
    let call = dependency("desk.serve", timeout: usual)
    let times = ["before": 990.0, "while": 1010, "at-the-end": 1490, "after": 1510]
    let system = TinySystem(
      workloads: times.map { asks($0.key, "front.serve", at: $0.value) },
      services: [front(call), service("desk", work(500))], horizon: 1979)
    let set = system.setting(.call(.service("front", dependency: "desk"), .timeout)) { system in
      system.change(call: "desk", of: "front") { $0.with(timeout: other) }
    }
    let outcome = system.with(set, on: .edge(from: "front", to: "desk"), at: 1000, for: 500).run()
    func story(_ timeout: Double) -> String { "failed after \(Int(timeout)) ms: timeout at front -> desk" }
    #expect(outcome.story("before") == story(usual))
    #expect(outcome.story("while") == story(other))
    #expect(outcome.story("at-the-end") == story(other))
    #expect(outcome.story("after") == story(usual))
  }

  @Test func `can give a timeout where there was none, and take it away`() {
    let times = ["before": 990.0, "while": 1010, "at-the-end": 1490, "after": 1510]
    func stories(_ usual: Double?, _ other: Double?) -> [String] {
      let call = dependency("desk.serve", timeout: usual, retry: retry(2, pause: 10))
      let system = TinySystem(
        workloads: times.map { asks($0.key, "front.serve", at: $0.value) },
        services: [front(call), service("desk", work(70))], horizon: 1979)
      let set = system.setting(.call(.service("front", dependency: "desk"), .timeout)) { system in
        system.change(call: "desk", of: "front") { $0.with(timeout: other) }
      }
      let outcome = system.with(set, on: .edge(from: "front", to: "desk"), at: 1000, for: 500).run()
      return ["before", "while", "at-the-end", "after"].map { outcome.story($0) }
    }
    // The one at 1490 gives up at 1540, and goes on without a timeout from 1550 to 1620.
    #expect(
      stories(nil, 50) == [
        "success after 70 ms", "failed after 110 ms: timeout at front -> desk", "success after 130 ms",
        "success after 70 ms",
      ])
    // The one at 990 gives up at 1040, and goes on without a timeout from 1050 to 1120.
    #expect(
      stories(50, nil) == [
        "success after 130 ms", "success after 70 ms", "success after 70 ms",
        "failed after 110 ms: timeout at front -> desk",
      ])
  }

  @Test func `counts attempts and deadlines as they are then`() {
    let call = dependency("desk.serve", timeout: 20, retry: retry(2, pause: 10))
    let times = ["before": 990.0, "while": 1050, "after": 1510]
    let system = TinySystem(
      workloads: times.map { asks($0.key, "front.serve", at: $0.value) },
      services: [front(call), service("desk", work(500))], horizon: 1979)
    let place = CallPlace.service("front", dependency: "desk")
    func stories(_ setting: CallSetting, _ change: @escaping (inout Dependency.Policies) -> Void) -> [String] {
      let set = system.setting(.call(place, setting)) { $0.change(call: "desk", of: "front") { $0.with(change) } }
      let outcome = system.with(set, on: .edge(from: "front", to: "desk"), at: 1000, for: 500).run()
      return ["before", "while", "after"].map { outcome.story($0) }
    }
    func story(_ time: Int) -> String { "failed after \(time) ms: timeout at front -> desk" }
    // 20 ms and 10 ms of pause each, less the last pause. The call from before learns of it at 1010, with its first failure.
    #expect(stories(.retry) { $0.retry = retry(4, pause: 10) } == [story(110), story(110), story(50)])
    #expect(stories(.retry) { $0.retry = nil } == [story(20), story(20), story(50)])
    #expect(stories(.deadline) { $0.deadline = ms(35) } == [story(50), story(35), story(50)])
    // A fallback that is there when the call has failed for good.
    #expect(
      stories(.fallback) { $0.fallback = fallback(takes: 5) }
        == ["degraded after 55 ms", "degraded after 55 ms", story(50)])
  }

  @Test func `opens a bulkhead that is taken away, and counts anew when it is back`() {
    let call = dependency("desk.serve", bulkhead: .threads(1, queue: .bounded(5)))
    let system = TinySystem(
      workloads: many(3, "front.serve", at: 1000) + [asks("late", "front.serve", at: 1120)],
      services: [front(call), service("desk", work(100))])
    let set = system.setting(.call(.service("front", dependency: "desk"), .bulkhead)) { system in
      system.change(call: "desk", of: "front") { $0.with { $0.bulkhead = nil } }
    }
    let outcome = system.with(set, on: .edge(from: "front", to: "desk"), at: 1030, for: 60).run()
    #expect(
      (0..<3).map { outcome.story("r\($0)") }.sorted()
        == ["success after 100 ms", "success after 130 ms", "success after 130 ms"])
    // Two that began meanwhile still hold places until 1130.
    #expect(outcome.story("late") == "success after 110 ms")
  }

  @Test func `moves along a ramp in steps`() {
    let system = TinySystem(
      workloads: [
        asks("a", "front.serve", at: 1025), asks("b", "front.serve", at: 1075), asks("c", "front.serve", at: 1150),
      ],
      services: [front(dependency("desk.serve", timeout: 500)), service("desk", work(900))])
    func change(_ timeout: Double) -> (inout TinySystem) -> Void {
      { $0.change(call: "desk", of: "front") { $0.with(timeout: timeout) } }
    }
    let set = system.setting(
      .call(.service("front", dependency: "desk"), .timeout), start: change(100), over: 100, to: change(200))
    let outcome = system.with(set, on: .edge(from: "front", to: "desk"), at: 1000, for: 500).run()
    #expect(
      ["a", "b", "c"].map { outcome.story($0) }
        == [125, 175, 200].map { "failed after \($0) ms: timeout at front -> desk" })
  }

  @Test func `goes back to what another fault sets, or else to the model`() {
    // One that begins while another is active counts until it ends.
    let system = TinySystem(
      workloads: [1010.0, 1110, 1210, 1310].map { asks("at-\(Int($0))", "front.serve", at: $0) },
      services: [front(dependency("desk.serve", timeout: 20)), service("desk", work(500))])
    func set(_ timeout: Double) -> FaultEffect {
      system.setting(.call(.service("front", dependency: "desk"), .timeout)) { system in
        system.change(call: "desk", of: "front") { $0.with(timeout: timeout) }
      }
    }
    let edge = FaultTarget.edge(from: "front", to: "desk")
    let both = system.with(set(30), on: edge, at: 1000, for: 300).with(set(40), on: edge, at: 1100, for: 100)
    let outcome = both.run()
    let found = [1010, 1110, 1210, 1310].map { outcome.story("at-\($0)") }
    #expect(found == [30, 40, 30, 20].map { "failed after \($0) ms: timeout at front -> desk" })
  }

  @Test func `makes a workload faster and slower in the midst of a wait`() {
    let probe = steady("probe", "desk.serve", perSecond: 10)
    var system = TinySystem(workloads: [probe], services: [service("desk", work(1))], horizon: 1999)
    let set = system.setting(.arrivals("probe")) { system in
      system.workloads = system.workloads.map { $0.changing(arrivals: { _ in .constant(Rate(perSecond: 20)) }) }
    }
    // At 100, 200, … 1000 as usual; at 1030 70 ms of 100 are left, which are 35 of 50: at 1065, 1115, … 1465, where at 1490
    // 25 of 50 are left, which are 50 of 100: at 1540, 1640, 1740, 1840, 1940.
    system.windows = [.run, Window(.between(ms(1065), ms(1466))), Window(.between(ms(1466), ms(1540)))]
    let outcome = system.with(set, on: .workload("probe"), at: 1030, for: 460).run()
    #expect(outcome.workloads[0].windows.map(\.arrivals) == [10 + 9 + 5, 9, 0])
  }

  @Test func `makes workloads faster again and again, each by itself`() {
    let system = TinySystem(
      workloads: [steady("a", "desk.serve", perSecond: 10), steady("b", "desk.serve", perSecond: 10)],
      services: [service("desk", work(1))], horizon: 1999)
    func set(_ name: String) -> FaultEffect {
      system.setting(.arrivals(name)) { system in
        system.workloads = system.workloads.map { workload in
          workload.name == name ? workload.changing(arrivals: { _ in .constant(Rate(perSecond: 20)) }) : workload
        }
      }
    }
    // From 200 to 400 four in place of two; of `a` again from 800 to 1000, and of `b` from 600 to 1000.
    let outcome = system.with(set("a"), on: .workload("a"), at: 200, for: 200)
      .with(set("b"), on: .workload("b"), at: 600, for: 400).with(set("a"), on: .workload("a"), at: 800, for: 200).run()
    #expect(outcome[workload: "a"].arrivals == 19 + 2 + 2)
    #expect(outcome[workload: "b"].arrivals == 19 + 4)
  }

  @Test func `strikes who meets it, and is aimed at their endpoints`() {
    let times = ["before": 990.0, "while": 1010, "after": 1510]
    let system = TinySystem(
      workloads: times.map { asks($0.key, "front.serve", at: $0.value) } + [asks("other", "desk.serve", at: 1020)],
      services: [front(dependency("desk.serve", timeout: 300)), service("desk", work(100))], horizon: 1979)
    func struck(_ effect: FaultEffect, on target: FaultTarget) -> (requests: Set<String>, endpoints: Set<String>) {
      let program = system.with(effect, on: target, at: 1000, for: 500).program
      var simulation = Simulation(program)
      var found: Set<String> = []
      _ = simulation.run(
        seed: 1, replication: 0,
        logging: { log in
          for request in log.requests where request.flags.contains(.struck) {
            found.insert(log.workloads[Int(request.workload)])
          }
        })
      return (found, program.targetedEndpoints)
    }
    // Its value is the same, and so nothing differs; it is met all the same.
    let timeout = system.setting(.call(.service("front", dependency: "desk"), .timeout)) { _ in }
    let along = struck(timeout, on: .edge(from: "front", to: "desk"))
    #expect(along.requests == ["before", "while"] && along.endpoints == ["desk.serve"])
    let threads = struck(system.setting(.service("desk", .threads)) { _ in }, on: .service("desk"))
    #expect(threads.requests == ["before", "while", "other"] && threads.endpoints == ["desk.serve"])
    let work = struck(system.setting(.step(path("front.serve"), 0, .probability)) { _ in }, on: .service("front"))
    #expect(work.requests == ["before", "while"] && work.endpoints == ["front.serve"])
    let arrivals = struck(system.setting(.arrivals("while")) { _ in }, on: .workload("while"))
    #expect(arrivals.requests == ["while"] && arrivals.endpoints == [])
  }

  @Test(arguments: 0..<40) func `conserves everything in systems made at random`(seed: UInt64) {
    let base = RandomSystem.make(seed)
    var system = base
    let place = CallPlace.workload("w0")
    let effects: [(FaultEffect, FaultTarget)] = [
      (base.setting(.service("s0", .threads)) { $0.change("s0") { $0.with(threads: 1) } }, .service("s0")),
      (base.setting(.service("s1", .queue)) { $0.change("s1") { $0.with(queue: .bounded(0)) } }, .service("s1")),
      (base.setting(.service("s1", .replicas)) { $0.change("s1") { $0.with(replicas: 4) } }, .service("s1")),
      (
        base.setting(.service("s0", .balancing)) { $0.change("s0") { $0.with(balancing: .leastRequest) } },
        .service("s0")
      ),
      (
        base.setting(.call(place, .timeout), .call(place, .retry), .call(place, .breaker), .call(place, .bulkhead)) {
          $0.change(call: "", of: "w0") { call in
            call.with { policies in
              policies.timeout = seed % 2 == 0 ? ms(7) : nil
              policies.retry = retry(3, pause: 4)
              policies.breaker = seed % 3 == 0 ? nil : breaker(open: 30)
              policies.bulkhead = seed % 5 == 0 ? nil : .threads(2, queue: .bounded(3))
            }
          }
        }, .service("s0")
      ),
    ]
    for (number, (effect, target)) in effects.enumerated() {
      system.faults.append(
        fault(
          effect, on: [target], at: Double(100 + 50 * number), for: 200, repeats: Repetition(every: ms(300), times: 3),
          named: "x\(number)"))
    }
    var simulation = Simulation(system.program, checkingInvariants: true)
    let outcome = simulation.replicated(seed: seed)
    #expect(outcome.workloads.allSatisfy { $0.windows[0].inFlight == 0 })
    // A simulation that is used again begins as the model says.
    #expect(simulation.replicated(seed: seed).fingerprint == outcome.fingerprint)
  }
}
