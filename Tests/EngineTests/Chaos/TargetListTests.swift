import Engine
import Model
import Testing

/// Several targets of one fault, and the targets that are parts of services.
///
/// Mutations: only the first target struck; a target in two of the list struck twice; a zone's replicas of all services.
@Suite struct `A list of targets` {
  @Test func `is struck as one, and nothing else is`() {
    let outcome = TinySystem(
      workloads: [
        asks("a", "desk.serve", at: 1000), asks("b", "store.serve", at: 1000), asks("c", "other.serve", at: 1000),
      ],
      services: [service("desk", work(1)), service("store", work(1)), service("other", work(1))],
      faults: [fault(error(), on: [.service("desk"), .service("store")], at: 900, for: 200)]
    ).run()
    #expect(outcome.hurt == ["a", "b"])
  }

  @Test func `strikes once what lies in several of them`() {
    func story(_ effect: FaultEffect, _ targets: [FaultTarget]) -> String {
      TinySystem(
        workloads: [asks("a", "front.serve", at: 1000)],
        services: [front(dependency("desk.serve")), service("desk", work(100))],
        faults: [fault(effect, on: targets, at: 900, for: 1000)]
      ).run().story("a")
    }
    let all: [FaultTarget] = [
      .service("desk"), .endpoint(path("desk.serve")), .edge(from: "front", to: "desk"),
      .replica(service: "desk", index: 0),
    ]
    for targets in [all, all.reversed(), [all[0]], [all[1]], [all[2]], [all[3]]] {
      #expect(story(latency(add: 10), targets) == "success after 110 ms")
    }
    #expect(story(slow(to: 0.5), [.service("desk"), .replica(service: "desk", index: 0)]) == "success after 200 ms")
    #expect(
      story(capacity(.threads, taken: .fraction(.one)), [.service("desk"), .pool("desk")])
        == "failed after 0 ms: rejected at desk")
  }

  @Test func `may be a zone's replicas of one service`() {
    let zone = FaultTarget.serviceInZone(service: "desk", region: "east", zone: "a")
    let outcome = TinySystem(
      workloads: [steady("a", "desk.serve", perSecond: 100), steady("b", "store.serve", perSecond: 100)],
      services: [
        service("desk", replicas: 2, zones: ["a", "b"], work(1)),
        service("store", replicas: 2, zones: ["a", "b"], work(1)),
      ],
      faults: [fault(.unavailable, on: [zone], at: 0, for: 1005)],
      regions: [Region(name: "east", zones: ["a", "b"])], horizon: 1005
    ).run()
    // Each second request goes to the first replica, which is the one in zone a.
    #expect(outcome[workload: "a"].counts == "100 = 50 success + 50 failed")
    #expect(outcome[workload: "b"].counts == "100 = 100 success")
  }

  @Test func `may be the places of a bulkhead, which are given out again`() {
    func system(_ taken: CapacityFault.Amount, queue: Int, asking: [Workload]) -> TinySystem {
      TinySystem(
        workloads: asking,
        services: [
          front(dependency("desk.serve", bulkhead: .threads(2, queue: .bounded(queue)))), service("desk", work(100)),
        ],
        faults: [
          fault(
            capacity(.threads, taken: taken), on: [.bulkhead(service: "front", dependency: "desk")], at: 1000, for: 100)
        ])
    }
    let all = CapacityFault.Amount.fraction(.one)
    #expect(
      system(all, queue: 0, asking: [asks("a", "front.serve", at: 1050)]).run().story("a")
        == "failed after 0 ms: bulkhead-full at front -> desk")
    // Until 1100 in the queue, then 100 ms of work.
    #expect(
      system(all, queue: 1, asking: [asks("a", "front.serve", at: 1050)]).run().story("a") == "success after 150 ms")
    let half = system(.fraction(Probability(0.5)), queue: 0, asking: many(3, "front.serve", at: 1050)).run()
    #expect(half.hurt.count == 2)
    let one = system(.count(1), queue: 0, asking: many(3, "front.serve", at: 1100)).run()
    #expect(one.hurt.count == 1)
  }
}
