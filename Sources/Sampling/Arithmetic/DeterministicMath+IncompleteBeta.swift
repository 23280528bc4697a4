extension DeterministicMath {
  /// The regularised incomplete beta function I_x(a, b), for a, b > 0 and x in [0, 1].
  ///
  /// `complement` is 1 - x, given apart so that it need not be rounded.
  public static func incompleteBeta(_ a: Double, _ b: Double, _ x: Double, complement: Double) -> Double {
    if x <= 0 { return 0 }
    if complement <= 0 { return 1 }
    let beta = exp(lgamma(a) + lgamma(b) - lgamma(a + b))
    return x <= (a + 1) / (a + b + 2)
      ? betaIntegral(a, b, x, complement: complement) / beta
      : 1 - betaIntegral(b, a, complement, complement: x) / beta
  }

  /// ∫ t^(a-1) (1-t)^(b-1) dt from 0 to x, for a > 0, any b, and x in (0, 1).
  ///
  /// Lentz's evaluation of the continued fraction of Abramowitz and Stegun, 26.5.8.
  /// - Complexity: O(1) up to x = (a + 1) / (a + b + 2), then growing as `complement` falls.
  static func betaIntegral(_ a: Double, _ b: Double, _ x: Double, complement: Double) -> Double {
    var c = 1.0
    var d = 1 / (1 - (a + b) * x / (a + 1))
    var fraction = d
    var m = 0.0
    while true {
      m += 1
      let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      d = 1 / (1 + even * d)
      c = 1 + even / c
      fraction *= d * c
      let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      d = 1 / (1 + odd * d)
      c = 1 + odd / c
      fraction *= d * c
      if (d * c - 1).magnitude < 0x1p-52 || m > 10_000 { break }
    }
    return pow(x, a) * pow(complement, b) / a * fraction
  }
}
