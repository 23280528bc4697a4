/// The time from an arbitrary moment to the next renewal of a process that has always been running.
///
/// Its distribution function is the integral of the survival function over the mean:
/// F_e(x) = (x P(X > x) + E[X; X <= x]) / E[X]. W. Feller, An Introduction to Probability Theory and Its
/// Applications, vol. 2, XI.4.
public struct EquilibriumResidual: Hashable, Sendable {
  public let distribution: Distribution
  private let mean: Double

  /// - Throws: where the mean is 0 or infinite, since then there is no equilibrium.
  public init(_ distribution: Distribution) throws(DistributionError) {
    let mean = distribution.mean
    try DistributionError.require(mean > 0 && mean.isFinite, "mean", "must be above 0 and finite")
    self.distribution = distribution
    self.mean = mean
  }

  /// P(residual life <= `seconds`).
  public func cdf(_ seconds: Double) -> Double {
    guard seconds > 0 else { return 0 }
    return min(1, (seconds * distribution.survival(seconds) + distribution.moment(1, below: seconds)) / mean)
  }

  /// The x in seconds with cdf(x) = p, for p in [0, 1).
  ///
  /// Newton's method from 0: the function is concave, so that the steps approach the solution from below.
  public func quantile(_ p: Double) -> Double {
    precondition(p >= 0 && p < 1, "A quantile is asked for at \(p), outside [0, 1).")
    if case .exponential = distribution { return distribution.quantile(p) }
    var x = p * mean
    for _ in 0..<1000 {
      let missing = p - cdf(x)
      let survival = distribution.survival(x)
      guard missing > 0, survival > 0 else { break }
      let next = x + missing * mean / survival
      if next - x <= 0x1p-51 * x { break }
      x = next
    }
    return x
  }
}
