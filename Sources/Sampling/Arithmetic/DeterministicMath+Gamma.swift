extension DeterministicMath {
  /// ln Γ(x) for x > 0; infinity at 0.
  public static func lgamma(_ x: Double) -> Double {
    guard x > 0 else { return x == 0 ? .infinity : .nan }
    if x >= 12 { return (x - 0.5) * log(x) - x + 0.9189385332046727 + stirlingRest(x) }
    if x < 0.5 { return logGammaNearTwo(x) - log1p(x) - log(x) }
    if x < 1.5 { return logGammaNearTwo(x - 1) - log1p(x - 1) }
    var product = 1.0
    var shifted = x
    while shifted > 2.5 {
      shifted -= 1
      product *= shifted
    }
    return logGammaNearTwo(shifted - 2) + log(product)
  }

  /// Γ(x) for x > 0; infinity above 171.62.
  public static func gamma(_ x: Double) -> Double {
    guard x > 0 else { return x == 0 ? .infinity : .nan }
    guard x < 172 else { return .infinity }
    if x < 12 {
      var product = 1.0
      var shifted = x
      while shifted > 2.5 {
        shifted -= 1
        product *= shifted
      }
      while shifted < 1.5 {
        product /= shifted
        shifted += 1
      }
      return product * exp(logGammaNearTwo(shifted - 2))
    }
    let root = pow(x, 0.5 * x - 0.25)
    return root * (exp(-x) * 2.5066282746310002) * exp(stirlingRest(x)) * root
  }

  /// ln Γ(x) - ((x - ½) ln x - x + ½ ln 2π), for x >= 12: Stirling's series.
  static func stirlingRest(_ x: Double) -> Double {
    let z = 1 / (x * x)
    var sum = 43867.0 / 244188
    sum = sum * z - 3617.0 / 122400
    sum = sum * z + 1.0 / 156
    sum = sum * z - 691.0 / 360360
    sum = sum * z + 1.0 / 1188
    sum = sum * z - 1.0 / 1680
    sum = sum * z + 1.0 / 1260
    sum = sum * z - 1.0 / 360
    sum = sum * z + 1.0 / 12
    return sum / x
  }

  /// ln Γ(2 + z) for |z| <= 0.5: (1 - γ) z + Σ (-1)^k (ζ(k) - 1) z^k / k. Abramowitz and Stegun, 6.1.33.
  private static func logGammaNearTwo(_ z: Double) -> Double {
    var sum = 0.0
    for coefficient in zetaSeries { sum = sum * z + coefficient }
    return z * (0.42278433509846713939 + z * sum)
  }

  /// (-1)^k (ζ(k) - 1) / k for k from 30 down to 2.
  private static let zetaSeries: [Double] = [
    3.10442477473222728e-11,
    -6.42296456383810002e-11,
    1.33047643742444895e-10,
    -2.75952288512423315e-10,
    5.73136724167886201e-10,
    -1.19214014058609121e-9,
    2.48367454380247832e-9,
    -5.18347504197004666e-9,
    1.08386592148969541e-8,
    -2.27110946089431649e-8,
    4.76981016936398057e-8,
    -1.00432248239680996e-7,
    2.12071848055546659e-7,
    -4.49246919876456604e-7,
    9.55141213040741983e-7,
    -2.03921575380136624e-6,
    4.3748667899074878e-6,
    -9.4394882752683959e-6,
    0.0000205072127756706916,
    -0.0000449262367381331417,
    0.0000994575127818085337,
    -0.00022315475845357938,
    0.000509669524743042422,
    -0.00119275391170326098,
    0.00289051033074152329,
    -0.00738555102867398527,
    0.0205808084277845479,
    -0.0673523010531980951,
    0.322467033424113218,
  ]
}
