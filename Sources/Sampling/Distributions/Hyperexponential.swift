extension Distribution {
  /// One of several exponential times, chosen by chance.
  public struct Hyperexponential: DistributionFamily {
    public struct Branch: Hashable, Sendable {
      public let probability: Double
      /// In seconds.
      public let mean: Double

      public init(probability: Double, mean: Double) {
        self.probability = probability
        self.mean = mean
      }
    }

    public let branches: [Branch]
    private let mixture: Mixture

    /// - Parameter branches: their probabilities sum to 1 to within 1e-9.
    public init(_ branches: [Branch]) throws(DistributionError) {
      var components: [Mixture.Component] = []
      for branch in branches {
        let exponential = try Distribution.exponential(mean: branch.mean)
        components.append(Mixture.Component(probability: branch.probability, distribution: exponential))
      }
      self.branches = branches
      mixture = try Mixture(components)
    }

    var mean: Double { mixture.mean }
    var variance: Double { mixture.variance }
    func cdf(_ x: Double) -> Double { mixture.cdf(x) }
    func survival(_ x: Double) -> Double { mixture.survival(x) }
    func density(_ x: Double) -> Double { mixture.density(x) }
    func lowerQuantile(_ p: Double) -> Double { mixture.lowerQuantile(p) }
    func upperQuantile(_ q: Double) -> Double { mixture.upperQuantile(q) }
    func lowerQuantile(_ p: Double, near guess: Double?) -> Double { mixture.lowerQuantile(p, near: guess) }
    func upperQuantile(_ q: Double, near guess: Double?) -> Double { mixture.upperQuantile(q, near: guess) }
    func moment(_ order: Int, below x: Double) -> Double { mixture.moment(order, below: x) }

    var languageText: String {
      let parts = branches.map { "\(LanguageText.probability($0.probability))=\(LanguageText.duration($0.mean))" }
      return "hyperexponential(\(parts.joined(separator: " ")))"
    }
  }

  public static func hyperexponential(
    _ branches: [(probability: Double, mean: Double)]
  ) throws(DistributionError) -> Distribution {
    .hyperexponential(
      try Hyperexponential(branches.map { Hyperexponential.Branch(probability: $0.probability, mean: $0.mean) }))
  }
}
