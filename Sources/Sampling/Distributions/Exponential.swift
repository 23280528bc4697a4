extension Distribution {
  /// The memoryless distribution.
  public struct Exponential: DistributionFamily {
    /// In seconds, above 0.
    public let mean: Double

    public init(mean: Double) throws(DistributionError) {
      try DistributionError.requirePositive(mean, "mean")
      self.mean = mean
    }

    var variance: Double { mean * mean }

    func cdf(_ x: Double) -> Double { x > 0 ? -DeterministicMath.expm1(-x / mean) : 0 }

    func survival(_ x: Double) -> Double { x > 0 ? DeterministicMath.exp(-x / mean) : 1 }

    func density(_ x: Double) -> Double { x >= 0 ? DeterministicMath.exp(-x / mean) / mean : 0 }

    func lowerQuantile(_ p: Double) -> Double { -mean * DeterministicMath.log1p(-p) }

    func upperQuantile(_ q: Double) -> Double { -mean * DeterministicMath.log(q) }

    func moment(_ order: Int, below x: Double) -> Double {
      (order == 1 ? mean : 2 * mean * mean) * IncompleteGamma(Double(order) + 1).lower(x / mean)
    }

    var languageText: String { "exponential(mean=\(LanguageText.duration(mean)))" }
  }

  public static func exponential(mean: Double) throws(DistributionError) -> Distribution {
    .exponential(try Exponential(mean: mean))
  }
}
