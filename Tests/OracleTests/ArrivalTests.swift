import Engine
import Model
import Statistics
import Testing

/// Who arrives when, against the counts of Poisson processes and closed networks.
@Suite struct `The arrivals` {
  /// A Poisson process whose rate goes as 100 (1 + 0.5 sin(2π t / 24 h)) per hour: the counts in disjoint windows are
  /// independent and Poisson, with the integral of the rate as mean: 600 + 600 / π from 0 h to 6 h and 600 - 600 / π
  /// from 12 h to 18 h.
  @Test func `through the day are Poisson at the rate of the hour`() throws {
    let names = (1...10).map { "city-\($0)" }
    let outcomes = try Experiment(
      """
      model: day
      workloads:
      \(names.map { "  \($0): {arrivals: diurnal(mean=100/h peak=150/h at=06:00), call: desk.serve}" }
        .joined(separator: "\n"))
      services:
        desk: {pool: {threads: unbounded}, endpoints: {serve: []}}
      time: {horizon: 18h}
      """,
      windows: [
        Window(.between(.zero, .seconds(6 * 3600))), Window(.between(.seconds(12 * 3600), .seconds(18 * 3600))),
      ]
    ).replications(25)
    for (window, exact) in [790.985_931_7, 409.014_068_3].enumerated() {
      let counts = try outcomes.flatMap { outcome in
        try names.map { Double(try outcome.workload($0, window: window).arrivals) }
      }
      try expectMean("nhpp mean \(window)", counts, is: exact, precision: 0.02)
      try expectStandardDeviation("nhpp deviation \(window)", counts, is: exact.squareRoot(), precision: 0.2)
    }
    let correlation = try correlation(
      outcomes.flatMap { outcome in try names.map { Double(try outcome.workload($0, window: 0).arrivals) } },
      outcomes.flatMap { outcome in try names.map { Double(try outcome.workload($0, window: 1).arrivals) } })
    #expect(correlation.magnitude <= 3.9 / Double(25 * names.count).squareRoot())
  }

  /// A Poisson process whose rate goes from 10/s at 20 s to 190/s at 120 s: the counts in disjoint windows are Poisson
  /// with the integral of the rate, 10 t + 0.9 t² in the first t seconds of the ramp, as mean.
  @Test func `on a ramp are Poisson at a rate that moves linearly`() throws {
    let spans: [(Int64, Int64, expected: Double)] = [(0, 20, 200), (20, 70, 2750), (70, 120, 7250), (120, 150, 5700)]
    let outcomes = try Experiment(
      desk(
        arrivals: "ramp(from=10/s to=190/s over=100s at=20s)", work: nil, threads: "unbounded", queue: "0",
        time: ("0s", "150s")),
      windows: spans.map { Window(.between(.seconds($0.0), .seconds($0.1))) }
    ).replications(100)
    for (window, span) in spans.enumerated() {
      let counts = try outcomes.map { Double(try $0.workload(window: window).arrivals) }
      // The interval for the mean of a Poisson count n, by chi-square with 2n and 2n + 2 degrees of freedom:
      // F. Garwood, Biometrika 28 (1936) 437.
      let sum = counts.reduce(0, +)
      let low = ChiSquare(degreesOfFreedom: 2 * sum).quantile(Acceptance.falseAlarm / 2) / 200
      let high = ChiSquare(degreesOfFreedom: 2 * sum + 2).quantile(1 - Acceptance.falseAlarm / 2) / 200
      #expect(low <= span.expected && span.expected <= high, "ramp \(span): \(low) to \(high)")
      #expect((high - low) / 2 < 0.03 * span.expected)
      try expectStandardDeviation("ramp deviation \(span)", counts, is: span.expected.squareRoot(), precision: 0.4)
    }
  }

  private func correlation(_ a: [Double], _ b: [Double]) throws -> Double {
    let (left, right) = (Moments(a), Moments(b))
    let covariance = zip(a, b).reduce(0) { $0 + ($1.0 - left.mean) * ($1.1 - right.mean) } / Double(a.count - 1)
    return covariance / (try #require(left.standardDeviation) * #require(right.standardDeviation))
  }

  /// The closed network `cqn_repairmen` of LINE (line-solver): ten clients think for 1 s; then 30% go to the queue of a
  /// server that takes 1.5 s, and the others think again.
  @Test func `of closed clients wait for their answers`() throws {
    let outcomes = try Experiment(
      """
      model: repairmen
      workloads: {clients: {arrivals: closed(clients=10 think=exponential(mean=1s)), call: front.go}}
      services:
        front:
          pool: {threads: unbounded}
          dependencies: {queue: {call: queue.serve}}
          endpoints: {go: [{call: queue, probability: 30%}]}
        queue: {pool: {threads: 1, queue: unbounded}, endpoints: {serve: [work: exponential(mean=1.5s)]}}
      time: {warmup: 200s, horizon: 10200s}
      """
    ).replications(24)
    let queue = try outcomes.map { try $0.service("queue") }
    try expectMean("repairmen at the queue", queue.map(\.present), is: 7.777_972_677, precision: 0.01)
    try expectMean(
      "repairmen thinking", outcomes.map { 10 - (try $0.service("front").inServiceMean) }, is: 2.222_027_323,
      precision: 0.03)
    try expectMean(
      "repairmen response", outcomes.map { try $0.endpoint("queue.serve").meanLatency }, is: 11.667_982_351,
      precision: 0.03)
    try expectMean(
      "repairmen throughput", outcomes.map { Double(try $0.endpoint("queue.serve").success) / 10_000 },
      is: 0.666_608_197, precision: 0.02)
    try expectMean(
      "repairmen utilisation", queue.map { try #require($0.utilisation) }, is: 0.999_912_295, precision: 2e-4)
  }
}
