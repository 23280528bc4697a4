/// Brent's root finder: bisection, secant and inverse quadratic interpolation, whichever is safe.
///
/// R. P. Brent, Algorithms for Minimization without Derivatives, 1973, ch. 4.
enum RootSearch {
  /// A root of `function` in `bracket`, to the last digits of a Double; nil where the function has
  /// the same sign, or is NaN, at both ends.
  static func root(in bracket: ClosedRange<Double>, of function: (Double) -> Double) -> Double? {
    var (previous, best) = (bracket.lowerBound, bracket.upperBound)
    var (previousValue, bestValue) = (function(previous), function(best))
    guard previousValue <= 0 && bestValue >= 0 || previousValue >= 0 && bestValue <= 0 else { return nil }
    var (opposite, oppositeValue) = (previous, previousValue)
    var step = best - previous
    var stepBefore = step

    for _ in 0..<200 {
      if (bestValue > 0) == (oppositeValue > 0) {
        (opposite, oppositeValue) = (previous, previousValue)
        step = best - previous
        stepBefore = step
      }
      if oppositeValue.magnitude < bestValue.magnitude {
        (previous, best, opposite) = (best, opposite, best)
        (previousValue, bestValue, oppositeValue) = (bestValue, oppositeValue, bestValue)
      }
      let tolerance = 2 * best.magnitude * .ulpOfOne + .leastNormalMagnitude
      let half = (opposite - best) / 2
      if half.magnitude <= tolerance || bestValue == 0 { return best }

      if stepBefore.magnitude >= tolerance && previousValue.magnitude > bestValue.magnitude {
        let ratio = bestValue / previousValue
        var numerator: Double
        var denominator: Double
        if previous == opposite {
          numerator = 2 * half * ratio
          denominator = 1 - ratio
        } else {
          let q = previousValue / oppositeValue
          let r = bestValue / oppositeValue
          numerator = ratio * (2 * half * q * (q - r) - (best - previous) * (r - 1))
          denominator = (q - 1) * (r - 1) * (ratio - 1)
        }
        if numerator > 0 { denominator = -denominator } else { numerator = -numerator }
        let limit = min(
          3 * half * denominator - (tolerance * denominator).magnitude, (stepBefore * denominator).magnitude)
        if 2 * numerator < limit {
          stepBefore = step
          step = numerator / denominator
        } else {
          step = half
          stepBefore = half
        }
      } else {
        step = half
        stepBefore = half
      }
      (previous, previousValue) = (best, bestValue)
      best += step.magnitude > tolerance ? step : (half > 0 ? tolerance : -tolerance)
      bestValue = function(best)
      if bestValue.isNaN { return nil }
    }
    return best
  }
}
