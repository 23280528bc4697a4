/// The regularised incomplete gamma functions P(a, x) and Q(a, x) = 1 - P(a, x) for one a, and their inverses.
public struct IncompleteGamma: Hashable, Sendable {
  /// The shape, above 0.
  public let a: Double
  /// Γ(a + 1) below a = 12, else √(2πa) e^(the rest of Stirling's series).
  private let normaliser: Double

  public init(_ a: Double) {
    precondition(a > 0, "The incomplete gamma function needs a shape above 0, not \(a).")
    self.a = a
    normaliser =
      a < 12
      ? DeterministicMath.gamma(a + 1)
      : 2.5066282746310002 * a.squareRoot() * DeterministicMath.exp(DeterministicMath.stirlingRest(a))
  }

  public func lower(_ x: Double) -> Double { evaluate(x).lower }
  public func upper(_ x: Double) -> Double { evaluate(x).upper }

  /// x^a e^-x / Γ(a + 1): the density of ln X over a.
  ///
  /// For large a by the saddle point: C. Loader, "Fast and accurate computation of binomial probabilities" (2000).
  public func weight(_ x: Double) -> Double {
    guard x > 0, x < .infinity else { return 0 }
    if a >= 12 { return DeterministicMath.exp(-deviance(x)) / normaliser }
    guard x < 1000 else { return 0 }
    return DeterministicMath.pow(x, a) * DeterministicMath.exp(-x) / normaliser
  }

  /// P, Q and the weight at x.
  ///
  /// The power series below x = a + 1, Legendre's continued fraction above it, so that the smaller of P and Q is
  /// accurate relative to itself but for small a. Abramowitz and Stegun, 6.5.29 and 6.5.31.
  /// - Complexity: about 10 √a steps near x = a.
  func evaluate(_ x: Double) -> (lower: Double, upper: Double, weight: Double) {
    guard x > 0 else { return (0, 1, 0) }
    let weight = weight(x)
    if x < a + 1 {
      let lower = min(1, weight * powerSeries(x))
      return (lower, 1 - lower, weight)
    }
    guard weight > 0 else { return (1, 0, 0) }
    let upper = min(1, weight * a * continuedFraction(x))
    return (1 - upper, upper, weight)
  }

  /// Σ x^n / ((a + 1) … (a + n)).
  private func powerSeries(_ x: Double) -> Double {
    var term = 1.0
    var sum = 1.0
    var n = a
    repeat {
      n += 1
      term *= x / n
      sum += term
    } while term > sum * 0x1p-55
    return sum
  }

  private func continuedFraction(_ x: Double) -> Double {
    var b = x + 1 - a
    var c = 0x1p900
    var d = 1 / b
    var fraction = d
    var i = 0.0
    while true {
      i += 1
      let numerator = i * (a - i)
      b += 2
      d = 1 / (numerator * d + b)
      c = b + numerator / c
      let factor = d * c
      fraction *= factor
      if (factor - 1).magnitude < 0x1p-52 || i > 100_000 { return fraction }
    }
  }

  /// a ln(a / x) + x - a, without cancellation where x is near a.
  private func deviance(_ x: Double) -> Double {
    let difference = a - x
    guard difference.magnitude < 0.3 * (a + x) else { return a * DeterministicMath.log(a / x) - difference }
    let v = difference / (a + x)
    let square = v * v
    var sum = difference * v
    var term = 2 * a * v
    var divisor = 1.0
    while true {
      term *= square
      divisor += 2
      let next = sum + term / divisor
      if next == sum { return sum }
      sum = next
    }
  }
}
