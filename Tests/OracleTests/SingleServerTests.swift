import Engine
import Testing

/// Queues before one thread, against closed forms.
///
/// Time is measured in mean service times of 1 s. Warm-ups are at least ten relaxation times
/// 1 / (μ (1 - √ρ)²) long, so that what is left of the empty start is below any interval here.
@Suite struct `One thread` {
  /// L. Kleinrock, Queueing Systems, vol. 1 (1975), ch. 3: L = ρ / (1 - ρ), W = 1 / (μ - λ),
  /// P(T > t) = exp(-(μ - λ) t), P(wait) = ρ.
  @Test func `with exponential gaps and times is the M/M/1 queue`() throws {
    let outcomes = try Experiment(
      desk(arrivals: "poisson(0.8/s)", work: "exponential(mean=1s)", time: ("1000s", "46000s"))
    ).replications(30)
    try expectMean("mm1 L", outcomes.map { try $0.service().present }, is: 4, precision: 0.06)
    try expectMean("mm1 Lq", outcomes.map { try $0.service().queueMean }, is: 3.2, precision: 0.07)
    try expectMean("mm1 W", outcomes.map { try $0.workload().meanLatency }, is: 5, precision: 0.06)
    try expectMean("mm1 Wq", outcomes.map { try $0.service().meanWait }, is: 4, precision: 0.07)
    try expectMean("mm1 P(wait)", outcomes.map { try $0.service().waiting }, is: 0.8, precision: 0.01)
    try expectMean(
      "mm1 utilisation", outcomes.map { try #require($0.service().utilisation) }, is: 0.8, precision: 0.01)
    try expectMean(
      "mm1 P(T > 10)", outcomes.map { try $0.workload().latency.exceedance(10) }, is: 0.135_335_283_2, precision: 0.12)
    let latencies = try outcomes.map { try $0.workload().latency }
    try expectQuantile("mm1 T p50", 0.5, of: latencies, is: 3.465_735_903, precision: 0.05)
    try expectQuantile("mm1 T p99", 0.99, of: latencies, is: 23.025_850_93, precision: 0.13)
  }

  /// Kleinrock, ch. 3: p_K = (1 - ρ) ρ^K / (1 - ρ^(K+1)), W = L / (λ (1 - p_K)); K = 10, the one in service included.
  @Test func `with a bounded queue is the M/M/1/K queue`() throws {
    let outcomes = try Experiment(
      desk(arrivals: "poisson(0.9/s)", work: "exponential(mean=1s)", queue: "9", time: ("1000s", "21000s"))
    ).replications(24)
    let refused = try outcomes.map { outcome in
      let tally = try outcome.workload()
      #expect(tally.reasons.map(\.reason) == [.rejected])
      return try #require(tally.unavailability)
    }
    try expectMean("mm1k P(block)", refused, is: 0.050_813_731_33, precision: 0.11)
    try expectMean("mm1k L", outcomes.map { try $0.service().present }, is: 3.969_440_599, precision: 0.04)
    try expectMean("mm1k W", outcomes.map { try $0.workload().meanLatency }, is: 4.646_600_672, precision: 0.04)
    try expectMean(
      "mm1k throughput", outcomes.map { Double(try $0.workload().success) / 20_000 }, is: 0.854_267_641_8,
      precision: 0.01)
  }

  /// Pollaczek and Khinchine (Kleinrock, ch. 5): Wq = λ E[S²] / (2 (1 - ρ)), here with E[S²] = 1 + cv².
  @Test(arguments: [
    (work: "1s", horizon: "12500s", wait: 1.166_666_667, waiting: 0.816_666_666_7, precision: 0.08),
    ("exponential(mean=1s)", "12500s", 2.333_333_333, 1.633_333_333, 0.1),
    ("lognormal(mean=1s cv=2)", "30500s", 5.833_333_333, 4.083_333_333, 0.2),
  ])
  func `with any service time is the M/G/1 queue`(
    work: String, horizon: String, wait: Double, waiting: Double, precision: Double
  ) throws {
    let outcomes = try Experiment(desk(arrivals: "poisson(0.7/s)", work: work, time: ("500s", horizon)))
      .replications(30)
    try expectMean("mg1 Wq \(work)", outcomes.map { try $0.service().meanWait }, is: wait, precision: precision)
    try expectMean("mg1 Lq \(work)", outcomes.map { try $0.service().queueMean }, is: waiting, precision: precision)
    try expectMean(
      "mg1 W \(work)", outcomes.map { try $0.workload().meanLatency }, is: wait + 1, precision: precision)
  }

  /// GI/M/1 (Kleinrock, ch. 6): σ is the root in (0, 1) of σ = A*(μ (1 - σ)), Wq = σ / (μ (1 - σ)), P(wait) = σ; for
  /// Erlang gaps of two phases at λ = 0.8, σ = 0.7398529491.
  @Test func `with Erlang gaps is the E2/M/1 queue`() throws {
    let outcomes = try Experiment(
      desk(arrivals: "renewal(erlang(k=2 mean=1.25s))", work: "exponential(mean=1s)", time: ("1000s", "21000s"))
    ).replications(30)
    try expectMean("e2m1 Wq", outcomes.map { try $0.service().meanWait }, is: 2.843_979_767, precision: 0.1)
    try expectMean("e2m1 P(wait)", outcomes.map { try $0.service().waiting }, is: 0.739_852_949_1, precision: 0.02)
  }

  /// H. White and L. S. Christie, Operations Research 6 (1958); B. Avi-Itzhak and P. Naor, Operations Research 11
  /// (1963): the server fails at rate ξ = 0.05, idle or not, is repaired at rate δ = 0.2, and goes on where it stopped.
  /// L = (ρ + λ ξ / (δ (ξ + δ))) / (1 - ρ) with ρ = λ (ξ + δ) / (μ δ).
  @Test func `that pauses now and then is the M/M/1 queue with breakdowns`() throws {
    let outcomes = try Experiment(
      desk(
        arrivals: "poisson(0.5/s)", work: "exponential(mean=1s)", time: ("1000s", "26000s"),
        failures: "{stop: {every: exponential(mean=20s), repair: exponential(mean=5s), each: replica, inject: pause}}")
    ).replications(30)
    try expectMean("breakdown L", outcomes.map { try $0.service().present }, is: 3, precision: 0.09)
    try expectMean("breakdown W", outcomes.map { try $0.workload().meanLatency }, is: 6, precision: 0.09)
  }
}
