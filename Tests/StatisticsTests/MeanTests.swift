import Foundation
import Statistics
import Testing

@Suite struct `The mean of replications` {
  @Test func `has Student's interval`() throws {
    // NIST/SEMATECH e-Handbook, 1.3.5.2, with a sample small enough to check by hand: mean 5, s = sqrt(10/3),
    // t(0.975; 3) = 3.182446.
    let estimate = try #require(Estimate(meanOf: [3, 4, 6, 7], confidence: 0.95))
    #expect(estimate.value == 5)
    let radius = 3.182446305284263 * (10.0 / 3 / 4).squareRoot()
    #expect(isClose(try #require(estimate.low), 5 - radius, relative: 1e-9))
    #expect(isClose(try #require(estimate.high), 5 + radius, relative: 1e-9))
    #expect(estimate.replications == 4 && !estimate.isDegenerate)
  }

  @Test func `keeps the digits of a small spread around a large mean`() throws {
    // NIST StRD NumAcc4: mean 10000000.2, standard deviation 0.1 exactly, 1001 values.
    let values = [10_000_000.2] + (0..<500).flatMap { _ in [10_000_000.1, 10_000_000.3] }
    let moments = Moments(values)
    #expect(isClose(moments.mean, 10_000_000.2, relative: 1e-15))
    #expect(isClose(try #require(moments.standardDeviation), 0.1, relative: 1e-7))
  }

  @Test func `of one replication has no interval, in JSON neither but with its keys`() throws {
    let estimate = try #require(Estimate(meanOf: [0.5], confidence: 0.95))
    #expect(estimate.low == nil && estimate.high == nil && estimate.interval == nil && !estimate.isDegenerate)
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let json = try encoder.encode(estimate)
    #expect(
      String(decoding: json, as: UTF8.self)
        == #"{"confidence":0.95,"high":null,"low":null,"replications":1,"value":0.5}"#)
    #expect(try JSONDecoder().decode(Estimate.self, from: json) == estimate)
  }

  @Test func `of equal replications is flagged`() throws {
    let estimate = try #require(Estimate(meanOf: Array(repeating: 0.1, count: 30), confidence: 0.95))
    #expect(estimate.low == 0.1 && estimate.high == 0.1 && estimate.isDegenerate)
  }

  @Test func `is not defined without values or with an infinite one`() {
    #expect(Estimate(meanOf: [], confidence: 0.95) == nil)
    #expect(Estimate(meanOf: [1, .infinity], confidence: 0.95) == nil)
    #expect(Estimate(meanOf: [1, .nan], confidence: 0.95) == nil)
  }

  @Test(arguments: [2, 5, 20]) func `lies in its 95% interval 95% of the time`(_ count: Int) {
    let trials = 4_000
    let covered = (0..<trials).count { trial in
      let values = Draws.sample(count, trial) { 3 + 2 * $0.normal() }
      return Estimate(meanOf: values, confidence: 0.95)?.interval?.contains(3) == true
    }
    #expect(acceptedCounts(of: trials, probability: 0.95).contains(covered))
  }
}

@Suite struct `A ratio of sums over replications` {
  @Test func `is jackknifed`() throws {
    // By hand: θ = 6/8, θ without each = 5/6, 4/5, 3/5; pseudo-values 3θ - 2θ_i = 0.58333, 0.65, 1.05.
    let estimate = try #require(Estimate(ratioOf: [1, 2, 3], to: [2, 3, 3], confidence: 0.95))
    let pseudovalues = [3 * 0.75 - 2 * 5.0 / 6, 3 * 0.75 - 2 * 4.0 / 5, 3 * 0.75 - 2 * 3.0 / 5]
    let expected = try #require(Estimate(meanOf: pseudovalues, confidence: 0.95))
    #expect(isClose(estimate.value, expected.value, relative: 1e-14))
    #expect(isClose(try #require(estimate.low), try #require(expected.low), relative: 1e-12))
    #expect(isClose(try #require(estimate.high), try #require(expected.high), relative: 1e-12))
  }

  @Test func `of proportional sums is exact, and of none is not defined`() throws {
    let exact = try #require(Estimate(ratioOf: [1, 2, 4], to: [2, 4, 8], confidence: 0.95))
    #expect(exact.value == 0.5 && exact.isDegenerate)
    #expect(Estimate(ratioOf: [0, 0], to: [0, 0], confidence: 0.95) == nil)
    let one = try #require(Estimate(ratioOf: [0, 1], to: [0, 4], confidence: 0.95))
    #expect(one.value == 0.25 && one.low == nil && one.high == nil)
  }

  @Test func `lies in its 95% interval about 95% of the time, and has no bias`() {
    // The busier a replication, the more of its requests fail: the mean of the ratios would be 4% too low.
    let trials = 2_000
    var sum = 0.0
    let covered = (0..<trials).count { trial in
      var draws = Draws(seed: 7, trial)
      let requests = (0..<20).map { _ in 50 + 50 * draws.uniform() }
      let failures = requests.map { $0 * $0 / 760 * (0.5 + draws.uniform()) }
      let estimate = Estimate(ratioOf: failures, to: requests, confidence: 0.95)
      sum += estimate?.value ?? .nan
      return estimate?.interval?.contains(Self.truth) == true
    }
    // A t interval on pseudo-values is approximate: its own error is allowed one point.
    #expect(acceptedCounts(of: trials, probability: 0.94...0.96).contains(covered))
    #expect(isClose(sum / Double(trials), Self.truth, relative: 0.004))
  }

  /// E[R²] / 760 / E[R] for R uniform on [50, 100], whose E[R²] is 17,500/3.
  private static let truth = 17_500.0 / 3 / 760 / 75
}
