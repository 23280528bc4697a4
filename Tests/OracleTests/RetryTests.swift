import Engine
import Foundation
import Testing

/// Retries of calls that fail independently: success 1 - p^(n+1) and (1 - p^(n+1)) / (1 - p) attempts, for n retries.
///
/// Requests come so far apart that each is over before the next, and so they are independent trials.
@Suite struct `Retries` {
  @Test(arguments: [
    (p: "10%", success: 0.9999, attempts: 1.111, replications: 4), ("30%", 0.9919, 1.417, 2),
    ("50%", 0.9375, 1.875, 2),
  ])
  func `amplify the load as much as they help`(
    p: String, success: Double, attempts: Double, replications: Int
  ) throws {
    let outcomes = try Experiment(
      desk(
        arrivals: "constant(1000/s)", work: nil, threads: "unbounded", time: ("0s", "50s"),
        policies: "retry: {attempts: 4, backoff: 100us}"),
      faults: "errors: {at: 0s, for: 50s, inject: error, probability: \(p), target: desk}"
    ).replications(replications)
    let requests = try outcomes.reduce(0) { $0 + (try $1.workload().ended) }
    #expect(requests == replications * 49_999)
    let failed = try outcomes.reduce(0) { $0 + (try $1.workload().failed) }
    let calls = try outcomes.reduce(0) { $0 + (try $1.endpoint().arrivals) }
    let errors = try outcomes.reduce(0) { $0 + (try $1.endpoint().failed) }
    expectShare("retries fail \(p)", failed, of: requests, is: 1 - success, precision: 1)
    // Given the attempts, each is an error with probability p.
    let probability = 1 - 1 / attempts * success
    expectShare("attempts fail \(p)", errors, of: calls, is: probability, precision: 0.1)
    let deviation = attemptDeviation(p: probability, attempts: 4)
    let mean = Double(calls) / Double(requests)
    expectNormal("attempts \(p)", mean, is: attempts, error: deviation / Double(requests).squareRoot(), precision: 0.01)
  }

  /// Where the fault is on the way, the callee sees only the attempts that come through: one of each request that succeeds.
  @Test func `on the way to the callee cost it nothing`() throws {
    let outcome = try Experiment(
      desk(
        arrivals: "constant(1000/s)", work: nil, threads: "unbounded", time: ("0s", "50s"),
        policies: "retry: {attempts: 4, backoff: 100us}"),
      faults: "errors: {at: 0s, for: 50s, inject: error, probability: 50%, target: customers -> desk}"
    ).replications(1)[0]
    let tally = try outcome.workload()
    expectShare("retries on the way", tally.success, of: tally.ended, is: 0.9375, precision: 0.1)
    #expect(try outcome.endpoint().arrivals == tally.success)
  }

  /// Three levels that each try four times: the leaf is called Π (1 - q^4) / (1 - q) times, with q = p, p^4, p^16 from below:
  /// 1.111111111 at p = 0.1, and 4³ = 64 times where it always fails.
  @Test(arguments: [(p: "10%", calls: 1.111_111_111), ("100%", 64.0)])
  func `at three levels multiply`(p: String, calls: Double) throws {
    let retry = "retry: {attempts: 4, backoff: 10us}"
    let outcome = try Experiment(
      """
      model: nested
      workloads: {customers: {arrivals: constant(1000/s), call: top.serve, \(retry)}}
      services:
        top:
          pool: {threads: unbounded}
          dependencies: {middle: {call: middle.serve, \(retry)}}
          endpoints: {serve: [call: middle]}
        middle:
          pool: {threads: unbounded}
          dependencies: {leaf: {call: leaf.serve, \(retry)}}
          endpoints: {serve: [call: leaf]}
        leaf: {pool: {threads: unbounded}, endpoints: {serve: []}}
      time: {horizon: \(p == "100%" ? 1 : 60)s}
      """, faults: "errors: {at: 0s, for: 1h, inject: error, probability: \(p), target: leaf.serve}"
    ).replications(1)[0]
    let tally = try outcome.workload()
    let leaves = try outcome.endpoint("leaf.serve").arrivals
    if p == "100%" {
      #expect(tally.failed == 999 && tally.arrivals == 999)
      #expect(leaves == 64 * 999)
      #expect(try outcome.endpoint("middle.serve").arrivals == 16 * 999)
      #expect(try outcome.endpoint("top.serve").arrivals == 4 * 999)
    } else {
      // The spread is that of four attempts at the leaf; the levels above add 1e-4 of it.
      let error = attemptDeviation(p: 0.1, attempts: 4) / Double(tally.ended).squareRoot()
      expectNormal("leaf calls", Double(leaves) / Double(tally.ended), is: calls, error: error, precision: 0.01)
    }
  }

  /// The standard deviation of how many attempts one request makes: each but the last is followed with probability p.
  private func attemptDeviation(p: Double, attempts: Int) -> Double {
    let probabilities = (1...attempts).map { pow(p, Double($0 - 1)) * ($0 == attempts ? 1 : 1 - p) }
    let mean = probabilities.enumerated().reduce(0) { $0 + Double($1.offset + 1) * $1.element }
    let square = probabilities.enumerated().reduce(0) { $0 + pow(Double($1.offset + 1), 2) * $1.element }
    return (square - mean * mean).squareRoot()
  }
}
