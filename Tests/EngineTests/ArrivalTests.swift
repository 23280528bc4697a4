import Engine
import Model
import Sampling
import Testing

/// Mutations: a constant rate that adds up rounded gaps; a closed client who thinks while he waits; a piecewise rate
/// that takes up the next piece only with the next arrival; a day's cosine that begins at the start of the run.
@Suite struct `A stream of arrivals` {
  private func count(_ arrivals: Arrivals, in windows: [(Double, Double)], horizon: Double, seed: UInt64 = 1) -> [Int] {
    let outcome = TinySystem(
      workloads: [Workload(name: "viewers", arrivals: arrivals, call: dependency("desk.serve"))],
      services: [service("desk")],
      horizon: horizon, windows: windows.map { Window(.between(ms($0), ms($1))) }
    ).run(seed: seed, checkingInvariants: false)
    return windows.indices.map { outcome[workload: "viewers", window: $0].arrivals }
  }

  @Test func `of a constant rate do not drift`() {
    // 7 a second: the 7,000th at 1,000 s exactly, the one before it a seventh of a second earlier, rounded.
    let counts = count(
      .constant(Rate(perSecond: 7)),
      in: [
        (0, 1_000_000), (1_000_000, 1_000_000.000_001), (999_857.142_857, 999_857.142_858), (142.857_143, 142.857_144),
      ],
      horizon: 1_000_001)
    #expect(counts == [6999, 1, 1, 1])
  }

  @Test func `of a renewal process are one time apart, the first from the start`() {
    #expect(count(.renewal(fixed(ms: 30)), in: [(0, 30), (30, 30.000_001), (0, 1000)], horizon: 1000) == [0, 1, 33])
  }

  @Test func `of a Poisson process have its mean and variance`() {
    // 2,000 windows of 10 ms, in which 2 are expected: the mean to five standard deviations, the variance likewise.
    let width = 10.0
    var sum = 0.0
    var squares = 0.0
    for replication in 0..<32 as Range<UInt64> {
      let counts = count(
        .poisson(Rate(perSecond: 200)), in: (0..<64).map { (Double($0) * width, Double($0 + 1) * width) }, horizon: 640,
        seed: replication)
      for count in counts {
        sum += Double(count)
        squares += Double(count * count)
      }
    }
    let mean = sum / 2048
    let variance = squares / 2048 - mean * mean
    #expect((mean - 2).magnitude < 5 * (2 / 2048.0).squareRoot())
    // The variance of a Poisson sample's variance is (λ + 2λ²) / n.
    #expect((variance - 2).magnitude < 5 * (10 / 2048.0).squareRoot())
  }

  @Test func `of a piecewise rate follow each piece`() {
    let arrivals = Arrivals.piecewise([
      Arrivals.Piece(from: .zero, rate: Rate(perSecond: 0)),
      Arrivals.Piece(from: ms(1000), rate: Rate(perSecond: 2000)),
      Arrivals.Piece(from: ms(2000), rate: Rate(perSecond: 0)),
      Arrivals.Piece(from: ms(3000), rate: Rate(perSecond: 500)),
    ])
    let counts = count(
      arrivals, in: [(0, 1000), (1000, 1500), (1500, 2000), (2000, 3000), (3000, 5000)], horizon: 5000)
    #expect(counts[0] == 0 && counts[3] == 0)
    for index in [1, 2, 4] { #expect((Double(counts[index]) - 1000).magnitude < 5 * 1000.0.squareRoot()) }
  }

  @Test func `of a day follow its cosine and its clock`() {
    // Mean 1/s, peak 1.5/s at 06:00; the run starts at 00:00 and lasts a day. Over a quarter of the day around the peak
    // the mean rate is 1 + 0.5 x (2√2/π)/2 x 2 = 1 + 0.5 x 0.9003.
    let arrivals = Arrivals.diurnal(
      mean: Rate(perSecond: 0.1), peak: Rate(perSecond: 0.15), at: .seconds(6 * 3600))
    let hour = 3_600_000.0
    let counts = count(
      arrivals, in: [(3 * hour, 9 * hour), (15 * hour, 21 * hour), (0, 24 * hour)], horizon: 24 * hour)
    let quarter = 21_600 * 0.1
    let swing = 0.5 * 0.900_316
    for (count, expected) in zip(counts, [quarter * (1 + swing), quarter * (1 - swing), 86_400 * 0.1]) {
      #expect((Double(count) - expected).magnitude < 5 * expected.squareRoot())
    }
  }

  @Test func `of a day go by the time of day at the start`() {
    // The peak is three hours after a start at 19:00, and again a day later.
    let hour = 3_600_000.0
    var system = TinySystem(
      workloads: [
        Workload(
          name: "viewers",
          arrivals: .diurnal(mean: Rate(perSecond: 0.1), peak: Rate(perSecond: 0.2), at: .seconds(22 * 3600)),
          call: dependency("desk.serve"))
      ], services: [service("desk")], horizon: 24 * hour,
      windows: [Window(.between(.zero, ms(6 * hour))), Window(.between(ms(12 * hour), ms(18 * hour)))])
    system.start = 19 * hour
    let viewers = system.run(checkingInvariants: false).workloads[0].windows
    // 1 ± 2√2/π of the mean, from three hours before the peak and before the trough to three hours after it.
    for (window, expected) in zip(viewers, [2160 * 1.900_316, 2160 * 0.099_684]) {
      #expect((Double(window.arrivals) - expected).magnitude < 5 * expected.squareRoot())
    }
  }

  @Test func `of closed clients wait for the answer and then think`() {
    // A cycle of 60 ms of thought and 40 ms of work, for three clients side by side; the first question comes at 60 ms.
    let outcome = TinySystem(
      workloads: [
        Workload(name: "clients", arrivals: .closed(clients: 3, think: fixed(ms: 60)), call: dependency("desk.serve"))
      ],
      services: [service("desk", work(40))], horizon: 1000
    ).run()
    #expect(outcome[workload: "clients"].counts == "30 = 27 success + 3 in flight")
    let single = TinySystem(
      workloads: [
        Workload(name: "clients", arrivals: .closed(clients: 3, think: fixed(ms: 60)), call: dependency("desk.serve"))
      ],
      services: [service("desk", threads: 1, queue: .unbounded, work(40))], horizon: 1201
    ).run()
    // The server is never idle from 60 ms on.
    #expect(single[workload: "clients"].ended == (1200 - 60) / 40)
  }

  /// The closed network of QNs: LINE's `cqn_repairmen`, with all jobs going to the queue: M/M/1//N machine repair. N =
  /// 4 clients, think time 30 ms, service 10 ms, both exponential: p0 = 1 / Σ N!/(N-k)! (s/z)^k, throughput (1 - p0) /
  /// s.
  @Test func `of closed clients have the throughput of the machine repair model`() {
    let ratio = 1.0 / 3
    var term = 1.0
    var sum = 1.0
    for k in 0..<4 {
      term *= Double(4 - k) * ratio
      sum += term
    }
    let throughput = (1 - 1 / sum) / 0.010
    let system = TinySystem(
      workloads: [
        Workload(
          name: "clients", arrivals: .closed(clients: 4, think: exponential(meanMs: 30)), call: dependency("desk.serve")
        )
      ], services: [service("desk", threads: 1, queue: .unbounded, .work(exponential(meanMs: 10)))], warmup: 1000,
      horizon: 21_000)
    var simulation = Simulation(system.program)
    let rates = (0..<10).map { Double(simulation.replicated(replication: $0)[workload: "clients"].ended) / 20 }
    let mean = rates.reduce(0, +) / 10
    let deviation = (rates.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 9).squareRoot()
    // Student's t with nine degrees of freedom: a false alarm in 1,000.
    #expect((mean - throughput).magnitude < 4.781 * deviation / 10.0.squareRoot())
    #expect(deviation < 0.03 * mean)
  }

  @Test func `may be so rare that there are none`() {
    for arrivals in [
      Arrivals.poisson(Rate(perSecond: 1e-12)), .constant(Rate(perSecond: 1e-12)), .constant(Rate(perSecond: 0)),
      .poisson(Rate(perSecond: 0)),
      .ramp(.init(from: Rate(perSecond: 1e-12), to: Rate(perSecond: 0), over: .seconds(1))),
      .ramp(.init(from: Rate(perSecond: 0), to: Rate(perSecond: 1e-300), over: .seconds(1))),
      .replay([SimulationTime(nanoseconds: 1_000_000_000)]), .replay([]),
    ] {
      #expect(count(arrivals, in: [(0, 1000)], horizon: 1000) == [0])
    }
  }
}
