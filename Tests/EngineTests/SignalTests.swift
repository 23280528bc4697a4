import Engine
import Model
import Testing

/// Signals are a second account of what the outcome tells: the two must agree, and the outcome must not know of it.
///
/// Mutations: an integral that is not read before a boundary restarts it; a bin that begins late; a dead thread that is
/// forgotten when it leaves its pool.
@Suite struct `Signals of components` {
  private func both(_ system: TinySystem, width: Double = 1000) throws -> (
    outcome: ReplicationOutcome, signals: ComponentSignals
  ) {
    var simulation = Simulation(system.program, checkingInvariants: false)
    let plain = simulation.replicated()
    let run = simulation.run(seed: 1, replication: 0, signalWidth: ms(width))
    let told = try #require(run)
    #expect(told.outcome == plain)
    #expect(simulation.replicated() == plain)
    return told
  }

  @Test(arguments: [1000.0, 700, 10_000]) func `add up to the outcome, which is the same without them`(
    width: Double
  ) throws {
    let (outcome, signals) = try both(BusySystem.all(), width: width)
    let bins = 0..<signals.binCount
    #expect(signals.binCount == Int((6000 / width).rounded(.up)))
    for (index, name) in signals.services.enumerated() {
      func sum(_ signal: ServiceSignal) -> Double { bins.reduce(0) { $0 + signals[signal, service: index, bin: $1] } }
      let tallies = outcome.endpoints.filter { $0.name.hasPrefix("\(name).") }.map(\.tally)
      func total(_ count: (RequestTally) -> Int) -> Double { Double(tallies.reduce(0) { $0 + count($1) }) }
      #expect(sum(.arrivals) == total(\.arrivals), "\(name)")
      #expect(sum(.served) == total { $0.success + $0.degraded }, "\(name)")
      let failed = [ServiceSignal.errors, .rejections, .unreachable, .passedOn, .deadFailed].reduce(0) { $0 + sum($1) }
      #expect(failed == total(\.failed), "\(name)")
      let served = tallies.reduce(0.0) { $0 + Double($1.latency.sum) / 1e9 }
      #expect((sum(.servedTime) - served).magnitude < 1e-6, "\(name)")
      let its = outcome[service: name]
      #expect((sum(.busy) - 6 * its.inServiceMean).magnitude < 1e-6, "\(name)")
      #expect((sum(.queued) - 6 * its.queueMean).magnitude < 1e-6, "\(name)")
      #expect((sum(.up) - 6 * its.up).magnitude < 1e-6, "\(name)")
      #expect(sum(.ready) >= sum(.up) - 1e-9 && sum(.ready) <= 6 + 1e-9, "\(name)")
      #expect((sum(.full) - its.fullSeconds[0]).magnitude < 1e-6, "\(name)")
      for bin in bins {
        let busy = signals[.busy, service: index, bin: bin]
        #expect((0...(busy + 1e-9)).contains(signals[.deadBusy, service: index, bin: bin]), "\(name) in \(bin)")
      }
    }
    for (index, workload) in signals.workloads.enumerated() {
      func sum(_ signal: WorkloadSignal) -> Int {
        Int(bins.reduce(0) { $0 + signals[signal, workload: index, bin: $1] })
      }
      let tally = outcome[workload: workload.name]
      #expect(sum(.arrivals) == tally.arrivals && sum(.success) == tally.success)
      #expect(sum(.degraded) == tally.degraded && sum(.failed) == tally.failed)
      for reason in tally.reasons {
        let told = signals.failures.filter {
          $0.workload == index && $0.reason == reason.reason && signals.name(of: $0.component) == reason.component
        }
        #expect(told.reduce(0) { $0 + $1.count } == reason.count)
      }
    }
    // The timeline's bins of 10 s are longer than the run.
    for breaker in outcome.timeline.breakers {
      let edge = try #require(signals.edges.firstIndex { $0.name == breaker.name })
      let open = bins.reduce(0) { $0 + signals[.breakerOpen, edge: edge, bin: $1] }
      #expect((open - 6 * breaker.open[0]).magnitude < 1e-6)
    }
  }

  /// Ten requests a second wait 5 s each for a dependency that hangs from 10 s to 30 s. A pool of 20 is full with the
  /// arrival at 11.9 s, its queue of 10 with that at 12.9 s; the first refusal is at 13 s, the first timeout at 15 s.
  private let hang = TinySystem(
    workloads: [
      Workload(name: "viewers", arrivals: .constant(Rate(perSecond: 10)), call: dependency("front.serve"))
    ],
    services: [
      service(
        "front", threads: 20, queue: .bounded(10),
        calls: [dependency("desk.serve", timeout: 5000, retry: retry(2, pause: 100))], work(10), .call("desk")),
      service("desk", work(20)),
    ], faults: [fault(.hang, on: .service("desk"), at: 10_000, for: 20_000, named: "desk hangs")], horizon: 60_000)

  @Test func `tell when a pool fills, its queue, and what follows, by arithmetic`() throws {
    let (_, signals) = try both(hang)
    func bins(where isSo: (Int) -> Bool) -> Int? { (0..<signals.binCount).first(where: isSo) }
    let edge = try #require(signals.edges.firstIndex { $0.name == "front -> desk" })
    let front = try #require(signals.services.firstIndex(of: "front"))
    let desk = try #require(signals.services.firstIndex(of: "desk"))
    // The thread is taken at 11.9 s.
    #expect(bins { signals[.full, service: front, bin: $0] > 0 } == 11)
    #expect((signals[.full, service: front, bin: 11] - 0.1).magnitude < 1e-9)
    #expect(bins { signals[.queued, service: front, bin: $0] > 0 } == 12)
    // Those of 12.0, 12.1 … 12.9 s, each until 13 s.
    #expect((signals[.queued, service: front, bin: 12] - 5.5).magnitude < 1e-9)
    #expect(bins { signals[.rejections, service: front, bin: $0] > 0 } == 13)
    #expect(signals[.rejections, service: front, bin: 13] == 10)
    // Work of 10 ms comes before the call.
    #expect(bins { signals[.timeouts, edge: edge, bin: $0] > 0 } == 15)
    #expect(bins { signals[.attempts, edge: edge, bin: $0] > signals[.firstAttempts, edge: edge, bin: $0] } == 15)
    // All that hang at 16 s and later have a caller that has given up: 10 s of arrivals, of which threads are 20.
    #expect(bins { signals[.deadBusy, service: desk, bin: $0] > 0 } == 15)
    #expect(signals[.deadBusy, service: front, bin: 20] == 0)
    #expect(signals.strikes.map(\.components) == [[.service(desk)]])
    #expect(signals.strikes.map { [$0.fault, $0.effect, $0.target] } == [["desk hangs", "hang", "desk"]])
  }

  @Test func `have wider bins where there would be too many`() throws {
    var system = hang
    system.horizon = 60_000
    let (_, signals) = try both(system, width: 1)
    // 60,000 bins of 1 ms are more than 20,000.
    #expect(signals.binWidth == ms(3))
    #expect(signals.binCount == 20_000)
  }
}
