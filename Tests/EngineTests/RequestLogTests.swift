import Engine
import Model
import Sampling
import Testing

/// The log of requests tells what the tallies count, and changes nothing.
///
/// Mutations: a hook that draws; a record that is ended under the number of a call that has been used again; keys that
/// depend on what is injected.
@Suite struct `The log of requests` {
  private func logged(_ system: TinySystem, seed: UInt64 = 1) -> (outcome: ReplicationOutcome, log: RequestLog) {
    var simulation = Simulation(system.program)
    var log: RequestLog?
    let outcome = simulation.run(seed: seed, replication: 0, logging: { log = $0 })
    guard let outcome, let log else { preconditionFailure("nobody has cancelled the replication") }
    return (outcome, log)
  }

  @Test func `adds up to the tallies of random systems, which it leaves as they were`() {
    for seed in 1...60 as ClosedRange<UInt64> {
      let system = RandomSystem.make(seed)
      let plain = system.run(seed: seed, checkingInvariants: false)
      let (outcome, log) = logged(system, seed: seed)
      #expect(outcome == plain, "seed \(seed)")
      for (index, workload) in outcome.workloads.enumerated() {
        for (window, tally) in workload.windows.enumerated() {
          let counted = log.requests.filter { Int($0.workload) == index && $0.windows >> UInt64(window) & 1 == 1 }
          func count(_ ending: LoggedRequest.Ending) -> Int { counted.count { $0.ending == ending } }
          #expect(count(.success) == tally.success && count(.degraded) == tally.degraded, "seed \(seed)")
          #expect(count(.failed) == tally.failed && count(.inFlight) == tally.inFlight, "seed \(seed)")
          for reason in tally.reasons {
            #expect(
              counted.count { $0.reason == reason.reason && log.components[Int($0.component)] == reason.component }
                == reason.count)
          }
          let latencies = counted.filter { $0.ending == .success || $0.ending == .degraded }.compactMap(\.latency)
          #expect(latencies.reduce(UInt128(0)) { $0 + UInt128($1) } == tally.latency.sum)
        }
      }
    }
  }

  @Test func `names the requests as they are named whatever is injected`() {
    for seed in 1...60 as ClosedRange<UInt64> {
      var system = RandomSystem.make(seed)
      let (_, broken) = logged(system, seed: seed)
      system.faults = []
      let (_, calm) = logged(system, seed: seed)
      let own = broken.requests.filter { !$0.flags.contains(.added) }
      #expect(Set(broken.requests.map(\.key)).count == broken.requests.count)
      #expect(own.map(\.key) == calm.requests.map(\.key) && own.map(\.arrived) == calm.requests.map(\.arrived))
      #expect(calm.requests.allSatisfy { $0.flags == .inScope })
    }
  }

  @Test func `marks what a fault strikes, be it without any effect`() {
    let ineffective: [FaultEffect] = [
      latency(add: 0), error(0), slow(to: 1), capacity(.threads, taken: .count(0)),
      capacity(.replicas, taken: .count(0)),
    ]
    for effect in ineffective {
      let system = TinySystem(
        workloads: [asks("viewers", "desk.serve", at: 10), asks("others", "else.serve", at: 10)],
        services: [service("desk", work(4)), service("else", work(4))],
        faults: [fault(effect, on: .service("desk"), at: 500.5, for: 500)])
      let (_, log) = logged(system)
      // At 510, 520, …, 1000, and, of those that act on replicas, what has been in one since 500; of another service none.
      let struck = log.requests.filter { $0.flags.contains(.struck) }
      let actsOnCalls = effect == latency(add: 0) || effect == error(0)
      #expect(struck.count == (actsOnCalls ? 50 : 51) && struck.allSatisfy { $0.workload == 1 }, "\(effect)")
    }
  }

  @Test func `marks what is in a server or waits for it when a fault begins`() {
    // One thread: the first is at work and the second in the queue, and both have been sent before the fault.
    for effect in [FaultEffect.slow(SlowFault(speed: 0.5)), .hang, .crash, .pause] {
      let system = TinySystem(
        workloads: [asks("viewers", "desk.serve", at: 10)],
        services: [service("desk", threads: 1, queue: .unbounded, work(15))],
        faults: [fault(effect, on: .service("desk"), at: 22, for: 5)], horizon: 38)
      let (_, log) = logged(system)
      let struck = log.requests.map { $0.flags.contains(.struck) }
      // A hang takes those that get a thread, as the second does at 25.
      #expect(struck == (effect == .hang ? [false, true, false] : [true, true, false]), "\(effect)")
    }
  }

  /// Three replicas of which none is left from 50 to 90 ms: what is refused since then is struck as well.
  @Test(arguments: [
    FaultEffect.crash, capacity(.replicas, taken: .count(3)), capacity(.replicas, taken: .fraction(.one)),
  ])
  func `marks what is refused since a fault has taken all replicas`(effect: FaultEffect) {
    let system = TinySystem(
      workloads: [asks("viewers", "desk.serve", at: 10), asks("others", "else.serve", at: 10)],
      services: [service("desk", replicas: 3, work(4)), service("else", work(4))],
      faults: [fault(effect, on: .service("desk"), at: 51, for: 40)], horizon: 200)
    let (_, log) = logged(system)
    let struck = log.requests.filter { $0.flags.contains(.struck) }.map(\.arrived)
    // The one that is served since 50 ms, then those at 60, 70, 80 and 90 ms.
    #expect(struck == [50, 60, 70, 80, 90].map { $0 * 1_000_000 })
    #expect(log.requests.count { $0.ending == .failed } == (effect == .crash ? 5 : 4))
    #expect(log.requests.allSatisfy { $0.ending != .failed || $0.flags.contains(.struck) })
  }

  /// A leak of 20 ms crashes the only replica at 71 ms; it is up again at 171 ms, after the fault has ended at 91 ms.
  @Test func `marks what a leak makes fail until the replica is up again`() {
    let leak = FaultEffect.leak(LeakFault(resource: .memory, fills: fixed(ms: 20), restart: fixed(ms: 100)))
    let system = TinySystem(
      workloads: [asks("viewers", "desk.serve", at: 10)], services: [service("desk", work(4))],
      faults: [fault(leak, on: .service("desk"), at: 51, for: 40)], horizon: 300)
    let (_, log) = logged(system)
    let failed = log.requests.filter { $0.ending == .failed }
    #expect(failed.map(\.arrived) == [70, 80, 90, 100, 110, 120, 130, 140, 150, 160, 170].map { $0 * 1_000_000 })
    #expect(failed.allSatisfy { $0.flags.contains(.struck) })
  }

  @Test func `tells whom the scope picks, and what a surge adds`() {
    let scope = FaultScope.requests(Probability(0.25))
    let system = TinySystem(
      workloads: [Workload(name: "viewers", arrivals: .poisson(Rate(perSecond: 500)), call: dependency("desk.serve"))],
      services: [service("desk", work(1))],
      faults: [
        fault(.unavailable, on: .service("desk"), at: 0, for: 2000, scope: scope),
        fault(.surge(SurgeFault(factor: 2)), on: .workload("viewers"), at: 0, for: 2000, named: "rush"),
      ])
    let (_, log) = logged(system)
    #expect(log.requests.allSatisfy { $0.flags.contains(.inScope) == ($0.ending == .failed) })
    #expect(log.requests.allSatisfy { $0.flags.contains(.struck) == $0.flags.contains(.inScope) })
    let added = log.requests.count { $0.flags.contains(.added) }
    // As many again as come by themselves, 1,000: five standard deviations of a Poisson count.
    #expect((Double(added) - 1000).magnitude < 160)
  }
}
