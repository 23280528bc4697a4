import Model
import Testing

@testable import Engine

/// Faults on some replicas of a service that an autoscaler changes.
///
/// Mutations: parts of all that there may ever be; picks among those that are not there.
@Suite struct `A fault on a service that scales` {
  /// Two replicas, at most 20; nothing is measured before the horizon unless `interval` is shorter.
  private func system(
    _ effect: FaultEffect, scope: FaultScope = .everything, at: Double = 500, for length: Double = 1000,
    interval: Double = 60_000, target: Double = 1, work duration: Double = 1, _ workloads: [Workload]
  ) -> TinySystem {
    let scaling = Autoscaling(
      signal: .threads, target: Probability(target), minimum: 2, maximum: 20, interval: ms(interval),
      boot: fixed(ms: 100))
    return TinySystem(
      workloads: workloads,
      services: [service("desk", threads: 2, replicas: 2, autoscaling: scaling, work(duration))],
      faults: [fault(effect, on: .service("desk"), at: at, for: length, scope: scope)],
      windows: [Window(.duringFaults)])
  }

  private let steadily = [steady("a", "desk.serve", perSecond: 100)]

  /// Requests from 500 to 1490, one every 10 ms: they go to the two replicas in turn.
  @Test func `strikes a part of those that are ready`() {
    func counts(_ effect: FaultEffect, _ scope: FaultScope = .everything) -> String {
      system(effect, scope: scope, steadily).run()[workload: "a"].counts
    }
    #expect(counts(.unavailable, .replicas(1)) == "100 = 50 success + 50 failed")
    #expect(counts(.unavailable, .replicas(2)) == "100 = 100 failed")
    #expect(counts(.unavailable, .replicas(3)) == "100 = 100 failed")
    // One of two is left, and has time for all.
    #expect(counts(capacity(.replicas, taken: .fraction(Probability(0.5)))) == "100 = 100 success")
    #expect(counts(capacity(.replicas, taken: .count(1))) == "100 = 100 success")
    #expect(counts(capacity(.replicas, taken: .count(2))) == "100 = 100 failed")
    #expect(counts(capacity(.replicas, taken: .fraction(.one))) == "100 = 100 failed")
  }

  @Test func `picks more among which are fewer`() {
    for salt in ["a", "b", "c", "d"] {
      func struck(_ count: Int) -> Set<Int32> {
        var system = system(.unavailable, scope: .replicas(count), steadily)
        system.faults = [
          fault(.unavailable, on: .service("desk"), at: 500, for: 2000, scope: .replicas(count), salt: salt)
        ]
        var simulation = Simulation(system.program)
        _ = simulation.replicated()
        let first = simulation.faults[Int32(0)].firstMember
        return Set((0..<Int32(20)).filter { simulation.members[first + $0] == 1 })
      }
      #expect(struck(1).count == 1 && struck(2) == [0, 1] && struck(2).isSuperset(of: struck(1)))
    }
  }
}
