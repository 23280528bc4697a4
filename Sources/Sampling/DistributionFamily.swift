/// What a family of distributions of times, in seconds, can tell: all that the enum, the tables and the property
/// suite need of it. Arithmetic is `DeterministicMath`'s alone.
protocol DistributionFamily: Hashable, Sendable {
  /// The mean in seconds; may be infinite.
  var mean: Double { get }
  /// The variance in seconds²; may be infinite.
  var variance: Double { get }
  /// P(X <= x), accurate relative to itself where it is small.
  func cdf(_ x: Double) -> Double
  /// P(X > x), accurate relative to itself where it is small.
  func survival(_ x: Double) -> Double
  /// The density of the continuous part at x, per second.
  func density(_ x: Double) -> Double
  /// The least x with P(X <= x) >= p, for p from 0 to 0.5; at 0 the lower end of the support.
  func lowerQuantile(_ p: Double) -> Double
  /// The least x with P(X > x) <= q, for q above 0 up to 0.5.
  func upperQuantile(_ q: Double) -> Double
  /// `lowerQuantile` where something near the result is known; what has no closed form finds it faster.
  func lowerQuantile(_ p: Double, near guess: Double?) -> Double
  /// `upperQuantile` where something near the result is known.
  func upperQuantile(_ q: Double, near guess: Double?) -> Double
  /// E[X^order; X <= x] for an order of 1 or 2; x may be infinity.
  func moment(_ order: Int, below x: Double) -> Double
  /// The distribution in the model language.
  var languageText: String { get }
}

/// A family that is boxed once, so that a rare draw which evaluates its quantile allocates nothing.
@usableFromInline struct BoxedFamily {
  let family: any DistributionFamily
}

extension DistributionFamily {
  func quantile(_ p: Double, near guess: Double?) -> Double {
    precondition(p >= 0 && p < 1, "A quantile is asked for at \(p), outside [0, 1).")
    return p <= 0.5 ? lowerQuantile(p, near: guess) : upperQuantile(1 - p, near: guess)
  }

  /// quantile(1 - q), from q: both halves of the unit interval.
  func quantileAbove(_ q: Double, near guess: Double?) -> Double {
    precondition(q > 0 && q <= 1, "An upper quantile is asked for at \(q), outside (0, 1].")
    return q <= 0.5 ? upperQuantile(q, near: guess) : lowerQuantile(1 - q, near: guess)
  }

  func lowerQuantile(_ p: Double, near guess: Double?) -> Double { lowerQuantile(p) }
  func upperQuantile(_ q: Double, near guess: Double?) -> Double { upperQuantile(q) }
}
