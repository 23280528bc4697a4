import Engine
import Model
import Sampling
import Testing

/// The same seed gives the same outcome; what is not there changes nothing.
///
/// Mutations: a key made from a position in a list; a slab that is not emptied between replications; a generator whose
/// state moves.
@Suite struct `A replication` {
  /// Something of everything, with faults from 2 s to 4 s.
  private func system(_ faults: [Fault]? = nil, horizon: Double = 6000) -> TinySystem {
    var system = BusySystem.all(horizon: horizon)
    if let faults { system.faults = faults }
    return system
  }

  @Test func `is the same in a fresh simulation and in one that was used before`() {
    let program = system().program
    var used = Simulation(program)
    let first = used.replicated(seed: 1, replication: 0)
    let others = [
      used.replicated(seed: 1, replication: 1), used.replicated(seed: 2, replication: 0),
      used.replicated(seed: 1, replication: 2),
    ]
    #expect(Set([first] + others).count == 4)
    #expect(used.replicated(seed: 1, replication: 0) == first)
    var fresh = Simulation(program)
    #expect(fresh.replicated(seed: 1, replication: 2) == others[2])
    var anew = Simulation(system().program)
    #expect(anew.replicated(seed: 1, replication: 0) == first)
  }

  @Test func `is the same after one that was cancelled half way`() {
    let program = system().program
    var fresh = Simulation(program)
    let expected = fresh.replicated()
    var used = Simulation(program)
    let cancelled = used.run(seed: 9, replication: 4, isCancelled: { true })
    #expect(cancelled == nil || expected.events < 65_536)
    #expect(used.replicated() == expected)
  }

  @Test func `is the same with and without the check of invariants`() {
    let short = system(horizon: 2500)
    #expect(short.run(checkingInvariants: true) == short.run(checkingInvariants: false))
  }

  @Test func `does not depend on the windows that are looked at`() {
    var other = system()
    other.windows = [Window(.duringFaults), Window(.between(ms(123), ms(4567))), Window(.run, among: .scoped), .run]
    let one = system().run(checkingInvariants: false)
    let two = other.run(checkingInvariants: false)
    #expect(one.fingerprint == two.fingerprint)
    #expect(one.endpoints == two.endpoints)
    #expect(one[workload: "a-viewers"] == two[workload: "a-viewers", window: 3])
  }

  @Test func `is the same before a fault, whether that comes or not`() {
    for index in BusySystem.faults.indices {
      let fault = BusySystem.faults[index]
      var without = BusySystem.faults
      without.remove(at: index)
      // Cut off where the fault begins, nothing tells them apart.
      let horizon = Double(fault.at.nanoseconds) / 1e6
      #expect(
        system(horizon: horizon).run(checkingInvariants: false).fingerprint
          == system(without, horizon: horizon).run(checkingInvariants: false).fingerprint, "\(fault.name)")
      // A while later something does.
      #expect(
        system(horizon: horizon + 1500).run(checkingInvariants: false).fingerprint
          != system(without, horizon: horizon + 1500).run(checkingInvariants: false).fingerprint, "\(fault.name)")
    }
  }

  @Test func `has the same timeline before a fault`() {
    let faults = [fault(.crash, on: .service("desk"), at: 20_000, for: 5000)]
    func timeline(_ faults: [Fault]) -> Timeline {
      TinySystem(
        workloads: [Workload(name: "viewers", arrivals: .poisson(Rate(perSecond: 20)), call: dependency("desk.serve"))],
        services: [service("desk", threads: 2, queue: .bounded(3), .work(exponential(meanMs: 80)))], faults: faults,
        horizon: 40_000
      ).run().timeline
    }
    let one = timeline(faults)
    let two = timeline([])
    #expect(one.workloads[0].arrivals == two.workloads[0].arrivals)
    #expect(one.services[0].busy.prefix(2) == two.services[0].busy.prefix(2))
    #expect(one.services[0].busy[2] != two.services[0].busy[2])
    #expect(one.workloads[0].success.prefix(1) == two.workloads[0].success.prefix(1))
  }

  @Test func `is the same with an unused service, wherever its name comes`() {
    let plain = system().run(checkingInvariants: false)
    for name in ["aaa", "middle", "zzz"] {
      var other = system()
      let failures = [
        FailureMode(
          name: "crash", every: exponential(meanMs: 100), repair: exponential(meanMs: 100), each: .replica,
          start: .equilibrium,
          effect: .crash)
      ]
      other.services.append(
        service(name, replicas: 3, failures: failures, calls: [dependency("desk.serve")], work(1), .call("desk")))
      let outcome = other.run(checkingInvariants: false)
      #expect(outcome.fingerprint == plain.fingerprint)
      #expect(outcome.workloads == plain.workloads)
    }
  }

  @Test func `is the same in whatever order its parts are listed`() {
    var other = system()
    other.workloads.reverse()
    other.services = other.services.reversed().map {
      Service(
        name: $0.name, replicas: $0.replicas, zones: $0.zones, pool: $0.pool, cores: $0.cores, style: $0.style,
        balancing: $0.balancing, cancellation: $0.cancellation, failures: $0.failures.reversed(),
        dependencies: $0.dependencies.reversed(), endpoints: $0.endpoints.reversed())
    }
    other.faults.reverse()
    other.regions.reverse()
    #expect(other.run(checkingInvariants: false) == system().run(checkingInvariants: false))
  }

  @Test func `keeps a workload's arrivals and draws when another one or a replica is added`() {
    func latencies(replicas: Int = 1, others: [Workload] = []) -> RequestTally {
      TinySystem(
        workloads: [Workload(name: "viewers", arrivals: .poisson(Rate(perSecond: 100)), call: dependency("desk.serve"))]
          + others,
        services: [service("desk", replicas: replicas, .work(exponential(meanMs: 5)))], horizon: 3000
      ).run(checkingInvariants: false)[workload: "viewers"]
    }
    let plain = latencies()
    #expect(latencies(replicas: 3) == plain)
    for name in ["aaa", "zzz"] {
      #expect(
        latencies(others: [
          Workload(name: name, arrivals: .poisson(Rate(perSecond: 70)), call: dependency("desk.serve"))
        ]) == plain)
    }
  }

  @Test func `draws the same for a request whatever befell the others`() {
    // Work is a function of the request alone: with faults and without, those that succeed at once take the same time.
    func latencies(_ faults: [Fault]) -> LatencyTally {
      TinySystem(
        workloads: [
          Workload(name: "viewers", arrivals: .poisson(Rate(perSecond: 200)), call: dependency("desk.serve"))
        ],
        services: [service("desk", .work(exponential(meanMs: 5)))], faults: faults, horizon: 3000
      ).run(checkingInvariants: false)[workload: "viewers"].latency
    }
    var counts: [Int: Int] = [:]
    for bucket in latencies([]).buckets { counts[bucket.index] = bucket.count }
    let faulty = latencies([
      fault(error(0.5), on: .service("desk"), at: 500, for: 1000, named: "a"),
      fault(.unavailable, on: .service("desk"), at: 1000, for: 1000, scope: .requests(Probability(0.3)), named: "b"),
    ])
    #expect(faulty.count < latencies([]).count)
    #expect(faulty.buckets.allSatisfy { counts[$0.index, default: 0] >= $0.count })
  }

  @Test func `differs from seed to seed and from replication to replication`() {
    let short = system(horizon: 1000)
    let fingerprints =
      (0..<5).map { short.run(seed: 1, replication: $0, checkingInvariants: false).fingerprint }
      + (2..<7).map { short.run(seed: $0, replication: 0, checkingInvariants: false).fingerprint }
    #expect(Set(fingerprints).count == 10)
  }
}
