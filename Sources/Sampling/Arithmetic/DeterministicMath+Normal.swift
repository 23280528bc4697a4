extension DeterministicMath {
  /// The quantile of the standard normal distribution at 0.99.
  public static let normalQuantile99 = 2.326347874040841

  /// P(Z <= x) for a standard normal Z; the relative accuracy holds in the lower tail too.
  public static func normalCDF(_ x: Double) -> Double {
    if x > 0.67448975 { return 1 - normalUpperTail(x) }
    if x < -0.67448975 { return normalUpperTail(-x) }
    return 0.5 + normalCentre(x)
  }

  /// P(Z > x) for a standard normal Z; the relative accuracy holds in the upper tail too.
  public static func normalSurvival(_ x: Double) -> Double { normalCDF(-x) }

  /// The x with P(Z <= x) = p for a standard normal Z; -infinity at 0, infinity at 1.
  public static func normalQuantile(_ p: Double) -> Double {
    p <= 0.5 ? -normalUpperQuantile(p) : normalUpperQuantile(1 - p)
  }

  /// The x >= 0 with P(Z > x) = q, for q from 0 to 0.5.
  ///
  /// Algorithm AS 241, PPND16: M. J. Wichura, "The percentage points of the normal distribution",
  /// Applied Statistics 37 (1988); relative error about 1e-16.
  public static func normalUpperQuantile(_ q: Double) -> Double {
    guard q > 0 else { return q == 0 ? .infinity : .nan }
    let centred = 0.5 - q
    if centred <= 0.425 {
      let r = 0.180625 - centred * centred
      var n = 2.5090809287301226727e3 * r + 3.3430575583588128105e4
      n = n * r + 6.7265770927008700853e4
      n = n * r + 4.5921953931549871457e4
      n = n * r + 1.3731693765509461125e4
      n = n * r + 1.9715909503065514427e3
      n = n * r + 1.3314166789178437745e2
      n = n * r + 3.3871328727963666080e0
      var d = 5.2264952788528545610e3 * r + 2.8729085735721942674e4
      d = d * r + 3.9307895800092710610e4
      d = d * r + 2.1213794301586595867e4
      d = d * r + 5.3941960214247511077e3
      d = d * r + 6.8718700749205790830e2
      d = d * r + 4.2313330701600911252e1
      d = d * r + 1
      return centred * n / d
    }
    let root = (-log(q)).squareRoot()
    if root <= 5 {
      let r = root - 1.6
      var n = 7.74545014278341407640e-4 * r + 2.27238449892691845833e-2
      n = n * r + 2.41780725177450611770e-1
      n = n * r + 1.27045825245236838258e0
      n = n * r + 3.64784832476320460504e0
      n = n * r + 5.76949722146069140550e0
      n = n * r + 4.63033784615654529590e0
      n = n * r + 1.42343711074968357734e0
      var d = 1.05075007164441684324e-9 * r + 5.47593808499534494600e-4
      d = d * r + 1.51986665636164571966e-2
      d = d * r + 1.48103976427480074590e-1
      d = d * r + 6.89767334985100004550e-1
      d = d * r + 1.67638483018380384940e0
      d = d * r + 2.05319162663775882187e0
      d = d * r + 1
      return n / d
    }
    let r = root - 5
    var n = 2.01033439929228813265e-7 * r + 2.71155556874348757815e-5
    n = n * r + 1.24266094738807843860e-3
    n = n * r + 2.65321895265761230930e-2
    n = n * r + 2.96560571828504891230e-1
    n = n * r + 1.78482653991729133580e0
    n = n * r + 5.46378491116411436990e0
    n = n * r + 6.65790464350110377720e0
    var d = 2.04426310338993978564e-15 * r + 1.42151175831644588870e-7
    d = d * r + 1.84631831751005468180e-5
    d = d * r + 7.86869131145613259100e-4
    d = d * r + 1.48753612908506148525e-2
    d = d * r + 1.36929880922735805310e-1
    d = d * r + 5.99832206555887937690e-1
    d = d * r + 1
    return n / d
  }

  /// P(0 < Z <= x) for |x| <= 0.67448975.
  ///
  /// W. J. Cody, "Rational Chebyshev approximations for the error function", Mathematics of Computation 23
  /// (1969), written for the normal distribution; so is the middle of `normalUpperTail`.
  private static func normalCentre(_ x: Double) -> Double {
    let z = x * x
    var n = 0.065682337918207449113 * z + 2.2352520354606839287
    n = n * z + 161.02823106855587881
    n = n * z + 1067.6894854603709582
    n = n * z + 18154.981253343561249
    var d = z + 47.20258190468824187
    d = d * z + 976.09855173777669322
    d = d * z + 10260.932208618978205
    d = d * z + 45507.789335026729956
    return x * n / d
  }

  /// P(Z > x) for x >= 0.67448975. Far out, Laplace's continued fraction of Mills's ratio.
  private static func normalUpperTail(_ x: Double) -> Double {
    // The square is taken in two parts, so that its rounding does not reach the exponential.
    let coarse = (x * 16).rounded(.towardZero) / 16
    let density = exp(-0.5 * coarse * coarse) * exp(-0.5 * (x - coarse) * (x + coarse))
    guard density > 0 else { return 0 }
    if x < 5.65 {
      var n = 1.0765576773720192317e-8 * x + 0.39894151208813466764
      n = n * x + 8.8831497943883759412
      n = n * x + 93.506656132177855979
      n = n * x + 597.27027639480026226
      n = n * x + 2494.5375852903726711
      n = n * x + 6848.1904505362823326
      n = n * x + 11602.651437647350124
      n = n * x + 9842.7148383839780218
      var d = x + 22.266688044328115691
      d = d * x + 235.38790178262499861
      d = d * x + 1519.377599407554805
      d = d * x + 6485.558298266760755
      d = d * x + 18615.571640885098091
      d = d * x + 34900.952721145977266
      d = d * x + 38912.003286093271411
      d = d * x + 19685.429676859990727
      return density * n / d
    }
    var fraction = x
    for k in stride(from: 40.0, through: 1, by: -1) { fraction = x + k / fraction }
    return density * 0.3989422804014327 / fraction
  }
}
