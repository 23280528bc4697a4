extension Distribution {
  /// The gamma distribution; for a whole shape k the sum of k exponential times.
  public struct Gamma: DistributionFamily {
    /// How the distribution was given, which is how it is written.
    enum Parameters: Hashable, Sendable {
      case shape(Double)
      case cv(Double)
    }

    let parameters: Parameters
    /// In seconds.
    public let mean: Double
    private let function: IncompleteGamma

    /// - Parameters:
    ///   - shape: from 0.001 to 10^6.
    ///   - mean: in seconds.
    public init(shape: Double, mean: Double) throws(DistributionError) {
      try DistributionError.require(shape >= 0.001 && shape <= 1e6, "shape", "must be from 0.001 to 10^6")
      try DistributionError.requirePositive(mean, "mean")
      parameters = .shape(shape)
      function = IncompleteGamma(shape)
      self.mean = mean
    }

    /// From the mean in seconds and the coefficient of variation, from 0.001 to 31.
    public init(mean: Double, cv: Double) throws(DistributionError) {
      try DistributionError.requirePositive(mean, "mean")
      try DistributionError.require(cv >= 0.001 && cv <= 31, "cv", "must be from 0.001 to 31")
      parameters = .cv(cv)
      function = IncompleteGamma(1 / (cv * cv))
      self.mean = mean
    }

    public var shape: Double { function.a }

    private var scale: Double { mean / shape }

    var variance: Double { mean * scale }

    func cdf(_ x: Double) -> Double { function.lower(x / scale) }

    func survival(_ x: Double) -> Double { function.upper(x / scale) }

    func density(_ x: Double) -> Double {
      x > 0 ? function.weight(x / scale) * shape / x : 0
    }

    func lowerQuantile(_ p: Double) -> Double { lowerQuantile(p, near: nil) }

    func upperQuantile(_ q: Double) -> Double { upperQuantile(q, near: nil) }

    func lowerQuantile(_ p: Double, near guess: Double?) -> Double {
      scale * function.inverse(lower: p, near: guess.map { $0 / scale })
    }

    func upperQuantile(_ q: Double, near guess: Double?) -> Double {
      scale * function.inverse(upper: q, near: guess.map { $0 / scale })
    }

    func moment(_ order: Int, below x: Double) -> Double {
      let k = Double(order)
      return (order == 1 ? mean : mean * mean * (1 + 1 / shape))
        * IncompleteGamma(shape + k).lower(x / scale)
    }

    var languageText: String {
      switch parameters {
      case .shape(let shape): "gamma(shape=\(LanguageText.decimal(shape)) mean=\(LanguageText.duration(mean)))"
      case .cv(let cv): "gamma(mean=\(LanguageText.duration(mean)) cv=\(LanguageText.decimal(cv)))"
      }
    }
  }

  public static func gamma(shape: Double, mean: Double) throws(DistributionError) -> Distribution {
    .gamma(try Gamma(shape: shape, mean: mean))
  }

  public static func gamma(mean: Double, cv: Double) throws(DistributionError) -> Distribution {
    .gamma(try Gamma(mean: mean, cv: cv))
  }
}
