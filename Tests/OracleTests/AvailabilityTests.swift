import Engine
import Foundation
import Testing

/// Components that fail and are repaired, against the theory of alternating renewal processes.
///
/// Where a closed form is in hours, an hour is written as a millisecond: the unit cancels, and a year of 10 s bins does
/// not have to be kept.
@Suite struct `Failing components` {
  /// Exponential times, MTTF 1000 h and MTTR 4 h, over T = 8760 h, stationary: the mean availability is
  /// A = μ / (λ + μ), and its standard deviation sqrt(2 λ μ / (s³ T) [1 - (1 - e^{-sT}) / (sT)]) with s = λ + μ.
  /// R. E. Barlow and F. Proschan, Mathematical Theory of Reliability (1965); L. Takács, Acta Math. Hung. 8 (1957).
  @Test func `spend a year as an alternating renewal process does`() throws {
    let up = try shares(replicas: 6, services: 8, start: "equilibrium", horizon: "8760ms", replications: 180)
    try expectMean("year unavailability", up.map { 1 - $0 }, is: 1 - 0.996_015_936_3, precision: 0.025)
    // The mean of six independent replicas, which is nearly normal: its excess kurtosis is 0.12.
    try expectStandardDeviation("year deviation", up, is: 0.001_899_431_279 / 6.0.squareRoot(), precision: 0.08)
  }

  /// The same, new at the start: the mean is A + λ / (s² T) (1 - e^{-sT}).
  @Test func `spend a year from new a little better`() throws {
    let up = try shares(replicas: 48, services: 1, start: "new", horizon: "8760ms", replications: 150)
    try expectMean("year from new", up.map { 1 - $0 }, is: 1 - 0.996_017_748_2, precision: 0.03)
  }

  /// Over 4 h the start shows: from new the mean is A + λ / (s² T) (1 - e^{-sT}) = 0.998533, stationary it is A.
  @Test(arguments: ["new", "equilibrium"]) func `start new or in equilibrium`(start: String) throws {
    let (failure, repair, time) = (0.001, 0.25, 4.0)
    let sum = failure + repair
    let exact =
      start == "equilibrium"
      ? 0.996_015_936_3 : repair / sum + failure / (sum * sum * time) * (1 - exp(-sum * time))
    let up = try shares(replicas: 1_000, services: 1, start: start, horizon: "4ms", replications: 160)
    try expectMean("4 h \(start)", up.map { 1 - $0 }, is: 1 - exact, precision: 0.3)
  }

  /// A(t) = A + (1 - A) e^{-(λ + μ) t} from new; at 4 h it is 0.9974757405.
  @Test func `from new are up at 4 h with the probability of then`() throws {
    let up = try shares(
      replicas: 1_000, services: 1, start: "new", warmup: "4ms", horizon: "4.001ms", replications: 160)
    try expectMean("at 4 h", up.map { 1 - $0 }, is: 1 - 0.997_475_740_5, precision: 0.3)
  }

  /// In equilibrium the availability is MTTF / (MTTF + MTTR) from the first moment on, for any distributions: what
  /// remains of a life or a repair under way has the density (1 - F(t)) / mean. D. R. Cox, Renewal Theory (1962).
  @Test(arguments: [
    ("weibull(shape=0.7 mean=10ms)", "lognormal(mean=1ms cv=1.5)"), ("10ms", "1ms"),
    ("uniform(min=8ms max=12ms)", "erlang(k=3 mean=1ms)"),
  ])
  func `in equilibrium are so from the first moment`(every: String, repair: String) throws {
    let up = try shares(
      replicas: 200, services: 1, start: "equilibrium", every: every, repair: repair, horizon: "2ms",
      replications: 100)
    try expectMean("first moments \(every)", up.map { 1 - $0 }, is: 1 - 0.909_090_909, precision: 0.12)
  }

  private func shares(
    replicas: Int, services: Int, start: String, every: String = "exponential(mean=1000ms)",
    repair: String = "exponential(mean=4ms)", warmup: String = "0s", horizon: String, replications: Int
  ) throws -> [Double] {
    let names = (1...services).map { "part-\($0)" }
    let outcomes = try Experiment(
      """
      model: parts
      services:
      \(names.map {
        """
          \($0):
            replicas: \(replicas)
            pool: {threads: 1}
            failures: {wear: {every: \(every), repair: \(repair), start: \(start)}}
            endpoints: {serve: []}
        """
      }.joined(separator: "\n"))
      time: {warmup: \(warmup), horizon: \(horizon)}
      """
    ).replications(replications)
    return try outcomes.flatMap { outcome in try names.map { try outcome.service($0).up } }
  }

  /// MTTF / (MTTF + MTTR) = 10 / 11, for any distributions of these means; Poisson arrivals see it (R. W. Wolff,
  /// Operations Research 30, 1982).
  @Test(arguments: [
    ("exponential(mean=10s)", "exponential(mean=1s)"), ("weibull(shape=0.7 mean=10s)", "lognormal(mean=1s cv=1.5)"),
    ("10s", "1s"),
  ])
  func `are available for MTTF of every MTBF`(every: String, repair: String) throws {
    let outcomes = try Experiment(
      desk(
        arrivals: "poisson(0.3/s)", work: nil, threads: "unbounded", time: ("0s", "10000s"),
        failures: "{wear: {every: \(every), repair: \(repair)}}")
    ).replications(30)
    let exact = 1 - 0.909_090_909
    try expectMean(
      "down \(every)", outcomes.map { 1 - (try $0.service().up) }, is: exact, precision: 0.08, allowance: 1e-8)
    try expectMean(
      "refused \(every)", outcomes.map { try #require($0.workload().unavailability) }, is: exact, precision: 0.1,
      allowance: 1e-8)
  }
}
