import Engine
import Model
import Testing

/// A value that is set halfway, against the closed form of each half.
@Suite struct `A pool that is set to five threads halfway` {
  /// Erlang C with λ = 1.6/s and μ = 1/s: W = 1 + C(c, 1.6) / (c - 1.6), with C(2, 1.6) = 0.711111 and
  /// C(5, 1.6) = 0.025886. D. Gross and C. M. Harris, Fundamentals of Queueing Theory, 3rd ed. (1998), ch. 2. Each
  /// window begins when what came before it has been forgotten.
  @Test func `is an M/M/2 queue, and then an M/M/5 queue`() throws {
    let model = desk(arrivals: "poisson(1.6/s)", work: "exponential(mean=1s)", threads: "2", time: ("0s", "6000s"))
    let outcomes = try Experiment(
      model, faults: "more: {at: 4000s, for: 2000s, inject: set, path: services.desk.pool.threads, to: 5}",
      windows: [Window(.between(.seconds(400), .seconds(3990))), Window(.between(.seconds(4100), .seconds(5990)))]
    ).replications(24)
    try expectMean(
      "M/M/2 W", outcomes.map { try $0.workload(window: 0).meanLatency }, is: 2.777_778, precision: 0.15,
      allowance: 2e-3
    )
    try expectMean(
      "M/M/5 W", outcomes.map { try $0.workload(window: 1).meanLatency }, is: 1.007_613_5, precision: 0.03,
      allowance: 1e-4)
  }

  /// Little's law for an M/G/∞ queue, L = λ E[S]: twice the arrivals, three times the work.
  @Test func `and arrivals and work that are set are of the law they are set to`() throws {
    let model = desk(
      arrivals: "poisson(3/s)", work: "exponential(mean=1s)", threads: "unbounded", time: ("0s", "4000s"))
    let window = Window(.between(.seconds(2100), .seconds(4000)))
    let outcomes = try Experiment(
      model,
      faults: """
        twice: {at: 2000s, for: 2000s, inject: set, path: workloads.customers.arrivals, to: poisson(6/s)}
        longer: {at: 2000s, for: 2000s, inject: set, path: services.desk.endpoints.serve.work, to: exponential(mean=3s)}
        """, windows: [Window(.between(.zero, .seconds(2000))), window]
    ).replications(24)
    try expectMean("3/s", outcomes.map { try Double($0.workload(window: 0).arrivals) }, is: 6000, precision: 0.05)
    try expectMean("6/s", outcomes.map { try Double($0.workload(window: 1).arrivals) }, is: 11_400, precision: 0.05)
    try expectMean(
      "3 s", outcomes.map { try $0.workload(window: 1).meanLatency }, is: 3, precision: 0.05, allowance: 1e-3)
  }
}
