extension Distribution {
  /// A tail that falls with a power: P(X > x) = (minimum / x)^shape for x >= minimum.
  public struct Pareto: DistributionFamily {
    /// At 1 or below the mean is infinite, at 2 or below the variance.
    public let shape: Double
    /// In seconds, above 0.
    public let minimum: Double

    /// - Parameters:
    ///   - shape: above 0.
    ///   - min: the least time, in seconds.
    public init(shape: Double, min: Double) throws(DistributionError) {
      try DistributionError.requirePositive(shape, "shape")
      try DistributionError.requirePositive(min, "min")
      self.shape = shape
      minimum = min
    }

    var mean: Double { shape > 1 ? minimum * shape / (shape - 1) : .infinity }

    var variance: Double {
      shape > 2 ? minimum * minimum * shape / ((shape - 1) * (shape - 1) * (shape - 2)) : .infinity
    }

    func cdf(_ x: Double) -> Double {
      x > minimum
        ? -DeterministicMath.expm1(-shape * DeterministicMath.log1p((x - minimum) / minimum)) : 0
    }

    func survival(_ x: Double) -> Double { x > minimum ? DeterministicMath.pow(minimum / x, shape) : 1 }

    func density(_ x: Double) -> Double { x >= minimum ? survival(x) * shape / x : 0 }

    func lowerQuantile(_ p: Double) -> Double {
      minimum + minimum * DeterministicMath.expm1(-DeterministicMath.log1p(-p) / shape)
    }

    func upperQuantile(_ q: Double) -> Double { minimum * DeterministicMath.pow(q, -1 / shape) }

    func moment(_ order: Int, below x: Double) -> Double {
      guard x > minimum else { return 0 }
      let k = Double(order)
      let scale = order == 1 ? minimum : minimum * minimum
      if shape == k { return scale * shape * DeterministicMath.log(x / minimum) }
      if x == .infinity { return shape > k ? scale * shape / (shape - k) : .infinity }
      let logRatio = DeterministicMath.log(x / minimum)
      return scale * shape / (k - shape) * DeterministicMath.expm1((k - shape) * logRatio)
    }

    var languageText: String {
      "pareto(shape=\(LanguageText.decimal(shape)) min=\(LanguageText.duration(minimum)))"
    }
  }

  public static func pareto(shape: Double, min: Double) throws(DistributionError) -> Distribution {
    .pareto(try Pareto(shape: shape, min: min))
  }
}
