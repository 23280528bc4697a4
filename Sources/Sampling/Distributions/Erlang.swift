extension Distribution {
  /// The sum of k independent exponential times of the same mean.
  public struct Erlang: DistributionFamily {
    private let gamma: Gamma
    /// How many exponential phases.
    public let phases: Int

    /// - Parameters:
    ///   - k: from 1 to 10^6.
    ///   - mean: of the sum, in seconds.
    public init(k: Int, mean: Double) throws(DistributionError) {
      try DistributionError.require(k >= 1 && k <= 1_000_000, "k", "must be a whole number from 1 to 10^6")
      phases = k
      gamma = try Gamma(shape: Double(k), mean: mean)
    }

    var mean: Double { gamma.mean }
    var variance: Double { gamma.variance }
    func cdf(_ x: Double) -> Double { gamma.cdf(x) }
    func survival(_ x: Double) -> Double { gamma.survival(x) }
    func density(_ x: Double) -> Double { gamma.density(x) }
    func lowerQuantile(_ p: Double) -> Double { gamma.lowerQuantile(p) }
    func upperQuantile(_ q: Double) -> Double { gamma.upperQuantile(q) }
    func lowerQuantile(_ p: Double, near guess: Double?) -> Double { gamma.lowerQuantile(p, near: guess) }
    func upperQuantile(_ q: Double, near guess: Double?) -> Double { gamma.upperQuantile(q, near: guess) }
    func moment(_ order: Int, below x: Double) -> Double { gamma.moment(order, below: x) }
    var languageText: String { "erlang(k=\(phases) mean=\(LanguageText.duration(mean)))" }
  }

  public static func erlang(k: Int, mean: Double) throws(DistributionError) -> Distribution {
    .erlang(try Erlang(k: k, mean: mean))
  }
}
