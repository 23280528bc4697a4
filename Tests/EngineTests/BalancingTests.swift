import Engine
import Model
import Testing

/// Mutations: one turn for all callers; least-request that takes the fuller of its two picks, or forgets to count a
/// call out; a replica that is down and chosen all the same.
@Suite struct `A balancer` {
  private func system(_ balancing: Balancing, replicas: Int, rate: Double = 1000, work ms: Double = 0, horizon: Double)
    -> TinySystem
  {
    TinySystem(
      workloads: [
        Workload(name: "viewers", arrivals: .constant(Rate(perSecond: rate)), call: dependency("desk.serve"))
      ],
      services: [service("desk", threads: 1, replicas: replicas, balancing: balancing, work(ms))], horizon: horizon)
  }

  @Test func `in turn asks each replica in its order`() {
    // 100 calls a second of 29 ms: three replicas of one thread, asked in turn, never refuse one; asked otherwise they
    // do.
    let outcome = system(.roundRobin, replicas: 3, rate: 100, work: 29, horizon: 1500).run()
    #expect(outcome[workload: "viewers"].failed == 0)
    var two = system(.roundRobin, replicas: 3, rate: 100, work: 29, horizon: 1500)
    two.faults = [fault(.unavailable, on: .replica(service: "desk", index: 1), at: 0, for: 1500)]
    // Those at 20, 50, 80, … ms, one in three.
    #expect(two.run()[workload: "viewers"].failures(.unreachable) == 50)
  }

  @Test func `in turn has a turn for each caller`() {
    let outcome = TinySystem(
      workloads: [asks("a", "desk.serve", at: 1000), asks("b", "desk.serve", at: 1000)],
      services: [service("desk", threads: 1, replicas: 2, work(100))]
    ).run()
    // Both begin with the first replica.
    #expect(outcome.story("a") == "success after 100 ms")
    #expect(outcome.story("b") == "failed after 0 ms: rejected at desk")
  }

  @Test func `in turn passes over a replica that is down`() {
    var system = system(.roundRobin, replicas: 3, rate: 100, work: 19, horizon: 1500)
    system.faults = [fault(.crash, on: .replica(service: "desk", index: 1), at: 0, for: 1500)]
    #expect(system.run()[workload: "viewers"].failed == 0)
  }

  @Test func `at random asks each replica equally often, and the second choice is independent of the first`() {
    let replicas = 4
    var share: [Double] = []
    for hit in 0..<replicas {
      var system = system(.random, replicas: replicas, horizon: 4000.5)
      system.faults = [fault(.unavailable, on: .replica(service: "desk", index: hit), at: 0, for: 5000)]
      share.append(Double(system.run(checkingInvariants: false)[workload: "viewers"].failed))
    }
    #expect(share.reduce(0, +) == 4000)
    // Five standard deviations of 4,000 draws at 1/4.
    for count in share { #expect((count - 1000).magnitude < 5 * 750.0.squareRoot()) }
    var retried = system(.random, replicas: replicas, horizon: 4000.5)
    retried.workloads = [
      Workload(
        name: "viewers", arrivals: .constant(Rate(perSecond: 1000)), call: dependency("desk.serve", retry: retry(2)))
    ]
    retried.faults = [fault(.unavailable, on: .replica(service: "desk", index: 2), at: 0, for: 5000)]
    let failed = Double(retried.run(checkingInvariants: false)[workload: "viewers"].failed)
    #expect((failed - 250).magnitude < 5 * 235.0.squareRoot())
  }

  @Test func `by least request takes the one of two with fewer calls under way`() {
    // Of two replicas both are picked, so that the free one is always found: no call is refused while one is free.
    let outcome = system(.leastRequest, replicas: 2, rate: 100, work: 19, horizon: 1500).run()
    #expect(outcome[workload: "viewers"].failed == 0)
    #expect(system(.random, replicas: 2, rate: 100, work: 19, horizon: 1500).run()[workload: "viewers"].failed > 0)
  }

  @Test func `by least request counts a call out when its caller gives up`() {
    // The first replica hangs; each call there times out after 5 ms. Were it not counted out, nobody would try it
    // again.
    let call = dependency("desk.serve", timeout: 5)
    let outcome = TinySystem(
      workloads: [Workload(name: "viewers", arrivals: .constant(Rate(perSecond: 100)), call: call)],
      services: [service("desk", replicas: 2, balancing: .leastRequest, work(1))],
      faults: [fault(.hang, on: .replica(service: "desk", index: 0), at: 0, for: 10_000)], horizon: 5005
    ).run(checkingInvariants: false)
    // No two calls are under way at once: ties, which the first of two keyed picks decides.
    let failed = Double(outcome[workload: "viewers"].failed)
    #expect(outcome[workload: "viewers"].arrivals == 500)
    #expect((failed - 250).magnitude < 5 * 125.0.squareRoot())
  }

  @Test func `by least request counts the calls of this caller alone`() {
    // "a" occupies one replica; "b" knows nothing of it: its choice is a toss between the two.
    let refused = (1...60 as ClosedRange<UInt64>).filter { seed in
      TinySystem(
        workloads: [asks("a", "desk.serve", at: 1000), asks("b", "desk.serve", at: 1010)],
        services: [service("desk", threads: 1, replicas: 2, balancing: .leastRequest, work(100))]
      ).run(seed: seed).story("b") == "failed after 0 ms: rejected at desk"
    }
    // Between 8 and 52 of 60 tosses: a false alarm in more than ten million.
    #expect((8...52).contains(refused.count))
  }

  @Test func `finds nobody where all replicas are down`() {
    for balancing in Balancing.allCases {
      var system = system(balancing, replicas: 2, rate: 10, horizon: 1950)
      system.faults = [fault(.crash, on: .service("desk"), at: 950, for: 500)]
      let outcome = system.run()
      // 1000, 1100, 1200, 1300, 1400.
      #expect(outcome[workload: "viewers"].failures(.unreachable) == 5)
      #expect(outcome[workload: "viewers"].success == 14)
    }
  }

  @Test func `asks another replica with a retry`() {
    var system = system(.roundRobin, replicas: 2, horizon: 1500)
    system.workloads = [asks("viewer", dependency("desk.serve", retry: retry(2)), at: 1000)]
    system.faults = [fault(error(), on: .replica(service: "desk", index: 0), at: 0, for: 1900)]
    #expect(system.run().story("viewer") == "success after 0 ms")
  }
}
