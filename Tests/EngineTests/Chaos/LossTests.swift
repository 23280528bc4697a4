import Engine
import Model
import Testing

/// Packets that are lost and sent again.
///
/// Mutations: replies that lose nothing; a wait that does not double; a loss drawn anew at another probability.
@Suite struct `Packet loss` {
  private func loss(_ probability: Double, ramp: MagnitudeRamp? = nil) -> FaultEffect {
    .loss(LossFault(probability: Probability(probability), ramp: ramp))
  }

  /// Of k lost transmissions with probability (1 - p) p^k the cost is RTO (2^k - 1): a mean of RTO p / (1 - 2p), and
  /// E[4^k] = (1 - p) / (1 - 4p). A request and its reply both pay.
  @Test func `costs what the geometric distribution says`() {
    let (p, rto) = (0.1, 200.0)
    let tally = TinySystem(
      workloads: [
        Workload(
          name: "a",
          arrivals: .piecewise([
            Arrivals.Piece(from: .zero, rate: Rate(perSecond: 10_000)),
            Arrivals.Piece(from: .seconds(2), rate: Rate(perSecond: 0)),
          ]), call: dependency("desk.serve"))
      ], services: [service("desk", threads: 100_000, work(0))],
      faults: [fault(loss(p), on: [.service("desk")], at: 0, for: 1_000_000)], horizon: 1_000_000
    ).run(checkingInvariants: false)[workload: "a"]
    let count = tally.arrivals
    #expect(count > 19_000 && tally.success == count)
    let mean = Double(tally.latency.sum) / 1e6 / Double(count)
    let expected = 2 * rto * p / (1 - 2 * p)
    let second = (1 - p) / (1 - 4 * p)
    let first = (1 - p) / (1 - 2 * p)
    let deviation = (2 * (second - first * first)).squareRoot() * rto
    #expect((mean - expected).magnitude < 4.5 * deviation / Double(count).squareRoot())
    // Nothing lost on either way.
    let none = tally.latency.share(atMost: ms(1))
    #expect((none - (1 - p) * (1 - p)).magnitude < 4.5 * (0.81 * 0.19 / Double(count)).squareRoot())
    // At most one lost, on one way.
    let one = tally.latency.share(atMost: ms(220))
    let both = 0.81 + 2 * 0.81 * p
    #expect((one - both).magnitude < 4.5 * (both * (1 - both) / Double(count)).squareRoot())
  }

  private func stories(_ effect: FaultEffect, on target: FaultTarget = .service("desk")) -> [String: UInt128] {
    let outcome = TinySystem(
      workloads: many(300, "desk.serve", at: 1000), services: [service("desk", work(0))],
      faults: [fault(effect, on: [target], at: 900, for: 90_000)], horizon: 1999
    ).run(checkingInvariants: false)
    return Dictionary(
      uniqueKeysWithValues: outcome.workloads.map { tally in
        (tally.name, tally.windows[0].inFlight > 0 ? 1_000_000_000 : tally.windows[0].latency.sum)
      })
  }

  @Test func `doubles the wait each time, and loses at least as much at a higher probability`() {
    let (few, many) = (stories(loss(0.05)), stories(loss(0.25)))
    #expect(few.values.contains { $0 > 0 } && many.values.filter { $0 > 0 }.count > 100)
    for (name, time) in few { #expect(time <= many[name] ?? 0) }
    // Sums of two of 0, 200, 600 and 1400 ms; what takes a second or more is under way at the horizon.
    let possible: Set<UInt128> = [0, 200, 400, 600, 800, 1000]
    for time in many.values { #expect(possible.contains(time / 1_000_000) && time % 1_000_000 == 0) }
  }

  @Test func `of all lets nothing through until it ends`() {
    func story(at: Double, _ target: FaultTarget) -> String {
      TinySystem(
        workloads: [asks("a", "front.serve", at: at)],
        services: [front(dependency("desk.serve")), service("desk", work(100))],
        faults: [fault(loss(1), on: [target], at: 1010, for: 200)]
      ).run().story("a")
    }
    for target in [
      FaultTarget.service("desk"), .endpoint(path("desk.serve")), .edge(from: "front", to: "desk"),
    ] {
      #expect(story(at: 1050, target) == "success after 260 ms")
      // Under way when it began: its reply is held back.
      #expect(story(at: 1000, target) == "success after 210 ms")
    }
    #expect(story(at: 1000, .edge(from: "front", to: "front")) == "success after 100 ms")
  }

  @Test func `leaves calls that it does not reach as they are`() {
    for seed: UInt64 in 0..<20 {
      let plain = RandomSystem.make(seed)
      var system = plain
      system.faults.append(
        fault(loss(0.5), on: [.edge(from: "s1", to: "s0")], at: 0, for: 5000, named: "loss"))
      #expect(
        system.run(checkingInvariants: false).fingerprint == plain.run(checkingInvariants: false).fingerprint)
    }
  }
}

extension LatencyTally {
  /// The part of the latencies that lie in buckets up to one that holds `limit`.
  fileprivate func share(atMost limit: SimulationDuration) -> Double {
    let last = LatencyScale.index(of: limit.nanoseconds)
    return Double(buckets.filter { $0.index <= last }.reduce(0) { $0 + $1.count }) / Double(count)
  }
}
