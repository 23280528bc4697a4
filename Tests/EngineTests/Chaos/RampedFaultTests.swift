import Engine
import Model
import Testing

/// Faults whose magnitude moves.
///
/// Mutations: a ramp that is at its end from the beginning; one that counts from time 0; a step that is one late; a
/// request that a higher probability spares.
@Suite struct `A ramped fault` {
  private func story(_ effect: FaultEffect, at: Double) -> String {
    TinySystem(
      workloads: [asks("a", "desk.serve", at: at)], services: [service("desk", work(100))],
      faults: [fault(effect, on: [.service("desk")], at: 900, for: 1090)]
    ).run().story("a")
  }

  @Test func `of latency adds what the ramp says at the moment of the call`() {
    let added = FaultEffect.latency(
      LatencyFault(add: fixed(ms: 400), factor: 1, addRamp: MagnitudeRamp(start: 0, over: ms(400))))
    // A quarter of 400 ms, and all of it.
    #expect(story(added, at: 1000) == "success after 200 ms")
    #expect(story(added, at: 1300) == "success after 500 ms")
    let factor = FaultEffect.latency(LatencyFault(add: nil, factor: 3, factorRamp: ramp(from: 1, over: 400)))
    #expect(story(factor, at: 1000) == "success after 150 ms")
    #expect(story(factor, at: 1200) == "success after 250 ms")
  }

  /// The integral of the probability: a binomial sum of mean 500 and variance 1000/6.
  @Test func `of errors hits as many as the ramp's integral says`() {
    func failed(_ effect: FaultEffect, scope: FaultScope = .everything, scopeRamp: MagnitudeRamp? = nil) -> Double {
      Double(
        TinySystem(
          workloads: [steady("a", "desk.serve", perSecond: 1000)], services: [service("desk", work(0))],
          faults: [
            fault(effect, on: [.service("desk")], at: 500, for: 1000, scope: scope, scopeRamp: scopeRamp)
          ], horizon: 1600
        ).run(checkingInvariants: false)[workload: "a"].failed)
    }
    let bound = 4.5 * (1000.0 / 6).squareRoot()
    let rising = failed(.error(ErrorFault(probability: .one, ramp: ramp(from: 0, over: 1000))))
    #expect((rising - 500).magnitude < bound)
    let falling = failed(.error(ErrorFault(probability: .zero, ramp: ramp(from: 1, over: 1000))))
    #expect((falling - 500).magnitude < bound)
    // Half of the requests within half of the time: mean 750, variance 500/6.
    let early = failed(.error(ErrorFault(probability: .one, ramp: ramp(from: 0, over: 500))))
    #expect((early - 750).magnitude < bound)
    for scope in [FaultScope.devices(.one), .requests(.one)] {
      #expect((failed(error(), scope: scope, scopeRamp: ramp(from: 0, over: 1000)) - 500).magnitude < bound)
    }
  }

  @Test func `hits at a higher magnitude whom it hits at a lower one`() {
    func hurt(_ probability: Double, ramp: MagnitudeRamp? = nil, at: Double = 1000) -> Set<String> {
      TinySystem(
        workloads: many(300, "desk.serve", at: at), services: [service("desk", work(1))],
        faults: [
          fault(
            .error(ErrorFault(probability: Probability(probability), ramp: ramp)), on: [.service("desk")], at: 900,
            for: 1000)
        ]
      ).run(checkingInvariants: false).hurt
    }
    let (few, more) = (hurt(0.05), hurt(0.25))
    #expect(few.count > 3 && few.count < more.count)
    #expect(few.isSubset(of: more))
    // At 1000 a ramp from 0% to 50% over 400 ms from 900 on stands at 12.5%.
    let growing = hurt(0.5, ramp: EngineTests.ramp(from: 0, over: 400))
    #expect(growing == hurt(0.125))
    #expect(few.isSubset(of: growing) && growing.isSubset(of: more))
  }

  /// With steps of 10 ms, the k-th at a speed of 1 - k/200: ten steps do 97.75 ms of work, the rest goes at 0.95.
  @Test func `of speed goes down in a hundred steps`() {
    let tally = TinySystem(
      workloads: [asks("a", "desk.serve", at: 1000)], services: [service("desk", work(100))],
      faults: [
        fault(.slow(SlowFault(speed: 0.5, ramp: ramp(from: 1, over: 1000))), on: [.service("desk")], at: 1000, for: 999)
      ]
    ).run()[workload: "a"]
    #expect((Double(tally.latency.sum) - (100e6 + 2.25e6 / 0.95)).magnitude < 100)
  }

  @Test func `of capacity takes what the last step says`() {
    func served(at: Double, from start: Double, to end: Double) -> Int {
      let taken = CapacityFault(
        resource: .threads, taken: .fraction(Probability(end)), ramp: ramp(from: start, over: 1000))
      return 10
        - TinySystem(
          workloads: many(10, "desk.serve", at: at), services: [service("desk", threads: 10, work(1))],
          faults: [fault(.capacity(taken), on: [.service("desk")], at: 900, for: 1000)]
        ).run().hurt.count
    }
    // After 255 ms a quarter of the ten threads, rounded: three.
    #expect(served(at: 1155, from: 0, to: 1) == 7)
    #expect(served(at: 1150, from: 0, to: 1) == 7)
    #expect(served(at: 1149, from: 0, to: 1) == 8)
    #expect(served(at: 1155, from: 1, to: 0) == 2)
    #expect(served(at: 1899, from: 0, to: 1) == 0)
    #expect(served(at: 1901, from: 0, to: 1) == 10)
  }

  /// From once to three times as often over a second: as many added as are asked in a second, a Poisson number.
  @Test func `of a surge adds what the ramp's integral says`() {
    func arrivals(_ faults: [Fault]) -> Int {
      TinySystem(
        workloads: [
          Workload(name: "a", arrivals: .poisson(Rate(perSecond: 1000)), call: dependency("desk.serve"))
        ], services: [service("desk", work(0))], faults: faults, horizon: 1600
      ).run(checkingInvariants: false)[workload: "a"].arrivals
    }
    let growing = SurgeFault(factor: 3, ramp: ramp(from: 1, over: 1000))
    let added = arrivals([fault(.surge(growing), on: [.workload("a")], at: 500, for: 1000)]) - arrivals([])
    #expect((Double(added) - 1000).magnitude < 4.5 * 1000.0.squareRoot())
  }

  @Test func `counts from its own beginning each time`() {
    let grows = FaultEffect.latency(
      LatencyFault(add: fixed(ms: 100), factor: 1, addRamp: MagnitudeRamp(start: 0, over: ms(100))))
    let outcome = TinySystem(
      workloads: [asks("a", "desk.serve", at: 1050), asks("b", "desk.serve", at: 1250)],
      services: [service("desk", work(100))],
      faults: [
        fault(grows, on: [.service("desk")], at: 1000, for: 100, repeats: Repetition(every: ms(200), times: 2))
      ]
    ).run()
    #expect(outcome.story("a") == "success after 150 ms")
    #expect(outcome.story("b") == "success after 150 ms")
  }
}
