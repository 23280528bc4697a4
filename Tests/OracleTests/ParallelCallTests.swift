import Engine
import Testing

/// Calls made together, against order statistics, fork-join queues and the algebra of redundancy.
@Suite struct `Calls together` {
  /// L. Flatto and S. Hahn, SIAM J. Appl. Math. 44 (1984); R. Nelson and A. N. Tantawi, IEEE Trans. Comp. 37 (1988):
  /// the mean time until both of two M/M/1 queues are done is (12 - ρ) / (8 (μ - λ)); each alone has 1 / (μ - λ).
  @Test func `to two queues are the fork-join queue`() throws {
    let outcomes = try Experiment(
      """
      model: fork-join
      workloads: {customers: {arrivals: poisson(0.6/s), call: front.serve}}
      services:
        front:
          pool: {threads: unbounded}
          dependencies: {left: {call: left.serve}, right: {call: right.serve}}
          endpoints: {serve: [together: [left, right]]}
        left: {pool: {threads: 1, queue: unbounded}, endpoints: {serve: [work: exponential(mean=1s)]}}
        right: {pool: {threads: 1, queue: unbounded}, endpoints: {serve: [work: exponential(mean=1s)]}}
      time: {warmup: 500s, horizon: 12500s}
      """
    ).replications(24)
    try expectMean("forkjoin W", outcomes.map { try $0.workload().meanLatency }, is: 3.5625, precision: 0.05)
    try expectMean(
      "forkjoin alone", outcomes.map { try $0.endpoint("left.serve").meanLatency }, is: 2.5, precision: 0.06)
  }

  /// Order statistics of ten exponential times of mean 1: E[X(k:n)] = Σ_{i<k} 1 / (n - i), and for all of them
  /// P(T <= t) = (1 - e^-t)^10.
  @Test func `that don't queue take as long as the slowest that is waited for`() throws {
    let names = (0..<10).map { "d\($0)" }
    let outcomes = try Experiment(
      """
      model: fan-out
      workloads:
        all: {arrivals: constant(1/s), call: front.all}
        most: {arrivals: constant(1/s), call: front.most}
      services:
        front:
          pool: {threads: unbounded}
          dependencies:
      \(names.map { "      \($0): {call: shard.read}" }.joined(separator: "\n"))
          endpoints:
            all: [together: [\(names.joined(separator: ", "))]]
            most: [together: {of: [\(names.joined(separator: ", "))], wait-for: 8}]
        shard: {pool: {threads: unbounded}, endpoints: {read: [work: exponential(mean=1s)]}}
      time: {warmup: 20s, horizon: 1020s}
      """
    ).replications(24)
    try expectMean("all of 10", outcomes.map { try $0.workload("all").meanLatency }, is: 2.928_968_254, precision: 0.02)
    try expectMean("8 of 10", outcomes.map { try $0.workload("most").meanLatency }, is: 1.428_968_254, precision: 0.02)
    try expectQuantile(
      "all of 10 p99", 0.99, of: outcomes.map { try $0.workload("all").latency }, is: 6.903_236_794, precision: 0.07)
  }

  /// Two of which one is enough, and one without which nothing goes: (1 - 0.01²) 0.99.
  @Test func `with a spare and a hard dependency succeed with the product of the two`() throws {
    let outcomes = try Experiment(
      """
      model: series-parallel
      workloads: {customers: {arrivals: constant(1000/s), call: front.serve}}
      services:
        front:
          pool: {threads: unbounded}
          dependencies: {first: {call: first.serve}, second: {call: second.serve}, vital: {call: vital.serve}}
          endpoints: {serve: [together: {of: [first, second], wait-for: 1}, call: vital]}
        first: {pool: {threads: unbounded}, endpoints: {serve: []}}
        second: {pool: {threads: unbounded}, endpoints: {serve: []}}
        vital: {pool: {threads: unbounded}, endpoints: {serve: []}}
      time: {horizon: 60s}
      """,
      faults: """
        first-errs: {at: 0s, for: 60s, inject: error, probability: 1%, target: first}
        second-errs: {at: 0s, for: 60s, inject: error, probability: 1%, target: second}
        vital-errs: {at: 0s, for: 60s, inject: error, probability: 1%, target: vital}
        """
    ).replications(1)
    let tally = try outcomes[0].workload()
    #expect(tally.arrivals == 59_999 && tally.inFlight == 0)
    expectShare("series-parallel", tally.success, of: tally.arrivals, is: 0.989_901, precision: 0.2)
  }

  /// A majority of n that each fail with probability 0.1, a sum of binomial probabilities: 0.972, 0.99144, 0.997272.
  @Test(arguments: [(count: 3, majority: 2, success: 0.972), (5, 3, 0.99144), (7, 4, 0.997272)])
  func `of which a majority is enough succeed as the binomial says`(
    count: Int, majority: Int, success: Double
  ) throws {
    let names = (1...count).map { "m\($0)" }
    let outcomes = try Experiment(
      """
      model: majority
      workloads: {customers: {arrivals: constant(1000/s), call: front.serve}}
      services:
        front:
          pool: {threads: unbounded}
          dependencies:
      \(names.map { "      \($0): {call: member.vote}" }.joined(separator: "\n"))
          endpoints: {serve: [together: {of: [\(names.joined(separator: ", "))], wait-for: \(majority)}]}
        member: {pool: {threads: unbounded}, endpoints: {vote: []}}
      time: {horizon: 60s}
      """, faults: "members-err: {at: 0s, for: 60s, inject: error, probability: 10%, target: member}"
    ).replications(1)
    let tally = try outcomes[0].workload()
    #expect(tally.arrivals == 59_999 && tally.inFlight == 0)
    expectShare("majority of \(count)", tally.success, of: tally.arrivals, is: success, precision: 0.35)
    // Each member is asked every time, whatever the others have said.
    #expect(try outcomes[0].endpoint("member.vote").arrivals == count * tally.arrivals)
  }
}
