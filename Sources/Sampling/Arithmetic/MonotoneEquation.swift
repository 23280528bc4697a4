/// The least solution of a monotone inequality: quantiles that have no closed form.
enum MonotoneEquation {
  /// The least Double x >= 0 with `excess(x)` >= 0, where `excess` does not decrease.
  ///
  /// Newton's method inside a bracket; where it does not converge (jumps and flats), the bracket is halved by
  /// the bits of its ends, so that at most 64 halvings reach adjacent Doubles and a jump is found exactly.
  /// - Parameters:
  ///   - candidates: points between which the solution lies; the greatest is one for which `excess` >= 0. Where
  ///     `excess` jumps at one of them, few evaluations are needed.
  ///   - guess: a point near the solution, in place of the candidates.
  ///   - scale: the size of what `excess` compares, to which its rounding is relative.
  ///   - excess: the function and its slope; the slope may be 0.
  static func leastSolution(
    between candidates: @autoclosure () -> [Double], near guess: Double?, scale: Double,
    excess: (Double) -> (value: Double, slope: Double)
  ) -> Double {
    if let guess, guess > 0, guess.isFinite {
      return leastSolution(from: 0, to: .greatestFiniteMagnitude, start: guess, scale: scale, excess: excess)
    }
    var low = 0.0
    for candidate in candidates().sorted() {
      if excess(candidate).value >= 0 {
        if candidate == 0 || excess(candidate.nextDown).value < 0 { return candidate }
        guard low < candidate, candidate.isFinite else { return candidate }
        return leastSolution(from: low, to: candidate, start: candidate, scale: scale, excess: excess)
      }
      low = candidate
    }
    return low
  }

  private static func leastSolution(
    from low: Double, to high: Double, start: Double, scale: Double,
    excess: (Double) -> (value: Double, slope: Double)
  ) -> Double {
    var low = low
    var high = high
    var x = start
    var round = 0
    while true {
      let (value, slope) = excess(x)
      if value >= 0 { high = x } else { low = x }
      let next = x - value / slope
      if slope > 0, value.magnitude <= 1e-12 * scale,
        (next - x).magnitude <= 0x1p-50 * x || value.magnitude <= 0x1p-50 * scale
      {
        return max(next, 0)
      }
      let isNear = (next - x).magnitude <= 0x1p-20 * x
      if value >= 0, !isNear, x == 0 || excess(x.nextDown).value < 0 { return x }
      round += 1
      let isNewton = next > low && next < high && (round < 12 || round % 2 == 0)
      x = isNewton ? next : middle(low, high)
      if x <= low || x >= high { return high }
    }
  }

  /// A Double between two that are not negative, halfway in the order of their bits.
  private static func middle(_ low: Double, _ high: Double) -> Double {
    Double(bitPattern: low.bitPattern + (high.bitPattern - low.bitPattern) / 2)
  }
}
