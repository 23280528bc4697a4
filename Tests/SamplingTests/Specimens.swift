import Testing

@testable import Sampling

/// One distribution of each family and of each difficulty: what the property suite runs over.
struct Specimen: Sendable, CustomTestStringConvertible {
  let name: String
  let distribution: Distribution
  let sampler: Sampler
  let exactShare: Double

  var testDescription: String { name }

  /// Whether the distribution function has no jumps, so that it inverts the quantile function.
  var isContinuous: Bool { !["constant", "empirical", "mixture with an atom"].contains(name) }

  static let bank = SamplerBank(distributions.map(\.1))

  static let all: [Specimen] = distributions.enumerated().map { index, entry in
    Specimen(
      name: entry.0, distribution: entry.1, sampler: bank[index], exactShare: bank.exactShare(index))
  }

  static let distributions: [(String, Distribution)] = {
    do {
      return [
        ("constant", try .constant(seconds: 0.04)),
        ("exponential", try .exponential(mean: 0.02)),
        ("lognormal", try .lognormal(p50: 0.012, p99: 0.08)),
        ("lognormal by moments", try .lognormal(mean: 0.012, cv: 1.4)),
        ("weibull of falling hazard", try .weibull(shape: 0.8, mean: 45 * 86_400)),
        ("weibull of rising hazard", try .weibull(shape: 3, scale: 0.5)),
        ("gamma", try .gamma(shape: 2, mean: 0.005)),
        ("gamma of high variance", try .gamma(shape: 0.2, mean: 0.005)),
        ("gamma of low variance", try .gamma(mean: 0.25, cv: 0.05)),
        ("erlang", try .erlang(k: 3, mean: 0.006)),
        ("hyperexponential", try .hyperexponential([(0.3, 0.002), (0.7, 0.02)])),
        ("pareto", try .pareto(shape: 2.5, min: 0.004)),
        ("pareto without mean", try .pareto(shape: 0.8, min: 0.004)),
        ("loglogistic", try .loglogistic(p50: 480, shape: 3)),
        ("uniform", try .uniform(min: 1, max: 5)),
        ("triangular", try .triangular(min: 300, mode: 720, max: 3600)),
        ("empirical", try .empirical([0.003, 0.001, 0.002, 0.010, 0.002])),
        ("mixture", try .mixture([(0.9, .exponential(mean: 0.005)), (0.1, .lognormal(p50: 1, p99: 8))])),
        (
          "mixture with an atom",
          try .mixture([(0.99, .constant(seconds: 0.005)), (0.01, .lognormal(p50: 1, p99: 8))])
        ),
        ("shifted", try .shifted(.exponential(mean: 0.002), by: 0.003)),
        ("truncated", try .truncated(.exponential(mean: 2), max: 10)),
        ("truncated below the median", try .truncated(.lognormal(p50: 2, p99: 9), max: 1)),
      ]
    } catch {
      preconditionFailure("A specimen is invalid: \(error)")
    }
  }()
}
