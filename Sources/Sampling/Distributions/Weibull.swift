extension Distribution {
  /// Times to failure whose hazard goes with a power of the age: P(X > x) = exp(-(x / scale)^shape).
  public struct Weibull: DistributionFamily {
    /// How the distribution was given, which is how it is written.
    enum Parameters: Hashable, Sendable {
      case scale(Double)
      case mean(Double)
    }

    let parameters: Parameters
    /// Below 1 the hazard falls with age, above 1 it rises.
    public let shape: Double
    /// In seconds: the quantile at 1 - 1/e.
    public let scale: Double

    public init(shape: Double, scale: Double) throws(DistributionError) {
      try DistributionError.requirePositive(shape, "shape")
      try DistributionError.requirePositive(scale, "scale")
      parameters = .scale(scale)
      self.shape = shape
      self.scale = scale
    }

    /// - Parameters:
    ///   - shape: at least 0.02; below that the mean says nothing about the scale.
    ///   - mean: in seconds.
    public init(shape: Double, mean: Double) throws(DistributionError) {
      try DistributionError.require(shape >= 0.02 && shape.isFinite, "shape", "must be at least 0.02")
      try DistributionError.requirePositive(mean, "mean")
      parameters = .mean(mean)
      self.shape = shape
      scale = mean / DeterministicMath.gamma(1 + 1 / shape)
    }

    var mean: Double {
      switch parameters {
      case .scale(let scale): scale * DeterministicMath.gamma(1 + 1 / shape)
      case .mean(let mean): mean
      }
    }

    var variance: Double {
      let logRatio = DeterministicMath.lgamma(1 + 2 / shape) - 2 * DeterministicMath.lgamma(1 + 1 / shape)
      return mean * mean * DeterministicMath.expm1(logRatio)
    }

    private func hazard(_ x: Double) -> Double { DeterministicMath.pow(x / scale, shape) }

    func cdf(_ x: Double) -> Double { x > 0 ? -DeterministicMath.expm1(-hazard(x)) : 0 }

    func survival(_ x: Double) -> Double { x > 0 ? DeterministicMath.exp(-hazard(x)) : 1 }

    func density(_ x: Double) -> Double {
      guard x > 0 else { return 0 }
      let hazard = hazard(x)
      return shape / x * hazard * DeterministicMath.exp(-hazard)
    }

    func lowerQuantile(_ p: Double) -> Double {
      scale * DeterministicMath.pow(-DeterministicMath.log1p(-p), 1 / shape)
    }

    func upperQuantile(_ q: Double) -> Double {
      scale * DeterministicMath.pow(-DeterministicMath.log(q), 1 / shape)
    }

    func moment(_ order: Int, below x: Double) -> Double {
      guard x > 0 else { return 0 }
      let a = 1 + Double(order) / shape
      return (order == 1 ? scale : scale * scale) * DeterministicMath.gamma(a)
        * IncompleteGamma(a).lower(hazard(x))
    }

    var languageText: String {
      let shape = LanguageText.decimal(shape)
      return switch parameters {
      case .scale(let scale): "weibull(shape=\(shape) scale=\(LanguageText.duration(scale)))"
      case .mean(let mean): "weibull(shape=\(shape) mean=\(LanguageText.duration(mean)))"
      }
    }
  }

  public static func weibull(shape: Double, scale: Double) throws(DistributionError) -> Distribution {
    .weibull(try Weibull(shape: shape, scale: scale))
  }

  public static func weibull(shape: Double, mean: Double) throws(DistributionError) -> Distribution {
    .weibull(try Weibull(shape: shape, mean: mean))
  }
}
