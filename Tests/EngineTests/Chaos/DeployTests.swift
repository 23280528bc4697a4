import Model
import Testing

@testable import Engine

/// A bad version that is rolled out and back.
///
/// Mutations: all batches at once; a drained batch that loses what it is doing; no roll-back of the later batches; a
/// window that ends with the fault.
@Suite struct `A bad deploy` {
  private func deploy(
    _ effect: FaultEffect = error(), batch: CapacityFault.Amount = .fraction(Probability(0.25)), batches: Int = 4
  ) -> FaultEffect {
    .badDeploy(DeployFault(effect: effect, batch: batch, every: ms(100), restart: ms(20), batches: batches))
  }

  private func system(_ effect: FaultEffect, for length: Double = 500, _ workloads: [Workload]) -> TinySystem {
    TinySystem(
      workloads: workloads,
      services: [front(dependency("desk.serve")), service("desk", replicas: 4, work(10))],
      faults: [fault(effect, on: [.service("desk")], at: 1000, for: length)],
      windows: [Window(.duringFaults)])
  }

  /// The spans of a program's fault instances in milliseconds, with the replicas they strike.
  private func spans(_ program: Program) -> [String] {
    (0..<program.faults.count).map { index in
      let its = program.faults[index]
      let hit = (0..<4).filter { program.members[Int(its.firstMember) + $0] != 0 }.map(String.init).joined()
      return "\(its.effect) \(hit) \(its.begins / 1_000_000)..\(its.ends / 1_000_000)"
    }
  }

  @Test func `changes batch by batch, and back in the same batches`() {
    #expect(
      spans(system(deploy(), []).program) == [
        "capacityReplicas 0 1000..1020", "error 0 1020..1500", "capacityReplicas 0 1500..1520",
        "capacityReplicas 1 1100..1120", "error 1 1120..1600", "capacityReplicas 1 1600..1620",
        "capacityReplicas 2 1200..1220", "error 2 1220..1700", "capacityReplicas 2 1700..1720",
        "capacityReplicas 3 1300..1320", "error 3 1320..1800", "capacityReplicas 3 1800..1820",
      ])
    // Stopped before the third batch, and while the second is out.
    #expect(
      spans(system(deploy(batch: .count(1)), for: 110, []).program) == [
        "capacityReplicas 0 1000..1020", "error 0 1020..1110", "capacityReplicas 0 1110..1130",
        "capacityReplicas 1 1100..1120", "error 1 1120..1210", "capacityReplicas 1 1210..1230",
      ])
    #expect(
      spans(system(deploy(batch: .count(3), batches: 2), for: 500, []).program).filter { $0.hasPrefix("error") }
        == ["error 012 1020..1500", "error 3 1120..1600"])
  }

  @Test func `counts from the first batch to the last that is rolled back`() {
    let program = system(deploy(), []).program
    #expect(program.boundaries.intervals[0] == [1_000_000_000..<1_820_000_000])
    #expect(program.boundaries.faultEnds == [1_820_000_000])
    // Over before the second of four batches: 1000 to 1050, and the first one's way back.
    let short = system(deploy(), for: 50, []).program
    #expect(short.boundaries.intervals[0] == [1_000_000_000..<1_070_000_000])
    // Just as the second one would begin, and just after.
    #expect(system(deploy(), for: 100, []).program.boundaries.faultEnds == [1_120_000_000])
    #expect(system(deploy(), for: 101, []).program.boundaries.faultEnds == [1_221_000_000])
  }

  @Test func `drains what changes, and errs where it has changed`() {
    func hurt(_ count: Int, at: Double) -> Int {
      system(deploy(), many(count, "front.serve", at: at)).run().hurt.count
    }
    // At 1010 the first replica is out: four requests go round the other three.
    #expect(hurt(4, at: 1010) == 0)
    // At 1150 two of the four are bad, and so on.
    #expect(hurt(4, at: 1150) == 2)
    #expect(hurt(4, at: 1450) == 4)
    #expect(hurt(4, at: 1750) == 1)
    #expect(hurt(4, at: 1850) == 0)
    // The second one is drained at 1100, and goes on with what it is doing.
    #expect(hurt(2, at: 1095) == 1)
  }

  @Test func `may leak`() {
    let leaks = FaultEffect.leak(
      LeakFault(resource: .memory, fills: fixed(ms: 50), restart: fixed(ms: 30)))
    let outcome = system(deploy(leaks, batch: .count(4), batches: 1), [asks("a", "desk.serve", at: 1900)]).run()
    // All four leak from 1020 on: down from 1070 to 1100, then every 80 ms, the last time from 1470 to 1500.
    #expect((outcome[service: "desk"].up - (1 - 180.0 / 1999)).magnitude < 1e-12)
  }
}
