import CGSL
import Foundation

/// The regularised incomplete beta function I_x(a, b), as logarithms, so that tails of any size keep their digits.
///
/// The continued fraction of DiDonato and Morris, "Algorithm 708", ACM TOMS 18 (1992), by Lentz's method; its
/// factor in front as deviance from the mode times gamma-star functions, which loses nothing at a + b = 1e10.
/// - Complexity: O(sqrt(max(a, b))) near the mean, O(1) in the tails.
public struct RegularizedBeta: Hashable, Sendable {
  /// Above 0.
  public let a: Double
  /// Above 0.
  public let b: Double

  public init(a: Double, b: Double) {
    precondition(a > 0 && b > 0, "the parameters are positive, not \(a) and \(b)")
    self.a = a
    self.b = b
  }

  /// ln I_x(a, b).
  ///
  /// - Parameter x: from 0 to 1.
  public func logLower(_ x: Double) -> Double {
    precondition(x >= 0 && x <= 1, "a probability is from 0 to 1, not \(x)")
    if x == 0 { return -.infinity }
    if x == 1 { return 0 }
    if x * (a + b + 2) < a + 1 { return logTail(x) }
    return log1p(-exp(mirrored.logTail(1 - x)))
  }

  /// ln(1 - I_x(a, b)).
  ///
  /// - Parameter x: from 0 to 1.
  public func logUpper(_ x: Double) -> Double {
    precondition(x >= 0 && x <= 1, "a probability is from 0 to 1, not \(x)")
    if x == 0 { return 0 }
    if x == 1 { return -.infinity }
    if x * (a + b + 2) < a + 1 { return log1p(-exp(logTail(x))) }
    return mirrored.logTail(1 - x, complement: x)
  }

  private var mirrored: RegularizedBeta { RegularizedBeta(a: b, b: a) }

  /// ln I_x(a, b) for an x below the mean.
  private func logTail(_ x: Double, complement: Double? = nil) -> Double {
    let y = complement ?? 1 - x
    let mode = a / (a + b)
    // Whichever of x and y is small is known without loss; the other's ratio is taken from it.
    let deviance =
      x <= y
      ? a * log(x / mode) + b * log1p((mode - x) / (b / (a + b)))
      : a * log1p((y - b / (a + b)) / -mode) + b * log(y / (b / (a + b)))
    let scale = log(a * b / (2 * .pi * (a + b))) / 2
    return deviance + scale + logGammaStar(a + b) - logGammaStar(a) - logGammaStar(b) + log(fraction(x)) - log(a)
  }

  private func fraction(_ x: Double) -> Double {
    let tiny = 1e-300
    func kept(_ value: Double) -> Double { value.magnitude < tiny ? tiny : value }
    var c = 1.0
    var d = 1 / kept(1 - (a + b) * x / (a + 1))
    var result = d
    for m in 1...1_000_000 {
      let m = Double(m)
      let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      d = 1 / kept(1 + even * d)
      c = kept(1 + even / c)
      result *= d * c
      let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      d = 1 / kept(1 + odd * d)
      c = kept(1 + odd / c)
      let change = d * c
      result *= change
      if (change - 1).magnitude < 4 * .ulpOfOne { break }
    }
    return result
  }

  private func logGammaStar(_ x: Double) -> Double {
    guard let value = GSL.checkedValue({ gsl_sf_gammastar_e(x, &$0) }) else {
      preconditionFailure("gamma-star of \(x)")
    }
    return log(value)
  }
}
