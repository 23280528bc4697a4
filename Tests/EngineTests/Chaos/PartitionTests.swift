import Engine
import Model
import Testing

/// Groups between which nothing gets through.
///
/// Mutations: replies that get through; requests that are lost for good; a partition that also cuts within a group; one
/// that goes by services and not by replicas; a callee that is told across it.
@Suite struct `A partition` {
  private let east = [Region(name: "east", zones: ["a", "b"])]

  /// `front` in zone a calls `desk` in zone b, which works for 100 ms.
  private func system(
    timeout: Double? = nil, target: [FaultTarget] = [.zone(region: "east", name: "a")], from: [FaultTarget]? = nil,
    at: Double = 1010, for length: Double = 200, cancellation: Service.Cancellation = .none
  ) -> TinySystem {
    TinySystem(
      workloads: [asks("a", "front.serve", at: 1000), asks("b", "front.serve", at: 1050)],
      services: [
        service("front", zones: ["a"], calls: [dependency("desk.serve", timeout: timeout)], .call("desk")),
        service("desk", zones: ["b"], cancellation: cancellation, work(100)),
      ],
      faults: [fault(.partition(PartitionFault(from: from)), on: target, at: at, for: length)], regions: east)
  }

  @Test func `holds back replies and requests until it heals`() {
    let outcome = system().run()
    // Its reply was due at 1100 and comes at 1210.
    #expect(outcome.story("a") == "success after 210 ms")
    // Its call arrives at 1210.
    #expect(outcome.story("b") == "success after 260 ms")
  }

  @Test func `is a silent hole: callers wait until their timeout`() {
    let outcome = system(timeout: 150).run()
    #expect(outcome.story("a") == "failed after 150 ms: timeout at front -> desk")
    #expect(outcome.story("b") == "failed after 150 ms: timeout at front -> desk")
    // The call of `b` was given up before it could arrive.
    #expect(outcome[endpoint: "desk.serve"].counts == "1 = 1 success")
  }

  @Test func `keeps the callee from being told that its caller has gone`() {
    let outcome = system(timeout: 50, cancellation: .propagate).run()
    #expect(outcome[endpoint: "desk.serve"].counts == "1 = 1 success")
    let healthy = system(timeout: 50, at: 0, for: 1, cancellation: .propagate).run()
    #expect(healthy[endpoint: "desk.serve"].counts == "2 = 2 failed")
  }

  @Test func `cuts only between its groups`() {
    for target: FaultTarget in [.service("front"), .replica(service: "front", index: 0), .service("desk")] {
      #expect(system(target: [target]).run().story("a") == "success after 210 ms")
    }
    // Both in one group; and a group of nobody.
    #expect(system(target: [.region("east")]).run().story("a") == "success after 100 ms")
    #expect(system(from: []).run().story("a") == "success after 100 ms")
    #expect(system(from: [.service("desk")]).run().story("a") == "success after 210 ms")
  }

  @Test func `reaches a workload only where it is named`() {
    let named = system(target: [.service("front")], from: [.workload("b")], at: 1040, for: 200).run()
    #expect(named.story("a") == "success after 100 ms")
    // Asked at 1050; arrives at 1240.
    #expect(named.story("b") == "success after 290 ms")
    let target = system(target: [.workload("b")], from: [.service("front")], at: 1040, for: 200).run()
    #expect(target.story("b") == "success after 290 ms")
  }

  @Test func `goes by the replicas of caller and callee, and balancers do not notice`() {
    let outcome = TinySystem(
      workloads: [asks("a", "front.serve", at: 1000), asks("b", "front.serve", at: 1001)],
      services: [
        service("front", replicas: 1, zones: ["a"], calls: [dependency("desk.serve")], .call("desk")),
        service("desk", replicas: 2, zones: ["a", "b"], work(10)),
      ],
      faults: [
        fault(.partition(PartitionFault(from: nil)), on: [.zone(region: "east", name: "a")], at: 900, for: 200)
      ], regions: east
    ).run()
    #expect(outcome.story("a") == "success after 10 ms")
    #expect(outcome.story("b") == "success after 109 ms")
  }

  @Test func `that begins before another has healed goes on holding`() {
    var system = system()
    system.faults.append(
      fault(.partition(PartitionFault(from: nil)), on: [.service("desk")], at: 1200, for: 100, named: "second"))
    let outcome = system.run()
    #expect(outcome.story("a") == "success after 300 ms")
    #expect(outcome.story("b") == "success after 350 ms")
  }

  @Test func `meets what was under way by latency`() {
    var system = system(at: 1040)
    system.faults.append(fault(latency(add: 20, factor: 2), on: .service("desk"), at: 0, for: 1500, named: "late"))
    let outcome = system.run()
    // Arrives at 1020, is done at 1120, and its reply would come at 1220: it comes at 1240.
    #expect(outcome.story("a") == "success after 240 ms")
  }

  @Test(arguments: 0..<40) func `of no length or of nobody changes nothing`(seed: UInt64) {
    let plain = RandomSystem.make(seed)
    let own = plain.run(checkingInvariants: false)
    for (effect, length) in [
      (FaultEffect.partition(PartitionFault(from: nil)), 0.0), (.partition(PartitionFault(from: [])), 700),
    ] {
      var system = plain
      system.faults.append(fault(effect, on: [.service("s0")], at: 300, for: length, named: "nothing"))
      let outcome = system.run(checkingInvariants: false)
      #expect(outcome.fingerprint == own.fingerprint)
      #expect(outcome.workloads.map { $0.windows[0] } == own.workloads.map { $0.windows[0] })
    }
  }
}
