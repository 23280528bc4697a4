import Engine
import Foundation
import Testing

/// Retries of attempts that fail independently with probability p: with n of them, success 1 - p^(n+1) and
/// (1 - p^(n+1)) / (1 - p) attempts a request.
///
/// Requests come so far apart that each is over before the next: they are independent trials.
@Suite struct `Retries` {
  private static let retry = "retry: {attempts: 4, backoff: 10us}"

  @Test(arguments: [
    (p: 0.1, success: 0.9999, attempts: 1.111, replications: 8), (0.3, 0.9919, 1.417, 2), (0.5, 0.9375, 1.875, 2),
  ])
  func `amplify the load as much as they help`(
    p: Double, success: Double, attempts: Double, replications: Int
  ) throws {
    let outcomes = try Experiment(
      desk(
        arrivals: "constant(1000/s)", work: nil, threads: "unbounded", time: ("0s", "50s"), policies: Self.retry),
      faults: "errors: {at: 0s, for: 50s, inject: error, probability: \(p), target: desk}"
    ).replications(replications)
    let requests = try outcomes.reduce(0) { $0 + (try $1.workload().ended) }
    #expect(requests == replications * 49_999)
    let failed = try outcomes.reduce(0) { $0 + (try $1.workload().failed) }
    expectShare("retries fail \(p)", failed, of: requests, is: 1 - success, precision: 1)
    let calls = try outcomes.reduce(0) { $0 + (try $1.endpoint().arrivals) }
    expectNormal(
      "attempts \(p)", Double(calls) / Double(requests), is: attempts,
      error: attemptDeviation(p: p, attempts: 4) / Double(requests).squareRoot(), precision: 0.01)
  }

  /// The callee sees only what comes through: one attempt of each request that succeeds.
  @Test func `of what fails on the way cost the callee nothing`() throws {
    let outcome = try Experiment(
      desk(
        arrivals: "constant(1000/s)", work: nil, threads: "unbounded", time: ("0s", "50s"), policies: Self.retry),
      faults: "errors: {at: 0s, for: 50s, inject: error, probability: 50%, target: customers -> desk}"
    ).replications(1)[0]
    let tally = try outcome.workload()
    expectShare("retries on the way", tally.success, of: tally.ended, is: 0.9375, precision: 0.1)
    #expect(try outcome.endpoint().arrivals == tally.success)
  }

  /// At p = 0.1 the leaf is called Π (1 - q^4) / (1 - q) = 1.111111111 times, with q = p, p^4, p^16 from the leaf up.
  @Test func `at three levels multiply`() throws {
    let outcome = try threeLevels(failing: "10%", seconds: 60)
    let requests = try outcome.workload().ended
    #expect(requests == 59_999)
    // The spread is that of the attempts at the leaf: the levels above add about p^4 to it.
    let error = attemptDeviation(p: 0.1, attempts: 4) / Double(requests).squareRoot()
    expectNormal(
      "leaf calls", Double(try outcome.endpoint("leaf.serve").arrivals) / Double(requests), is: 1.111_111_111,
      error: error, precision: 0.01)
  }

  @Test func `at three levels multiply to the third power where the leaf is down`() throws {
    let outcome = try threeLevels(failing: "100%", seconds: 1)
    #expect(try outcome.workload().failed == 999)
    #expect(try outcome.endpoint("top.serve").arrivals == 4 * 999)
    #expect(try outcome.endpoint("middle.serve").arrivals == 16 * 999)
    #expect(try outcome.endpoint("leaf.serve").arrivals == 64 * 999)
  }

  private func threeLevels(failing p: String, seconds: Int) throws -> ReplicationOutcome {
    try Experiment(
      """
      model: nested
      workloads: {customers: {arrivals: constant(1000/s), call: top.serve, \(Self.retry)}}
      services:
        top:
          pool: {threads: unbounded}
          dependencies: {middle: {call: middle.serve, \(Self.retry)}}
          endpoints: {serve: [call: middle]}
        middle:
          pool: {threads: unbounded}
          dependencies: {leaf: {call: leaf.serve, \(Self.retry)}}
          endpoints: {serve: [call: leaf]}
        leaf: {pool: {threads: unbounded}, endpoints: {serve: []}}
      time: {horizon: \(seconds)s}
      """, faults: "errors: {at: 0s, for: \(seconds)s, inject: error, probability: \(p), target: leaf.serve}"
    ).replications(1)[0]
  }

  /// The standard deviation of the attempts that a request makes: each but the last is followed with probability p.
  private func attemptDeviation(p: Double, attempts: Int) -> Double {
    let numbers = 1...attempts
    let chances = numbers.map { pow(p, Double($0 - 1)) * ($0 == attempts ? 1 : 1 - p) }
    let mean = zip(numbers, chances).reduce(0) { $0 + Double($1.0) * $1.1 }
    let square = zip(numbers, chances).reduce(0) { $0 + Double($1.0 * $1.0) * $1.1 }
    return (square - mean * mean).squareRoot()
  }
}
