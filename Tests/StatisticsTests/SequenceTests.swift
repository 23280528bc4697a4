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

  /// Theorem 2 of Waudby-Smith and Ramdas, computed apart from this code in Python.
  @Test func `for bounded values is the predictable plug-in empirical Bernstein one`() {
    let sequence = BoundedMeanSequence(confidence: 0.95, range: 0...1)
    let mixed = sequence.interval(of: (0..<20).flatMap { _ in [0.3, 0.5, 0.9, 0.4, 0.7] })
    #expect(isClose(mixed.low, 0.4674200859759284, relative: 1e-12))
    #expect(isClose(mixed.high, 0.6514915764675447, relative: 1e-12))
    let coins = sequence.interval(of: (0..<50).flatMap { _ in [0.0, 1] })
    #expect(isClose(coins.low, 0.3244539587260511, relative: 1e-12))
    #expect(isClose(coins.high, 0.6701965434082314, relative: 1e-12))
    let ones = sequence.interval(of: Array(repeating: 1, count: 20))
    #expect(isClose(ones.low, 0.6234046938317259, relative: 1e-12) && ones.high == 1)
    let scaled = BoundedMeanSequence(confidence: 0.95, range: -10...10).interval(of: Array(repeating: 10, count: 20))
    #expect(isClose(scaled.low, 20 * 0.6234046938317259 - 10, relative: 1e-12) && scaled.high == 10)
    #expect(sequence.interval(of: []) == Interval(low: 0, high: 1, confidence: 0.95))
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

  @Test func `for bounded values covers a mean that hides in rare losses at all times at once`() {
    let trials = 500
    let missed = (0..<trials).count { trial in
      let values = Draws.sample(200, trial) { $0.uniform() < 0.05 ? 0 : 1 }
      // It is a running intersection: the last interval misses if any did.
      return !BoundedMeanSequence(confidence: 0.95, range: 0...1).interval(of: values).contains(0.95)
    }
    #expect(acceptedCounts(of: trials, probability: 0...0.05).contains(missed))
  }
}
