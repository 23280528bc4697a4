import Engine
import Model
import Sampling
import Testing

/// What holds after every event: a violation stops the run.
///
/// Mutations: a thread not given back by any of the ways in which a call ends; a place of a bulkhead likewise; a
/// request that is counted twice, or never.
@Suite struct `Conservation` {
  @Test func `holds after every event of a busy system`() {
    var reasons: Set<FailureReason> = []
    for seed in 1...3 as ClosedRange<UInt64> {
      let outcome = BusySystem.all(horizon: 5000).run(seed: seed, checkingInvariants: true)
      let tallies = outcome.workloads.flatMap(\.windows) + outcome.endpoints.map(\.tally)
      for tally in tallies { checkSums(tally) }
      reasons.formUnion(tallies.flatMap(\.reasons).map(\.reason))
      let viewers = outcome[workload: "a-viewers"]
      #expect(viewers.success > 0 && viewers.degraded > 0 && viewers.failed > 0)
    }
    // Everything has happened: else the check is worth little.
    #expect(reasons == Set(FailureReason.ofAttempts))
  }

  private func checkSums(_ tally: RequestTally) {
    #expect(tally.arrivals == tally.success + tally.degraded + tally.failed + tally.inFlight)
    #expect(tally.inFlight >= 0)
    #expect(tally.failed == tally.reasons.reduce(0) { $0 + $1.count })
    #expect(tally.latency.count == tally.success + tally.degraded)
    #expect(tally.failedLatency.count == tally.failed)
    #expect(tally.latency.buckets.reduce(0) { $0 + $1.count } == tally.latency.count)
  }

  @Test func `holds for the timeline too`() {
    let outcome = BusySystem.all(horizon: 6000).run(checkingInvariants: false)
    for (series, workload) in zip(outcome.timeline.workloads, outcome.workloads) {
      #expect(series.arrivals.reduce(0, +) == workload.windows[0].arrivals)
      #expect(series.success.reduce(0, +) == workload.windows[0].success)
      #expect(series.degraded.reduce(0, +) == workload.windows[0].degraded)
      #expect(series.failed.reduce(0, +) == workload.windows[0].failed)
    }
    for (series, service) in zip(outcome.timeline.services, outcome.services) {
      #expect((series.busy[0] - service.inServiceMean).magnitude < 1e-9)
      #expect((series.queue[0] - service.queueMean).magnitude < 1e-9)
      #expect((series.up[0] - service.up).magnitude < 1e-9)
    }
  }
}

/// Little's law, as sums along a path that begins and ends empty: exact. J. D. C. Little, 1961; S. Stidham, 1974.
@Suite struct `Little's law` {
  @Test func `holds for queue and threads of every service`() throws {
    // Arrivals until 5 s; all has ended long before the horizon.
    let quiet: [Arrivals.Piece] = [
      Arrivals.Piece(from: .zero, rate: Rate(perSecond: 100)),
      Arrivals.Piece(from: .seconds(5), rate: Rate(perSecond: 0)),
    ]
    let system = TinySystem(
      workloads: [
        Workload(name: "viewers", arrivals: .piecewise(quiet), call: dependency("front.serve")),
        Workload(name: "others", arrivals: .piecewise(quiet), call: dependency("desk.serve")),
      ],
      services: [
        service(
          "front", threads: 4, queue: .bounded(20), replicas: 2, calls: [dependency("desk.serve")],
          .work(exponential(meanMs: 20)), .call("desk")),
        service("desk", threads: 3, queue: .bounded(10), replicas: 2, .work(exponential(meanMs: 25))),
      ], horizon: 9000)
    let outcome = system.run(checkingInvariants: false)
    for name in ["front", "desk"] {
      let tally = outcome[endpoint: "\(name).serve"]
      let service = outcome[service: name]
      #expect(tally.inFlight == 0)
      #expect(service.wait.sum > 0)
      let rejected = tally.reasons.filter { $0.reason == .rejected && $0.component == name }.reduce(0) { $0 + $1.count }
      #expect(service.wait.count == tally.arrivals - rejected)
      // Time in the queue, and on a thread: what is refused has neither.
      #expect((service.queueMean * 9 - Double(service.wait.sum) / 1e9).magnitude < 1e-9)
      let served = Double(tally.latency.sum) + Double(tally.failedLatency.sum) - Double(service.wait.sum)
      #expect((service.inServiceMean * 9 - served / 1e9).magnitude < 1e-9)
      #expect(
        (try #require(service.utilisation) * Double(name == "front" ? 8 : 6) - service.inServiceMean).magnitude < 1e-12)
    }
    #expect(outcome[endpoint: "desk.serve"].failures(.rejected) > 0)
  }
}
