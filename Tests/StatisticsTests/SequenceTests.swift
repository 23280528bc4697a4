import Foundation
import Statistics
import Testing

@Suite struct `A confidence sequence` {
  /// Case `confseq_ref` of the analytic cases: the unit tests of Howard's package confseq.
  @Test func `has the published boundaries of the normal mixture`() {
    let two = NormalMixture(.two, alpha: 0.05, optimalVariance: 100)
    #expect(isClose(two.rho, 12.60056, relative: 1e-6))
    #expect(isClose(two.boundary(atVariance: 100), 30.35209, relative: 1e-6))
    let one = NormalMixture(.one, alpha: 0.05, optimalVariance: 100)
    #expect(isClose(one.boundary(atVariance: 100), 27.66071, relative: 1e-6))
  }

  @Test func `is asymptotically that of Waudby-Smith and others`() throws {
    // Theorem 2.2 written out, for 20 values with ρ² the reciprocal of the mixture's precision.
    let values = Draws.sample(20, 1) { $0.normal() }
    let interval = try #require(MeanSequence(confidence: 0.95).interval(of: values))
    let rho = 1 / NormalMixture(.two, alpha: 0.05, optimalVariance: 50).rho
    let n = 20.0
    let deviation = try #require(Moments(values).standardDeviation)
    let radius = deviation * (2 * (n * rho + 1) / (n * n * rho) * log((n * rho + 1).squareRoot() / 0.05)).squareRoot()
    #expect(isClose(interval.halfWidth, radius, relative: 1e-12))
  }

  @Test func `for a share has its closed form where all or none agree`() {
    // p^n (n + 1) = α.
    let all = ShareSequence(confidence: 0.95).interval(of: Proportion(300, of: 300))
    #expect(isClose(all.low, pow(0.05 / 301, 1 / 300.0), relative: 1e-10) && all.high == 1)
    let none = ShareSequence(confidence: 0.95).interval(of: Proportion(0, of: 300))
    #expect(isClose(none.high, 1 - pow(0.05 / 301, 1 / 300.0), relative: 1e-10) && none.low == 0)
  }

  @Test func `for a share gives a verdict`() {
    let sequence = ShareSequence(confidence: 0.95)
    // (0.05 / (n + 1))^(1/n) passes 0.99 between n = 900 and n = 1,000.
    #expect(sequence.verdict(of: Proportion(1_000, of: 1_000), atLeast: 0.99) == .supported)
    #expect(sequence.verdict(of: Proportion(900, of: 900), atLeast: 0.99) == .inconclusive)
    #expect(sequence.verdict(of: Proportion(900, of: 1_000), atLeast: 0.99) == .refuted)
  }

  @Test func `for a share covers it at all times at once`() {
    let trials = 500
    let missed = (0..<trials).count { trial in
      var draws = Draws(seed: 5, trial)
      var count = 0
      return (1...200).contains { n in
        count += draws.uniform() < 0.9 ? 1 : 0
        return n % 5 == 0
          && !ShareSequence(confidence: 0.95).interval(of: Proportion(count, of: n)).contains(0.9)
      }
    }
    #expect(acceptedCounts(of: trials, probability: 0...0.05).contains(missed))
  }
}
