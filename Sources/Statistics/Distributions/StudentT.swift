import CGSL

/// Student's t distribution.
public struct StudentT: Hashable, Sendable {
  /// Above 0; n - 1 for the mean of n values.
  public let degreesOfFreedom: Double

  public init(degreesOfFreedom: Double) {
    precondition(degreesOfFreedom > 0, "degrees of freedom are positive, not \(degreesOfFreedom)")
    self.degreesOfFreedom = degreesOfFreedom
  }

  /// The distribution of the studentised mean of `count` values, two or more.
  init(meanOf count: Int) { self.init(degreesOfFreedom: Double(count - 1)) }

  /// P(T <= x).
  public func cdf(_ x: Double) -> Double { upperTail(-x) }

  /// P(T > x), without the loss of digits of 1 - cdf(x).
  public func upperTail(_ x: Double) -> Double {
    if x.isInfinite { return x > 0 ? 0 : 1 }
    guard let p = GSL.value({ gsl_cdf_tdist_Q(x, degreesOfFreedom) }) else {
      preconditionFailure("t tail at \(x) with \(degreesOfFreedom) degrees of freedom")
    }
    return p
  }

  /// The x with P(T <= x) = `p`.
  ///
  /// - Parameter p: strictly between 0 and 1.
  public func quantile(_ p: Double) -> Double {
    precondition(p > 0 && p < 1, "a probability between 0 and 1, not \(p)")
    guard let x = GSL.value({ gsl_cdf_tdist_Pinv(p, degreesOfFreedom) }) else {
      preconditionFailure("t quantile of \(p) with \(degreesOfFreedom) degrees of freedom")
    }
    return x
  }

  /// The x with P(-x <= T <= x) = `confidence`.
  public func twoSidedQuantile(_ confidence: Double) -> Double { quantile((1 + confidence) / 2) }

  /// P(|T| >= |x|).
  public func twoSidedTail(_ x: Double) -> Double { min(1, 2 * upperTail(x.magnitude)) }
}
