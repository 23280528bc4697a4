extension Distribution {
  /// The exponential of a normal distribution: X = median · e^(sigma Z).
  public struct Lognormal: DistributionFamily {
    /// How the distribution was given, which is how it is written.
    enum Parameters: Hashable, Sendable {
      case quantiles(p50: Double, p99: Double)
      case moments(mean: Double, cv: Double)
    }

    let parameters: Parameters
    /// The quantile at 0.5, in seconds: e^mu.
    public let median: Double
    /// The standard deviation of ln X; above 0.
    public let sigma: Double

    /// From the quantiles at 0.5 and 0.99, in seconds; `p99` must exceed `p50`.
    public init(p50: Double, p99: Double) throws(DistributionError) {
      try DistributionError.requirePositive(p50, "p50")
      try DistributionError.require(p99 > p50 && p99.isFinite, "p99", "must be above p50")
      let sigma = DeterministicMath.log(p99 / p50) / DeterministicMath.normalQuantile99
      try DistributionError.require(sigma > 0 && sigma.isFinite, "p99", "must be further above p50")
      parameters = .quantiles(p50: p50, p99: p99)
      median = p50
      self.sigma = sigma
    }

    /// From the mean in seconds and the coefficient of variation.
    public init(mean: Double, cv: Double) throws(DistributionError) {
      try DistributionError.requirePositive(mean, "mean")
      try DistributionError.requirePositive(cv, "cv")
      let sigma = DeterministicMath.log1p(cv * cv).squareRoot()
      try DistributionError.require(sigma > 0 && sigma.isFinite, "cv", "must be a moderate number")
      parameters = .moments(mean: mean, cv: cv)
      median = mean / (1 + cv * cv).squareRoot()
      self.sigma = sigma
    }

    /// From the mean and the standard deviation of ln X, X being in seconds.
    public init(mu: Double, sigma: Double) throws(DistributionError) {
      try DistributionError.require(mu.isFinite, "mu", "must be finite")
      try DistributionError.requirePositive(sigma, "sigma")
      let p99 = DeterministicMath.exp(mu + sigma * DeterministicMath.normalQuantile99)
      try self.init(p50: DeterministicMath.exp(mu), p99: p99)
    }

    /// The mean of ln X, X being in seconds.
    public var mu: Double { DeterministicMath.log(median) }

    var mean: Double {
      switch parameters {
      case .quantiles: median * DeterministicMath.exp(0.5 * sigma * sigma)
      case .moments(let mean, _): mean
      }
    }

    var variance: Double { mean * mean * DeterministicMath.expm1(sigma * sigma) }

    private func standardised(_ x: Double) -> Double { DeterministicMath.log(x / median) / sigma }

    func cdf(_ x: Double) -> Double { x > 0 ? DeterministicMath.normalCDF(standardised(x)) : 0 }

    func survival(_ x: Double) -> Double { x > 0 ? DeterministicMath.normalSurvival(standardised(x)) : 1 }

    func density(_ x: Double) -> Double {
      guard x > 0 else { return 0 }
      let z = standardised(x)
      return DeterministicMath.exp(-0.5 * z * z) * 0.3989422804014327 / (sigma * x)
    }

    func lowerQuantile(_ p: Double) -> Double {
      median * DeterministicMath.exp(-sigma * DeterministicMath.normalUpperQuantile(p))
    }

    func upperQuantile(_ q: Double) -> Double {
      median * DeterministicMath.exp(sigma * DeterministicMath.normalUpperQuantile(q))
    }

    func moment(_ order: Int, below x: Double) -> Double {
      guard x > 0 else { return 0 }
      let k = Double(order)
      let whole = (order == 1 ? median : median * median) * DeterministicMath.exp(0.5 * k * k * sigma * sigma)
      return whole * DeterministicMath.normalCDF(standardised(x) - k * sigma)
    }

    var languageText: String {
      switch parameters {
      case .quantiles(let p50, let p99):
        "lognormal(p50=\(LanguageText.duration(p50)) p99=\(LanguageText.duration(p99)))"
      case .moments(let mean, let cv):
        "lognormal(mean=\(LanguageText.duration(mean)) cv=\(LanguageText.decimal(cv)))"
      }
    }
  }

  public static func lognormal(p50: Double, p99: Double) throws(DistributionError) -> Distribution {
    .lognormal(try Lognormal(p50: p50, p99: p99))
  }

  public static func lognormal(mean: Double, cv: Double) throws(DistributionError) -> Distribution {
    .lognormal(try Lognormal(mean: mean, cv: cv))
  }
}
