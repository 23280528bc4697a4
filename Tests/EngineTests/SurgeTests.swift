import Engine
import Model
import Sampling
import Testing

/// Mutations: a surge that multiplies the base rate, and so moves the base arrivals; one that goes on after its end.
@Suite struct `A surge` {
  private func system(
    _ arrivals: Arrivals, factor: Double, at: Double = 1000, for length: Double = 1000, horizon: Double = 4000.5
  )
    -> TinySystem
  {
    TinySystem(
      workloads: [Workload(name: "viewers", arrivals: arrivals, call: dependency("desk.serve"))],
      services: [service("desk", .work(exponential(meanMs: 5)))],
      faults: factor == 1
        ? []
        : [fault(.surge(SurgeFault(factor: factor)), on: .workload("viewers"), at: at, for: length, named: "rush")],
      horizon: horizon,
      windows: [
        .run, Window(.between(ms(at), ms(at + length))), Window(.between(ms(min(at + length, horizon)), ms(horizon))),
      ])
  }

  @Test func `adds arrivals while it lasts`() {
    let outcome = system(.constant(Rate(perSecond: 10)), factor: 3).run()
    // 1000, …, 1900; and 20 a second more, at 1050, …, 1950.
    #expect(outcome[workload: "viewers", window: 1].arrivals == 10 + 19)
    #expect(outcome[workload: "viewers", window: 2].arrivals == 21)
  }

  @Test func `leaves the base arrivals and all that they draw as they were`() {
    let laws: [Arrivals] = [
      .poisson(Rate(perSecond: 200)), .constant(Rate(perSecond: 200)), .renewal(uniformMs(0, 10)),
      .diurnal(mean: Rate(perSecond: 200), peak: Rate(perSecond: 300), at: .zero),
      .piecewise([
        Arrivals.Piece(from: .zero, rate: Rate(perSecond: 100)),
        Arrivals.Piece(from: ms(1500), rate: Rate(perSecond: 300)),
      ]),
      .ramp(.init(from: Rate(perSecond: 100), to: Rate(perSecond: 300), over: ms(2000))),
      .replay((0..<800).map { SimulationTime(nanoseconds: $0 * 5_000_000) }),
    ]
    for law in laws {
      let base = system(law, factor: 1).run(checkingInvariants: false)
      let surged = system(law, factor: 2).run(checkingInvariants: false)
      for window in 0...2 {
        var counts: [Int: Int] = [:]
        for bucket in surged[workload: "viewers", window: window].latency.buckets {
          counts[bucket.index] = bucket.count
        }
        // Every latency of the base is there still.
        #expect(
          base[workload: "viewers", window: window].latency.buckets.allSatisfy {
            counts[$0.index, default: 0] >= $0.count
          })
      }
      let added =
        surged[workload: "viewers", window: 1].arrivals - base[workload: "viewers", window: 1].arrivals
      // 200 expected (250 with the diurnal, the piecewise and the moving rate, at most 300): five standard deviations of
      // a Poisson count.
      #expect(added > 125 && added < 390)
      let before = base[workload: "viewers", window: 2]
      #expect(surged[workload: "viewers", window: 2].arrivals == before.arrivals)
    }
  }

  @Test func `of a closed workload adds clients while it lasts`() {
    // Two clients who ask every 100 ms; four more come at 1000, ask first at 1090, and have gone by 2000.
    var system = system(.closed(clients: 2, think: fixed(ms: 90)), factor: 3)
    system.services = [service("desk", work(10))]
    let outcome = system.run()
    var calm = system
    calm.faults = []
    let base = calm.run()
    #expect(base[workload: "viewers", window: 0].arrivals == 2 * 40)
    #expect(outcome[workload: "viewers", window: 1].arrivals - base[workload: "viewers", window: 1].arrivals == 4 * 10)
    #expect(outcome[workload: "viewers", window: 2].arrivals == base[workload: "viewers", window: 2].arrivals)
    #expect(outcome[workload: "viewers", window: 0].arrivals - base[workload: "viewers", window: 0].arrivals == 4 * 10)
  }

  @Test func `may begin after the horizon`() {
    let outcome = system(.poisson(Rate(perSecond: 100)), factor: 5, at: 5000, for: 100).run()
    #expect(
      outcome[workload: "viewers"]
        == system(.poisson(Rate(perSecond: 100)), factor: 1, at: 5000, for: 100).run()[workload: "viewers"])
  }
}
