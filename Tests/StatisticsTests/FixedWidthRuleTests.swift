import Foundation
import Statistics
import Testing

@Suite struct `The fixed-width rule` {
  private let rule = FixedWidthRule(halfWidth: 0.25, confidence: 0.95, minimum: 10, maximum: 500)

  private func normals(_ trial: Int) -> [Double] { Draws.sample(500, trial) { $0.normal() } }

  @Test func `stops at the first n that Chow and Robbins's condition names`() throws {
    let values = normals(3)
    let stop = try #require(rule.stoppingCount(values: [values]))
    for n in 10...stop {
      // The condition written out a second time, in two passes.
      let prefix = values.prefix(n)
      let mean = prefix.reduce(0, +) / Double(n)
      let variance = prefix.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(n - 1)
      let t = StudentT(degreesOfFreedom: Double(n - 1)).twoSidedQuantile(0.95)
      let isMet = t * t * (variance + 0.0625 / Double(n)) / Double(n) <= 0.0625
      #expect(isMet == (n == stop))
      #expect(rule.isMet(by: Array(prefix)) == isMet)
    }
    let half = try #require(Estimate(meanOf: Array(values.prefix(stop)), confidence: 0.95)?.halfWidth)
    #expect(half <= 0.25)
  }

  @Test func `looks at a prefix only, so that workers and later replications change nothing`() throws {
    let (a, b) = (normals(4), normals(5))
    let stop = try #require(rule.stoppingCount(values: [a, b]))
    for available in [stop, stop + 1, stop + 7, 500] {
      #expect(rule.stoppingCount(values: [Array(a.prefix(available)), Array(b.prefix(available))]) == stop)
    }
    #expect(rule.stoppingCount(values: [Array(a.prefix(stop - 1)), b]) == nil)
    let single = try #require(rule.stoppingCount(values: [a]))
    #expect(single <= stop)
  }

  @Test func `does not stop at once on a variance of zero, but does stop`() {
    let narrow = FixedWidthRule(halfWidth: 1e-4, confidence: 0.95, minimum: 2, maximum: 100)
    let constant = Array(repeating: 1.0, count: 100)
    // t(0.975; n-1) <= n holds from n = 4 on: 3.18 against 4, where 4.30 is more than 3.
    #expect(narrow.stoppingCount(values: [constant]) == 4)
    let planned = FixedWidthRule(halfWidth: 1e-4, confidence: 0.95, minimum: 20, maximum: 100)
    #expect(planned.stoppingCount(values: [constant]) == 20)
  }

  @Test func `has not stopped where the precision is out of reach or there is nothing`() {
    let strict = FixedWidthRule(halfWidth: 0.01, confidence: 0.95, minimum: 10, maximum: 300)
    #expect(strict.stoppingCount(values: [normals(1)]) == nil)
    #expect(rule.stoppingCount(values: []) == nil)
    #expect(rule.stoppingCount(values: [[]]) == nil)
    #expect(rule.stoppingCount(values: [[.infinity] + normals(1)]) == nil)
  }

  @Test func `leaves an interval that covers nearly 95% of the time`() {
    let trials = 1_000
    var replications = 0
    let covered = (0..<trials).count { trial in
      let values = Draws.sample(160, trial) { $0.normal() }
      guard let n = rule.stoppingCount(values: [values]) else { return false }
      replications += n
      return (values.prefix(n).reduce(0, +) / Double(n)).magnitude <= 0.25
    }
    #expect(acceptedCounts(of: trials, probability: 0.93...0.955).contains(covered))
    // (1.96 / 0.25)² = 61.5 replications would do if the variance were known.
    #expect((60..<68).contains(replications / trials))
  }
}
