extension Distribution {
  /// One of several distributions, chosen by chance.
  public struct Mixture: DistributionFamily {
    public struct Component: Hashable, Sendable {
      public let probability: Double
      public let distribution: Distribution

      public init(probability: Double, distribution: Distribution) {
        self.probability = probability
        self.distribution = distribution
      }
    }

    public let components: [Component]
    /// The components that can occur, their probabilities scaled to sum to 1.
    private let parts: [Component]

    /// - Parameter components: their probabilities sum to 1 to within 1e-9.
    public init(_ components: [Component]) throws(DistributionError) {
      let weights = try DistributionError.weights(components.map(\.probability))
      self.components = components
      parts = zip(weights, components)
        .filter { $0.0 > 0 }
        .map { Component(probability: $0.0, distribution: $0.1.distribution) }
    }

    private func weighted(_ value: (Distribution) -> Double) -> Double {
      parts.reduce(0) { $0 + $1.probability * value($1.distribution) }
    }

    var mean: Double { weighted(\.mean) }

    var variance: Double {
      let mean = mean
      guard mean.isFinite else { return .infinity }
      return weighted { $0.variance + ($0.mean - mean) * ($0.mean - mean) }
    }

    func cdf(_ x: Double) -> Double { min(1, weighted { $0.cdf(x) }) }

    func survival(_ x: Double) -> Double { min(1, weighted { $0.survival(x) }) }

    func density(_ x: Double) -> Double { weighted { $0.density(x) } }

    func moment(_ order: Int, below x: Double) -> Double { weighted { $0.moment(order, below: x) } }

    func lowerQuantile(_ p: Double) -> Double { lowerQuantile(p, near: nil) }

    func upperQuantile(_ q: Double) -> Double { upperQuantile(q, near: nil) }

    func lowerQuantile(_ p: Double, near guess: Double?) -> Double {
      guard p > 0 else { return parts.map { $0.distribution.quantile(0) }.reduce(.infinity, min) }
      return MonotoneEquation.leastSolution(
        between: parts.map { $0.distribution.quantile(p) }, near: guess, scale: p
      ) { (cdf($0) - p, density($0)) }
    }

    func upperQuantile(_ q: Double, near guess: Double?) -> Double {
      MonotoneEquation.leastSolution(
        between: parts.map { $0.distribution.upperQuantile(q) }, near: guess, scale: q
      ) { (q - survival($0), density($0)) }
    }

    var languageText: String {
      let parts = components.map {
        "\(LanguageText.probability($0.probability))=\($0.distribution.languageText)"
      }
      return "mixture(\(parts.joined(separator: " ")))"
    }
  }

  public static func mixture(
    _ components: [(probability: Double, distribution: Distribution)]
  ) throws(DistributionError) -> Distribution {
    .mixture(
      try Mixture(components.map { Mixture.Component(probability: $0.probability, distribution: $0.distribution) }))
  }
}
