import Sampling
import Statistics

/// Independent draws of one replication of a test's simulation.
struct Draws {
  private let key: DrawKey
  private var next: UInt64 = 0

  init(seed: UInt64 = 20170, _ replication: Int) { key = DrawKey(seed: seed, replication: replication) }

  mutating func uniform() -> Double {
    next += 1
    return key.uniform(next)
  }

  /// Mean 0, variance 1.
  mutating func normal() -> Double { StandardNormal.quantile(uniform() + 0x1p-54) }

  /// Independent draws from `draw`.
  static func sample(_ count: Int, _ replication: Int, _ draw: (inout Draws) -> Double) -> [Double] {
    var draws = Draws(replication)
    return (0..<count).map { _ in draw(&draws) }
  }
}

/// How many of `trials` may have an event of this probability, at a false-alarm probability of 1e-6.
func acceptedCounts(of trials: Int, probability: Double) -> ClosedRange<Int> {
  acceptedCounts(of: trials, probability: probability...probability)
}

/// How many of `trials` may have an event whose probability lies in a range, at a false-alarm probability of 1e-6.
func acceptedCounts(of trials: Int, probability: ClosedRange<Double>) -> ClosedRange<Int> {
  let fewest = Binomial(trials: trials, probability: probability.lowerBound).quantile(5e-7)
  let most = Binomial(trials: trials, probability: probability.upperBound).quantile(1 - 5e-7)
  return fewest...most
}

func isClose(_ a: Double, _ b: Double, relative: Double) -> Bool {
  (a - b).magnitude <= relative * max(a.magnitude, b.magnitude)
}
