/// A distribution of times, all in seconds and 0 or more.
///
/// To add one: a file beside `Distributions/Weibull.swift`, a case here, and a line in `family`.
public enum Distribution: Hashable, Sendable {
  case constant(Constant)
  case exponential(Exponential)
  case lognormal(Lognormal)
  case weibull(Weibull)
  case gamma(Gamma)
  case erlang(Erlang)
  case hyperexponential(Hyperexponential)
  case pareto(Pareto)
  case loglogistic(Loglogistic)
  case uniform(Uniform)
  case triangular(Triangular)
  case empirical(Empirical)
  case mixture(Mixture)
  indirect case shifted(Shifted)
  indirect case truncated(Truncated)

  var family: any DistributionFamily {
    switch self {
    case .constant(let family): family
    case .exponential(let family): family
    case .lognormal(let family): family
    case .weibull(let family): family
    case .gamma(let family): family
    case .erlang(let family): family
    case .hyperexponential(let family): family
    case .pareto(let family): family
    case .loglogistic(let family): family
    case .uniform(let family): family
    case .triangular(let family): family
    case .empirical(let family): family
    case .mixture(let family): family
    case .shifted(let family): family
    case .truncated(let family): family
    }
  }

  /// The mean in seconds; infinity where there is none, as for a Pareto distribution of shape 1 or less.
  public var mean: Double { family.mean }

  /// The variance in seconds²; infinity where there is none.
  public var variance: Double { family.variance }

  /// P(X <= `seconds`).
  public func cdf(_ seconds: Double) -> Double { family.cdf(seconds) }

  /// P(X > `seconds`), accurate relative to itself in the upper tail.
  public func survival(_ seconds: Double) -> Double { family.survival(seconds) }

  /// The density at `seconds`, per second; what is concentrated in points has none.
  public func density(_ seconds: Double) -> Double { family.density(seconds) }

  /// The least x in seconds with P(X <= x) >= p, for p in [0, 1); at 0 the lower end of the support.
  public func quantile(_ p: Double) -> Double { quantile(p, near: nil) }

  /// quantile(1 - q) without the rounding of 1 - q, for q in (0, 1].
  public func upperQuantile(_ q: Double) -> Double { upperQuantile(q, near: nil) }

  func quantile(_ p: Double, near guess: Double?) -> Double { family.quantile(p, near: guess) }

  func upperQuantile(_ q: Double, near guess: Double?) -> Double { family.quantileAbove(q, near: guess) }

  /// E[X^order; X <= seconds]: what the part of the distribution up to `seconds` adds to the moment.
  func moment(_ order: Int, below seconds: Double) -> Double { family.moment(order, below: seconds) }

  /// The distribution in the model language, such as `lognormal(p50=12ms p99=80ms)`.
  public var languageText: String { family.languageText }
}
