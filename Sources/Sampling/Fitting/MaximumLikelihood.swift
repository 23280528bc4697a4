import CGSL

/// The likeliest member of each family for some times. N. L. Johnson, S. Kotz, N. Balakrishnan, Continuous Univariate
/// Distributions, vol. 1, ch. 14, 17, 19 and 21.
struct MaximumLikelihood {
  struct Candidate {
    let name: String
    let distribution: Distribution
    /// Akaike's: twice the number of parameters less twice the logarithm of the likelihood.
    let criterion: Double
  }

  private let samples: [Double]
  private let count: Double
  private let mean: Double
  private let logs: [Double]
  private let logMean: Double
  private let logDeviation: Double

  /// - Parameter samples: in seconds, above 0, not all equal.
  init(_ samples: [Double]) {
    self.samples = samples
    count = Double(samples.count)
    mean = samples.reduce(0, +) / count
    logs = samples.map { DeterministicMath.log($0) }
    let logMean = logs.reduce(0, +) / count
    self.logMean = logMean
    logDeviation = (logs.reduce(0) { $0 + ($1 - logMean) * ($1 - logMean) } / count).squareRoot()
  }

  /// Those that could be fitted; their parameters are rounded after the likelihood was taken.
  var candidates: [Candidate] { [exponential, lognormal, gamma, weibull].compactMap { $0 } }

  private var exponential: Candidate? {
    let logLikelihood = -count * (DeterministicMath.log(mean) + 1)
    return candidate("exponential", logLikelihood, parameters: 1) {
      try .exponential(mean: LanguageText.rounded(mean, digits: 4))
    }
  }

  private var lognormal: Candidate? {
    let logLikelihood = -count * (logMean + DeterministicMath.log(logDeviation) + 0.5 + 0.9189385332046727)
    return candidate("lognormal", logLikelihood, parameters: 2) {
      let upper = DeterministicMath.exp(logMean + logDeviation * DeterministicMath.normalQuantile99)
      return try .lognormal(
        p50: LanguageText.rounded(DeterministicMath.exp(logMean), digits: 4),
        p99: LanguageText.rounded(upper, digits: 4))
    }
  }

  /// ln k - ψ(k) = ln mean - mean of ln, by Newton's method from Minka's approximation.
  private var gamma: Candidate? {
    let gap = DeterministicMath.log(mean) - logMean
    guard gap > 1e-6 else { return nil }
    var shape = (3 - gap + ((gap - 3) * (gap - 3) + 24 * gap).squareRoot()) / (12 * gap)
    for _ in 0..<50 {
      let slope = 1 / shape - gsl_sf_psi_1(shape)
      let step = (DeterministicMath.log(shape) - gsl_sf_psi(shape) - gap) / slope
      shape = max(shape - step, 0.1 * shape)
      if step.magnitude < 1e-12 * shape { break }
    }
    let rate = shape / mean
    let logLikelihood =
      count
      * (shape * DeterministicMath.log(rate) - DeterministicMath.lgamma(shape) + (shape - 1) * logMean - shape)
    return candidate("gamma", logLikelihood, parameters: 2) {
      try .gamma(
        shape: LanguageText.rounded(number: shape, digits: 4), mean: LanguageText.rounded(mean, digits: 4))
    }
  }

  /// Σ x^k ln x / Σ x^k - 1/k = mean of ln, by halving: the left side increases with k.
  private var weibull: Candidate? {
    // Relative to the greatest, so that no power overflows.
    let scaled = logs.map { $0 - logs[logs.count - 1] }
    let scaledMean = scaled.reduce(0, +) / count
    func powers(_ shape: Double) -> (sum: Double, weighted: Double) {
      scaled.reduce((0, 0)) {
        let power = DeterministicMath.exp(shape * $1)
        return ($0.0 + power, $0.1 + power * $1)
      }
    }
    var (low, high) = (1e-3, 1e6)
    for _ in 0..<100 {
      let shape = (low * high).squareRoot()
      let (sum, weighted) = powers(shape)
      if weighted / sum - 1 / shape < scaledMean { low = shape } else { high = shape }
      if high - low < 1e-12 * low { break }
    }
    let shape = (low * high).squareRoot()
    let logScale = DeterministicMath.log(powers(shape).sum / count) / shape + logs[logs.count - 1]
    let logLikelihood =
      count * (DeterministicMath.log(shape) - shape * logScale + (shape - 1) * logMean - 1)
    return candidate("weibull", logLikelihood, parameters: 2) {
      try .weibull(
        shape: LanguageText.rounded(number: shape, digits: 4),
        mean: LanguageText.rounded(
          DeterministicMath.exp(logScale) * DeterministicMath.gamma(1 + 1 / shape), digits: 4))
    }
  }

  private func candidate(
    _ name: String, _ logLikelihood: Double, parameters: Int, _ make: () throws -> Distribution
  ) -> Candidate? {
    guard logLikelihood.isFinite, let distribution = try? make() else { return nil }
    return Candidate(
      name: name, distribution: distribution, criterion: 2 * Double(parameters) - 2 * logLikelihood)
  }
}
