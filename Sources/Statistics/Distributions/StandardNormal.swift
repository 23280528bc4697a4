import CGSL

/// The normal distribution with mean 0 and variance 1.
public enum StandardNormal {
  /// P(Z <= x).
  public static func cdf(_ x: Double) -> Double {
    guard let p = GSL.value({ gsl_cdf_ugaussian_P(x) }) else { preconditionFailure("normal CDF at \(x)") }
    return p
  }

  /// P(Z > x), without the loss of digits of 1 - cdf(x).
  public static func upperTail(_ x: Double) -> Double { cdf(-x) }

  /// The x with P(Z <= x) = `p`.
  ///
  /// - Parameter p: between 0 and 1; the ends give the infinities.
  public static func quantile(_ p: Double) -> Double {
    precondition(p >= 0 && p <= 1, "a probability is from 0 to 1, not \(p)")
    if p == 0 { return -.infinity }
    if p == 1 { return .infinity }
    guard let x = GSL.value({ gsl_cdf_ugaussian_Pinv(p) }) else { preconditionFailure("normal quantile of \(p)") }
    return x
  }
}
