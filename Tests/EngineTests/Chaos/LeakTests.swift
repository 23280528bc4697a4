import Engine
import Model
import Testing

/// Resources that are eaten up.
///
/// Mutations: a leak that goes on after the fault; one that stops after a crash; threads that leak all at once.
@Suite struct `A leak` {
  private func leak(_ resource: LeakFault.Resource, fills: Double = 100, restart: Double = 50) -> FaultEffect {
    .leak(LeakFault(resource: resource, fills: fixed(ms: fills), restart: fixed(ms: restart)))
  }

  private func up(for length: Double, replicas: Int = 1) -> Double {
    let outcome = TinySystem(
      workloads: [asks("a", "desk.serve", at: 1900)],
      services: [service("desk", replicas: replicas, work(1))],
      faults: [fault(leak(.memory), on: [.service("desk")], at: 1000, for: length)]
    ).run()
    return outcome[service: "desk"].up
  }

  /// Down from 1100 to 1150, from 1250 to 1300, from 1400 to 1450.
  @Test func `of memory crashes each time it is full, until the fault ends`() {
    #expect((up(for: 400) - (1 - 100.0 / 1999)).magnitude < 1e-12)
    // What restarts at the end of the fault goes on with it.
    #expect((up(for: 410) - (1 - 150.0 / 1999)).magnitude < 1e-12)
    #expect((up(for: 700) - (1 - 200.0 / 1999)).magnitude < 1e-12)
  }

  @Test func `loses what is in flight`() {
    let outcome = TinySystem(
      workloads: [asks("a", "desk.serve", at: 1050), asks("b", "desk.serve", at: 1120)],
      services: [service("desk", work(80))],
      faults: [fault(leak(.memory), on: [.service("desk")], at: 1000, for: 500)]
    ).run()
    #expect(outcome.story("a") == "failed after 50 ms: unreachable at desk")
    #expect(outcome.story("b") == "failed after 0 ms: unreachable at desk")
  }

  @Test func `of threads takes one after the other`() {
    func served(at: Double, length: Double = 500) -> Int {
      let outcome = TinySystem(
        workloads: many(10, "desk.serve", at: at), services: [service("desk", threads: 10, work(1))],
        faults: [fault(leak(.threads), on: [.pool("desk")], at: 1000, for: length)]
      ).run()
      return 10 - outcome.hurt.count
    }
    #expect(served(at: 1009) == 10)
    #expect(served(at: 1055) == 5)
    #expect(served(at: 1098) == 1)
    // Down, up again with all threads, and after the end of the fault.
    #expect(served(at: 1120) == 0)
    #expect(served(at: 1155) == 10)
    #expect(served(at: 1185) == 7)
    #expect(served(at: 1060, length: 58) == 10)
  }

  @Test func `is drawn for each replica and each life, whatever else there is`() {
    func lost(replicas: Int, seed: UInt64) -> [Int] {
      let fills = FaultEffect.leak(
        LeakFault(resource: .memory, fills: exponential(meanMs: 100), restart: fixed(ms: 30)))
      let outcome = TinySystem(
        workloads: [],
        services: [service("desk", replicas: replicas, work(1)), service("aside", work(1))],
        faults: [
          fault(fills, on: [.service("desk")], at: 1000, for: 900),
          fault(fills, on: [.replica(service: "desk", index: 0)], at: 0, for: 900, named: "first"),
        ]
      ).run(seed: seed)
      return [Int((outcome[service: "desk"].up * 1e9).rounded())]
    }
    #expect(lost(replicas: 2, seed: 1) == lost(replicas: 2, seed: 1))
    #expect(lost(replicas: 2, seed: 1) != lost(replicas: 2, seed: 2))
    #expect(lost(replicas: 1, seed: 1) != lost(replicas: 2, seed: 1))
  }
}
