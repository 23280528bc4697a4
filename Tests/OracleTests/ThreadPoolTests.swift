import Engine
import Testing

/// Pools of several threads, against closed forms; mean service times are 1 s unless stated otherwise.
@Suite struct `Several threads` {
  /// Erlang C: P(wait) = B / (1 - ρ (1 - B)) with Erlang's B, Wq = P(wait) / (c μ - λ), P(Wq > t) = P(wait)
  /// exp(-(c μ - λ) t). D. Gross and C. M. Harris, Fundamentals of Queueing Theory, 3rd ed. (1998), ch. 2; the
  /// distribution of T: a wait, perhaps, and an independent service time.
  @Test func `with an unbounded queue is the M/M/c queue`() throws {
    let outcomes = try Experiment(
      desk(arrivals: "poisson(8/s)", work: "exponential(mean=1s)", threads: "10", time: ("200s", "3700s"))
    ).replications(32)
    try expectMean("mmc P(wait)", outcomes.map { try $0.service().waiting }, is: 0.409_180_150_8, precision: 0.05)
    try expectMean("mmc Wq", outcomes.map { try $0.service().meanWait }, is: 0.204_590_075_4, precision: 0.13)
    try expectMean("mmc Lq", outcomes.map { try $0.service().queueMean }, is: 1.636_720_603, precision: 0.13)
    try expectMean("mmc W", outcomes.map { try $0.workload().meanLatency }, is: 1.204_590_075, precision: 0.03)
    try expectMean("mmc rho", outcomes.map { try #require($0.service().utilisation) }, is: 0.8, precision: 0.01)
    try expectQuantile(
      "mmc Wq p99", 0.99, of: outcomes.map { try $0.service().wait }, is: 1.855_785_216, precision: 0.2)
    try expectQuantile(
      "mmc T p99", 0.99, of: outcomes.map { try $0.workload().latency }, is: 4.946_111_328, precision: 0.03)
  }

  /// Erlang C's table: C(5, 2.5) and C(10, 5), and Wq = C / (c μ - λ).
  @Test(arguments: [
    (threads: 5, load: 2.5, waiting: 0.13037, precision: 0.12), (10, 5, 0.03611, 0.18),
  ])
  func `let few wait at half load`(threads: Int, load: Double, waiting: Double, precision: Double) throws {
    let outcomes = try Experiment(
      desk(
        arrivals: "poisson(\(load)/s)", work: "exponential(mean=1s)", threads: "\(threads)", time: ("100s", "2600s"))
    ).replications(24)
    try expectMean(
      "Erlang C(\(threads), \(load))", outcomes.map { try $0.service().waiting }, is: waiting, precision: precision,
      allowance: 1e-4)
    try expectMean(
      "Erlang C(\(threads), \(load)) Wq", outcomes.map { try $0.service().meanWait },
      is: waiting / (Double(threads) - load), precision: 2 * precision, allowance: 1e-4)
  }

  /// Erlang C at a utilisation of 0.8: 1 + C / (c - λ) = 5, 2.7778, 1.55411, 1.20459 for 1, 2, 5, 10 threads; the first
  /// and the last have tests of their own.
  @Test(arguments: [(threads: 2, time: 2.7778, horizon: 12_000), (5, 1.55411, 5_000)])
  func `share one queue to good effect`(threads: Int, time: Double, horizon: Int) throws {
    let outcomes = try Experiment(
      desk(
        arrivals: "poisson(\(Double(threads) * 0.8)/s)", work: "exponential(mean=1s)", threads: "\(threads)",
        time: ("500s", "\(horizon)s"))
    ).replications(24)
    try expectMean(
      "M/M/\(threads) W", outcomes.map { try $0.workload().meanLatency }, is: time, precision: 0.08, allowance: 1e-5)
  }

  /// Erlang B, B(c) = a B(c-1) / (c + a B(c-1)): insensitive to the distribution of the service time.
  @Test(arguments: [
    (work: "exponential(mean=1s)", threads: 15, load: 10, refused: 0.036_496_945_47, horizon: 1_650),
    ("lognormal(mean=1s cv=2)", 15, 10, 0.036_496_945_47, 1_650), ("1s", 15, 10, 0.036_496_945_47, 1_650),
    ("exponential(mean=1s)", 30, 25, 0.052_603_172, 650),
  ])
  func `without a queue lose as Erlang says`(
    work: String, threads: Int, load: Int, refused: Double, horizon: Int
  ) throws {
    let outcomes = try Experiment(
      desk(
        arrivals: "poisson(\(load)/s)", work: work, threads: "\(threads)", queue: "0",
        time: ("50s", "\(horizon)s"))
    ).replications(24)
    let name = "Erlang B(\(threads), \(load)) \(work)"
    try expectMean(
      name, outcomes.map { try #require($0.workload().unavailability) }, is: refused, precision: 0.15, allowance: 1e-8)
    try expectMean(
      "\(name) carried", outcomes.map { try $0.service().inServiceMean }, is: Double(load) * (1 - refused),
      precision: 0.02, allowance: 1e-8)
  }

  /// M/G/∞: the calls in flight are Poisson with mean λ E[S] = 6, whatever the distribution of the service time.
  @Test func `without end hold a Poisson number of calls`() throws {
    let outcomes = try Experiment(
      desk(
        arrivals: "poisson(3/s)", work: "lognormal(mean=2s cv=1.5)", threads: "unbounded", time: ("100s", "5100s"))
    ).replications(30)
    try expectMean("mginf L", outcomes.map { try $0.service().present }, is: 6, precision: 0.02)
    try expectMean("mginf P(N = 0)", outcomes.map { try $0.service().idle }, is: 0.002_478_752_177, precision: 0.33)
  }
}
