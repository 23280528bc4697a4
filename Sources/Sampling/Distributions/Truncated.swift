extension Distribution {
  /// Another distribution given that it does not exceed a maximum: conditional, not clamped.
  public struct Truncated: DistributionFamily {
    public let distribution: Distribution
    /// In seconds.
    public let maximum: Double
    /// P(X <= maximum) and P(X > maximum) of `distribution`.
    private let mass: Double
    private let excess: Double

    /// - Parameter max: in seconds; at least 10^-12 of the distribution must lie below it.
    public init(_ distribution: Distribution, max: Double) throws(DistributionError) {
      try DistributionError.requirePositive(max, "max")
      let mass = distribution.cdf(max)
      try DistributionError.require(mass >= 1e-12, "max", "must be above the least that can occur")
      self.distribution = distribution
      maximum = max
      self.mass = mass
      excess = distribution.survival(max)
    }

    var mean: Double { distribution.moment(1, below: maximum) / mass }

    var variance: Double {
      let mean = mean
      return Swift.max(0, distribution.moment(2, below: maximum) / mass - mean * mean)
    }

    func cdf(_ x: Double) -> Double { x >= maximum ? 1 : distribution.cdf(x) / mass }

    func survival(_ x: Double) -> Double {
      guard x < maximum else { return 0 }
      return mass < 0.5 ? 1 - distribution.cdf(x) / mass : (distribution.survival(x) - excess) / mass
    }

    func density(_ x: Double) -> Double { x > maximum ? 0 : distribution.density(x) / mass }

    func lowerQuantile(_ p: Double) -> Double { lowerQuantile(p, near: nil) }

    func upperQuantile(_ q: Double) -> Double { upperQuantile(q, near: nil) }

    func lowerQuantile(_ p: Double, near guess: Double?) -> Double {
      min(maximum, distribution.quantile(p * mass, near: guess))
    }

    func upperQuantile(_ q: Double, near guess: Double?) -> Double {
      let x =
        mass < 0.5
        ? distribution.quantile((1 - q) * mass, near: guess)
        : distribution.upperQuantile(min(1, excess + q * mass), near: guess)
      return min(maximum, x)
    }

    func moment(_ order: Int, below x: Double) -> Double {
      distribution.moment(order, below: min(x, maximum)) / mass
    }

    var languageText: String {
      "truncated(\(distribution.languageText) max=\(LanguageText.duration(maximum)))"
    }
  }

  public static func truncated(_ distribution: Distribution, max: Double) throws(DistributionError) -> Distribution {
    .truncated(try Truncated(distribution, max: max))
  }
}
