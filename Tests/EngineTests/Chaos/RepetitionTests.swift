import Model
import Testing

@testable import Engine

/// Faults that come again.
///
/// Mutations: one occurrence too many; windows that know the first alone; a surge that repeats its requests.
@Suite struct `A fault that is repeated` {
  private func system(every: Double, length: Double = 10) -> TinySystem {
    TinySystem(
      workloads: [steady("a", "desk.serve", perSecond: 100)], services: [service("desk", work(1))],
      faults: [
        fault(
          error(), on: [.service("desk")], at: 1000, for: length,
          repeats: Repetition(every: ms(every), times: 3))
      ], horizon: 1500, windows: [.run, Window(.duringFaults), Window(.afterFaults)])
  }

  @Test func `is active each time, and windows know them all`() {
    let system = system(every: 100)
    let outcome = system.run()
    // Of the arrivals every 10 ms those at 1000, 1100 and 1200.
    #expect(outcome[workload: "a"].failed == 3)
    #expect(outcome[workload: "a", window: 1].counts == "3 = 3 failed")
    // From 1210 to 1490.
    #expect(outcome[workload: "a", window: 2].counts == "29 = 29 success")
    #expect(system.program.boundaries.faultEnds == [1010, 1110, 1210].map { $0 * 1_000_000 })
  }

  @Test func `is known by its name each time`() {
    var system = system(every: 100)
    system.windows = [Window(.duringFault("fault")), Window(.afterFault("fault"))]
    let outcome = system.run()
    #expect(outcome[workload: "a"].counts == "3 = 3 failed")
    #expect(outcome[workload: "a", window: 1].counts == "29 = 29 success")
  }

  @Test func `without a pause is active all the time`() {
    let system = system(every: 10)
    let outcome = system.run()
    #expect(outcome[workload: "a", window: 1].counts == "3 = 3 failed")
    #expect(system.program.boundaries.faultEnds == [1_030_000_000])
  }

  @Test func `surges by other requests each time`() {
    let surge = fault(
      .surge(SurgeFault(factor: 2)), on: [.workload("a")], at: 1000, for: 50,
      repeats: Repetition(every: ms(100), times: 3))
    let program = TinySystem(
      workloads: [steady("a", "desk.serve", perSecond: 100)], services: [service("desk", work(1))], faults: [surge]
    ).program
    let keys = (0..<program.streams.count).map { program.streams[$0].surgeHash }
    #expect(keys.count == 4 && Set(keys).count == 4)
  }

  @Test func `ends where the clock does`() {
    let endless = fault(
      .hang, on: [.service("desk")], at: 1, for: 1, repeats: Repetition(every: .seconds(5_000_000_000), times: 9))
    #expect(endless.occurrences.count == 2)
    let long = Fault(
      name: "long", at: .seconds(9_000_000_000), duration: .seconds(9_000_000_000), effect: .hang,
      target: .service("desk"), scope: .everything, salt: nil)
    #expect(long.occurrences.map(\.end.nanoseconds) == [Int64.max])
  }
}
