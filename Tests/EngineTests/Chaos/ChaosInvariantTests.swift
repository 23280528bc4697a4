import Model
import Testing

@testable import Engine

/// All kinds of faults at once, over systems made at random, with conservation checked after every event.
@Suite struct `Chaos` {
  private func effects(_ seed: UInt64) -> [(FaultEffect, [FaultTarget])] {
    let leak = LeakFault(
      resource: seed % 2 == 0 ? .memory : .threads, fills: fixed(ms: 40), restart: fixed(ms: Double(seed % 30)))
    let slow = SlowFault(speed: 0.2, ramp: ramp(from: 1, over: 300))
    let taken = CapacityFault(
      resource: seed % 3 == 0 ? .replicas : .threads, taken: .fraction(.one), ramp: ramp(from: 0, over: 200))
    let bad: FaultEffect = seed % 2 == 0 ? .leak(leak) : .error(ErrorFault(probability: Probability(0.5)))
    return [
      (.partition(PartitionFault(from: nil)), [.service("s1")]),
      (.partition(PartitionFault(from: [.workload("w0")])), [.service("s0"), .zone(region: "east", name: "a")]),
      (
        .loss(LossFault(probability: .one, rto: ms(3), ramp: ramp(from: 0, over: 400))),
        [.service("s0"), .edge(from: "s0", to: "s1")]
      ),
      (.leak(leak), [.service("s0"), .service("s1")]), (.slow(slow), [.service("s1")]),
      (.capacity(taken), [.service("s0")]),
      (
        .badDeploy(DeployFault(effect: bad, batch: .count(1), every: ms(60), restart: ms(20), batches: 3)),
        [.service("s1")]
      ),
      (.capacity(taken), [.bulkhead(service: "s0", dependency: "d0")]),
    ]
  }

  @Test(arguments: 0..<60) func `conserves everything, and all comes to rest`(seed: UInt64) {
    var system = RandomSystem.make(seed)
    for (number, (effect, targets)) in effects(seed).enumerated()
    where (seed >> UInt64(number % 6)) & 1 == 1 || number == 2 {
      if case .capacity(let taken) = effect, case .bulkhead = targets[0], taken.resource == .replicas { continue }
      system.faults.append(
        fault(
          effect, on: targets, at: Double(100 + 50 * number), for: 300,
          repeats: Repetition(every: ms(700), times: 2), named: "x\(number)"))
    }
    var simulation = Simulation(system.program, checkingInvariants: true)
    let outcome = simulation.replicated(seed: seed)
    let leftovers = simulation.leftovers
    #expect(leftovers == [])
    for workload in outcome.workloads {
      let tally = workload.windows[0]
      #expect(tally.arrivals == tally.ended + tally.inFlight)
      #expect(tally.inFlight == 0)
    }
    #expect(outcome.fingerprint == system.run(seed: seed, checkingInvariants: false).fingerprint)
  }
}
