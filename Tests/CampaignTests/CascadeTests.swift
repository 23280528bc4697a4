import Engine
import Model
import Testing

@testable import Campaign

/// Constant arrivals and times, so that when what fills up is arithmetic.
///
/// Mutations: a cause that began after its effect; a callee's pool that is blamed for a failure of its caller's other
/// callers; a band that a single event leaves; the twin's failures laid on the fault.
@Suite struct `A cascade` {
  private typealias System = BreakingSystem

  /// Ten requests a second wait 5 s, twice, for a dependency that hangs from 10 s to 30 s. Its caller's pool of 20 is full
  /// with the arrival at 11.9 s, the queue of 10 with that at 12.9 s; the first refusal is at 13 s, the first timeout at
  /// 15.01 s, and the first call without a further attempt at 20.01 s.
  private var hang: BreakingSystem {
    System(
      workloads: [System.asks("viewers", System.calls("front.play"), perSecond: 10)],
      services: [
        System.service(
          "front", threads: 20, queue: 10, calls: [System.calls("desk.serve", timeout: 5000, attempts: 2)],
          ["play": [System.work(10), Step(.call("desk"))]]),
        System.service("desk", ["serve": [System.work(20)]]),
      ], faults: [System.fault(.hang, on: "desk", from: 10_000, for: 20_000)])
  }

  @Test func `is told in the order and at the times of arithmetic`() {
    let (cascade, outcome) = hang.cascade()
    let told = cascade.told
    #expect(
      told.prefix(9) == [
        "11 front pool full <- desk breaks", "12 front queue grows <- front pool full",
        "13 front queue full, rejecting <- front queue grows",
        "13 viewers -> front attempts fail <- front queue full, rejecting",
        "13 viewers -> front calls fail <- viewers -> front attempts fail",
        "13 viewers requests fail <- viewers -> front calls fail",
        "15 front -> desk timeouts <- desk breaks",
        "15 desk works for callers that have gone <- front -> desk timeouts",
        "15 front -> desk retries <- front -> desk timeouts",
      ])
    #expect(cascade.node("front -> desk", .callsFail)?.from == SimulationTime(nanoseconds: 20_000_000_000))
    #expect(cascade.node("front", .failsBelow)?.from == SimulationTime(nanoseconds: 20_000_000_000))
    #expect(cascade.nodes.allSatisfy { $0.depth != nil })
    // All is well again soon after the hang, whose last victims are served at once.
    #expect(cascade.nodes.allSatisfy { ($0.to ?? .zero + .seconds(120)) <= .zero + .seconds(40) })
    let failed = outcome.workloads[0].windows[0].failed
    #expect(failed > 100)
    #expect(cascade.origins == (failed, 0, 0))
    let refused = cascade.chains.first { $0.reason == .rejected }?.origin
    guard case .fault(let nodes, _) = refused else {
      Issue.record("the refusals lead to no fault")
      return
    }
    #expect(nodes.map { cascade.nodes[$0].mechanism } == [.rejecting, .queueGrows, .poolFull])
  }

  @Test func `has no effect before its cause, and no way that does not lead to a fault`() {
    for system in [hang, retries, shared(breaker: nil)] {
      let (cascade, _) = system.cascade()
      #expect(!cascade.isEmpty)
      for edge in cascade.edges {
        switch edge.from {
        case .root(let root): #expect(cascade.roots[root].from <= edge.at + .seconds(1))
        case .node(let cause):
          #expect(cascade.nodes[cause].from <= edge.at)
          #expect((cascade.nodes[cause].depth ?? .max) < (cascade.nodes[edge.to].depth ?? .min) || !edge.isFirst)
        }
      }
    }
  }

  /// Three attempts at each of three tiers: 3, 9 and 27 times the calls.
  private var retries: BreakingSystem {
    func tier(_ name: String, _ below: String) -> Service {
      System.service(
        name, calls: [System.calls("\(below).serve", attempts: 3)], ["serve": [System.work(1), Step(.call(below))]])
    }
    return System(
      workloads: [System.asks("viewers", System.calls("a.serve", attempts: 3), perSecond: 10)],
      services: [tier("a", "b"), tier("b", "c"), System.service("c", ["serve": [System.work(1)]])],
      faults: [System.fault(.error(ErrorFault(probability: Probability(1))), on: "c", from: 20_000, for: 10_000)])
  }

  @Test func `of retries multiplies from tier to tier`() throws {
    let (cascade, outcome) = retries.cascade()
    for edge in ["viewers -> a", "a -> b", "b -> c"] {
      #expect(cascade.node(edge, .retries)?.amplification == 3, "\(edge)")
    }
    // Of ten a second those are left out that cross from one bin to the next within their attempts.
    for (service, factor) in [("a", 3.0), ("b", 9), ("c", 27)] {
      let load = try #require(cascade.node(service, .load), "\(service)")
      #expect(load.normal == 10 && (load.peak / 10 - factor).magnitude <= 0.1 * factor, "\(service): \(load.peak)")
    }
    let told = cascade.told
    let order = [
      "20 c errors <- c breaks", "20 b -> c attempts fail <- c errors", "20 b -> c retries <- b -> c attempts fail",
      "20 c more load <- b -> c retries",
    ]
    #expect(told.filter { order.contains($0) } == order)
    #expect(told.contains("20 a -> b attempts fail <- b fails with what it calls"))
    #expect(told.contains("20 b more load <- a -> b retries"))
    #expect(cascade.nodes.allSatisfy { $0.depth != nil })
    #expect(cascade.origins == (outcome.workloads[0].windows[0].failed, 0, 0))
    #expect(outcome.workloads[0].windows[0].failed == 100)
  }

  /// Two workloads share the pool of a front whose one endpoint needs what hangs.
  private func shared(breaker: CircuitBreaker?) -> BreakingSystem {
    System(
      workloads: [
        System.asks("browsers", System.calls("front.home"), perSecond: 7),
        System.asks("viewers", System.calls("front.play"), perSecond: 10),
      ],
      services: [
        System.service(
          "front", threads: 20,
          calls: [System.calls("desk.serve", timeout: 1500, breaker: breaker, fallback: breaker != nil)],
          ["home": [System.work(10)], "play": [System.work(10), Step(.call("desk"))]]),
        System.service("desk", ["serve": [System.work(20)]]),
      ], faults: [System.fault(.pause, on: "desk", from: 10_000, for: 20_000)])
  }

  @Test func `goes sideways through a shared pool`() {
    var system = shared(breaker: nil)
    system.services[0] = System.service(
      "front", threads: 20, calls: [System.calls("desk.serve", timeout: 5000)],
      ["home": [System.work(10)], "play": [System.work(10), Step(.call("desk"))]])
    let (cascade, outcome) = system.cascade()
    #expect(cascade.told.contains("11 front pool full <- desk breaks"))
    #expect(cascade.told.contains("12 browsers requests fail <- browsers -> front calls fail"))
    let browsers = cascade.chains.filter { $0.workload == "browsers" }
    #expect(browsers.count == 1)
    #expect(browsers.first?.count == outcome.workloads.first { $0.name == "browsers" }?.windows[0].failed)
    #expect(browsers.first?.reason == .rejected && browsers.first?.component == "front")
    guard case .fault(let nodes, let root) = browsers.first?.origin else {
      Issue.record("the browsers' failures lead to no fault")
      return
    }
    #expect(nodes.map { cascade.nodes[$0].mechanism } == [.rejecting, .poolFull])
    #expect(cascade.roots[root].targets == ["desk"])
  }

  @Test func `is stopped by a breaker`() {
    let breaker = CircuitBreaker(
      failureRate: Probability(0.5), slowCallRate: Probability(1), slowCall: .seconds(60), window: .calls(4),
      minimumCalls: 4, open: .seconds(5), halfOpenCalls: 1)
    let (cascade, outcome) = shared(breaker: breaker).cascade()
    #expect(cascade.told.contains("11 front -> desk timeouts <- desk breaks"))
    #expect(cascade.told.contains("11 front -> desk breaker open <- front -> desk timeouts"))
    #expect(cascade.told.contains("11 front -> desk fallback in use <- front -> desk timeouts"))
    #expect(cascade.told.contains("11 viewers degraded answers <- front -> desk fallback in use"))
    #expect(cascade.node("front", .poolFull) == nil)
    #expect(cascade.node("front", .rejecting) == nil)
    #expect(!cascade.nodes.contains { $0.name.hasPrefix("browsers") })
    #expect(cascade.chains.isEmpty)
    #expect(outcome.workloads.allSatisfy { $0.windows[0].failed == 0 })
  }

  @Test func `is empty without a fault, and with one that changes nothing`() {
    var system = hang
    system.faults = []
    #expect(system.cascade().cascade.isEmpty)
    // It reaches every call of the desk, and adds nothing.
    system.faults = [
      System.fault(.latency(LatencyFault(add: nil, factor: 1)), on: "desk", from: 10_000, for: 20_000)
    ]
    let (cascade, _) = system.cascade()
    #expect(cascade.isEmpty && cascade.edges.isEmpty && cascade.chains.isEmpty)
    #expect(cascade.roots.map(\.targets) == [["desk"]])
  }

  @Test func `does not lay on a fault what fails without it`() {
    // A door that is too narrow always, and a desk that errs for a while.
    let system = System(
      workloads: [
        System.asks("crowd", System.calls("door.enter"), perSecond: 10),
        System.asks("viewers", System.calls("desk.serve"), perSecond: 10),
      ],
      services: [
        System.service("desk", ["serve": [System.work(1)]]),
        System.service("door", threads: 1, ["enter": [System.work(150)]]),
      ],
      faults: [System.fault(.error(ErrorFault(probability: Probability(1))), on: "desk", from: 20_000, for: 10_000)])
    let (cascade, outcome) = system.cascade()
    let crowd = outcome.workloads.first { $0.name == "crowd" }?.windows[0].failed ?? 0
    #expect(crowd > 500)
    #expect(cascade.origins == (100, crowd, 0))
    #expect(!cascade.nodes.contains { $0.name.hasPrefix("door") || $0.name.hasPrefix("crowd") })
  }

  // MARK: Causes that are over

  private func propagation(ends: Int, queueTo: Int?, slowFrom: Int, scarce: Bool = false) -> Propagation {
    let (desk, front) = (CascadeComponent(.service, 0), CascadeComponent(.service, 1))
    func departure(_ component: CascadeComponent, _ mechanism: CascadeMechanism, _ from: Int, _ to: Int?)
      -> Propagation.Departure
    {
      Propagation.Departure(
        component: component, mechanism: mechanism,
        episodes: [NormalBand.Episode(from: from, to: to, peak: 1, normal: 0)])
    }
    return Propagation(
      [departure(desk, .queueGrows, 40, queueTo), departure(front, .slow, slowFrom, nil)],
      roots: [
        Propagation.Root(components: [desk], begins: 40, ends: ends, effect: scarce ? "capacity" : "hang")
      ]
    ) { departure in
      departure.component == desk
        ? [[.fault(desk, .any)]]
        : [[.fault(desk, .waiting), .departure(desk, .queueGrows)]]
    }
  }

  private func cause(_ propagation: Propagation) -> Propagation.Cause? { propagation.explanations[1]?.causes.first }

  /// A pause from 40 to 50 s leaves a queue until 72 s: what is slow at 45 s is so by the pause, at 70 s by the queue, at
  /// 75 s still by what was there before, and at 120 s by nothing that is known.
  @Test func `is laid on what lasts, not on a fault that is over`() {
    #expect(cause(propagation(ends: 49, queueTo: 72, slowFrom: 45)) == .root(0, fit: 0))
    #expect(cause(propagation(ends: 49, queueTo: 72, slowFrom: 70)) == .departure(0))
    #expect(cause(propagation(ends: 49, queueTo: 72, slowFrom: 75)) == .root(0, fit: 0))
    #expect(cause(propagation(ends: 49, queueTo: 72, slowFrom: 90)) == .departure(0))
    #expect(cause(propagation(ends: 49, queueTo: 72, slowFrom: 120)) == nil)
  }

  /// Others feel threads that are taken away by the queue, not by the taking.
  @Test func `goes by what a fault makes scarce`() {
    #expect(cause(propagation(ends: 60, queueTo: 72, slowFrom: 45, scarce: true)) == .departure(0))
  }
}
