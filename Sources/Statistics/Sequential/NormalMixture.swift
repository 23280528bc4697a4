import Foundation

/// A boundary that a sum of independent, centred, sub-Gaussian variables crosses at any time at all with a
/// probability of at most α: looking at it often costs nothing.
///
/// S. R. Howard, A. Ramdas, J. McAuliffe and J. Sekhon, "Time-uniform, nonparametric, nonasymptotic confidence
/// sequences", Annals of Statistics 49 (2021), 3.2: the mixture of likelihood ratios over a normal distribution of
/// the drift with precision ρ (half-normal if one-sided).
public struct NormalMixture: Hashable, Sendable {
  public enum Sides: Hashable, Sendable { case one, two }

  public let sides: Sides
  /// Strictly between 0 and 1.
  public let alpha: Double
  /// Above 0; the sum's variance at which the boundary is tightest is about 8 ρ for α = 5%.
  public let rho: Double

  /// The boundary that is tightest where the sum's variance is `optimalVariance`.
  ///
  /// - Parameter optimalVariance: above 0, chosen before looking at data.
  public init(_ sides: Sides, alpha: Double, optimalVariance: Double) {
    precondition(alpha > 0 && alpha < 1, "α is between 0 and 1, not \(alpha)")
    precondition(optimalVariance > 0, "a variance is positive, not \(optimalVariance)")
    self.sides = sides
    self.alpha = alpha
    // Section 3.5 of the paper; the one-sided optimum is close to the two-sided one at 2α.
    let information = -2 * log(sides == .two ? alpha : 2 * alpha)
    rho = optimalVariance / (information + log1p(information))
  }

  /// The boundary of the sum at its variance `variance`, zero or more.
  public func boundary(atVariance variance: Double) -> Double {
    precondition(variance >= 0, "a variance is zero or more, not \(variance)")
    let total = variance + rho
    let twoSided = (total * (log(total / rho) - 2 * log(alpha))).squareRoot()
    switch sides {
    case .two: return twoSided
    case .one:
      let found = RootSearch.root(in: 0...twoSided) { sum in
        let tail = log(StandardNormal.cdf(sum / total.squareRoot()))
        return log(4 * rho / total) / 2 + sum * sum / (2 * total) + tail + log(alpha)
      }
      return found ?? 0
    }
  }
}
