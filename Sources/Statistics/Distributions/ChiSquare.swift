import CGSL

/// The chi-square distribution.
public struct ChiSquare: Hashable, Sendable {
  /// At least 1.
  public let degreesOfFreedom: Double

  public init(degreesOfFreedom: Double) {
    precondition(degreesOfFreedom >= 1, "degrees of freedom are at least 1, not \(degreesOfFreedom)")
    self.degreesOfFreedom = degreesOfFreedom
  }

  /// P(X <= x).
  public func cdf(_ x: Double) -> Double {
    guard x > 0 else { return 0 }
    guard let p = GSL.value({ gsl_cdf_chisq_P(x, degreesOfFreedom) }) else {
      preconditionFailure("chi-square CDF at \(x) with \(degreesOfFreedom) degrees of freedom")
    }
    return p
  }

  /// P(X > x), without the loss of digits of 1 - cdf(x).
  public func upperTail(_ x: Double) -> Double {
    guard x > 0 else { return 1 }
    guard let p = GSL.value({ gsl_cdf_chisq_Q(x, degreesOfFreedom) }) else {
      preconditionFailure("chi-square tail at \(x) with \(degreesOfFreedom) degrees of freedom")
    }
    return p
  }

  /// The x with P(X <= x) = `p`.
  ///
  /// GSL's own inverse fails from 100,000 degrees of freedom on; from 10,000 on this is the expansion of
  /// E. A. Cornish and R. A. Fisher, Technometrics 2 (1960), up to the fifth power of the normal quantile, which
  /// is good to eleven digits there.
  /// - Parameter p: strictly between 0 and 1.
  public func quantile(_ p: Double) -> Double {
    precondition(p > 0 && p < 1, "a probability between 0 and 1, not \(p)")
    if degreesOfFreedom >= 10_000 { return expansion(at: StandardNormal.quantile(p)) }
    guard let x = GSL.value({ gsl_cdf_chisq_Pinv(p, degreesOfFreedom) }) else {
      preconditionFailure("chi-square quantile of \(p) with \(degreesOfFreedom) degrees of freedom")
    }
    return x
  }

  private func expansion(at z: Double) -> Double {
    let v = degreesOfFreedom
    let root = (2 * v).squareRoot()
    let square = z * z
    let third = z * (square - 7) / (9 * root)
    let fourth = (32 - square * (6 * square + 14)) / (405 * v)
    let fifth = z * (square * (9 * square + 256) - 433) / (4_860 * v * root)
    return v + z * root + 2 * (square - 1) / 3 + third + fourth + fifth
  }
}
