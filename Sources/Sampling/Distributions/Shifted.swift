extension Distribution {
  /// A fixed time more than another distribution.
  public struct Shifted: DistributionFamily {
    public let distribution: Distribution
    /// In seconds, 0 or more.
    public let shift: Double

    public init(_ distribution: Distribution, by shift: Double) throws(DistributionError) {
      try DistributionError.requireNotNegative(shift, "by")
      self.distribution = distribution
      self.shift = shift
    }

    var mean: Double { distribution.mean + shift }
    var variance: Double { distribution.variance }
    func cdf(_ x: Double) -> Double { distribution.cdf(x - shift) }
    func survival(_ x: Double) -> Double { distribution.survival(x - shift) }
    func density(_ x: Double) -> Double { distribution.density(x - shift) }
    func lowerQuantile(_ p: Double) -> Double { distribution.quantile(p) + shift }
    func upperQuantile(_ q: Double) -> Double { distribution.upperQuantile(q) + shift }

    func lowerQuantile(_ p: Double, near guess: Double?) -> Double {
      distribution.quantile(p, near: guess.map { $0 - shift }) + shift
    }

    func upperQuantile(_ q: Double, near guess: Double?) -> Double {
      distribution.upperQuantile(q, near: guess.map { $0 - shift }) + shift
    }

    func moment(_ order: Int, below x: Double) -> Double {
      let rest = x - shift
      let first = distribution.moment(1, below: rest)
      let mass = distribution.cdf(rest)
      return order == 1
        ? first + shift * mass
        : distribution.moment(2, below: rest) + 2 * shift * first + shift * shift * mass
    }

    var languageText: String {
      "shifted(\(distribution.languageText) by=\(LanguageText.duration(shift)))"
    }
  }

  public static func shifted(_ distribution: Distribution, by shift: Double) throws(DistributionError) -> Distribution {
    .shifted(try Shifted(distribution, by: shift))
  }
}
