extension Distribution {
  /// Times whose odds go with a power: P(X <= x) / P(X > x) = (x / p50)^shape. Common for human repair.
  public struct Loglogistic: DistributionFamily {
    /// The quantile at 0.5, in seconds.
    public let median: Double
    /// At 1 or below the mean is infinite, at 2 or below the variance.
    public let shape: Double

    public init(p50: Double, shape: Double) throws(DistributionError) {
      try DistributionError.requirePositive(p50, "p50")
      try DistributionError.requirePositive(shape, "shape")
      median = p50
      self.shape = shape
    }

    var mean: Double { wholeMoment(1) }

    var variance: Double {
      let mean = mean
      return shape > 2 ? wholeMoment(2) - mean * mean : .infinity
    }

    /// E[X^k] = p50^k · πk/shape / sin(πk/shape).
    private func wholeMoment(_ order: Int) -> Double {
      let share = Double(order) / shape
      guard share < 1 else { return .infinity }
      let angle = Double.pi * min(share, 1 - share)
      return (order == 1 ? median : median * median) * Double.pi * share / DeterministicMath.sin(angle)
    }

    private func odds(_ x: Double) -> Double { DeterministicMath.pow(x / median, shape) }

    func cdf(_ x: Double) -> Double { x > 0 ? 1 / (1 + 1 / odds(x)) : 0 }

    func survival(_ x: Double) -> Double { x > 0 ? 1 / (1 + odds(x)) : 1 }

    func density(_ x: Double) -> Double { x > 0 ? shape / x * cdf(x) * survival(x) : 0 }

    func lowerQuantile(_ p: Double) -> Double { median * DeterministicMath.pow(p / (1 - p), 1 / shape) }

    func upperQuantile(_ q: Double) -> Double { median * DeterministicMath.pow((1 - q) / q, 1 / shape) }

    /// p50^k times the integral of (v / (1 - v))^(k/shape) over v up to the CDF at x.
    func moment(_ order: Int, below x: Double) -> Double {
      guard x > 0 else { return 0 }
      let share = Double(order) / shape
      if x == .infinity { return wholeMoment(order) }
      let (below, above) = (cdf(x), survival(x))
      if share < 1 {
        return wholeMoment(order) * DeterministicMath.incompleteBeta(1 + share, 1 - share, below, complement: above)
      }
      return (order == 1 ? median : median * median)
        * DeterministicMath.betaIntegral(1 + share, 1 - share, below, complement: above)
    }

    var languageText: String {
      "loglogistic(p50=\(LanguageText.duration(median)) shape=\(LanguageText.decimal(shape)))"
    }
  }

  public static func loglogistic(p50: Double, shape: Double) throws(DistributionError) -> Distribution {
    .loglogistic(try Loglogistic(p50: p50, shape: shape))
  }
}
