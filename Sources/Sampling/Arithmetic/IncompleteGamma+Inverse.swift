extension IncompleteGamma {
  /// The x with P(a, x) = p, for p from 0 to 0.5; a good guess saves steps.
  public func inverse(lower p: Double, near guess: Double? = nil) -> Double {
    guard p > 0 else { return 0 }
    // P(a, x) <= x^a / Γ(a + 1), so this is below the solution, and next to it where x is small.
    let least = leastInverse(p)
    guard least > 0x1p-900 else { return least }
    var x = usable(guess) ?? max(least, wilsonHilferty(-DeterministicMath.normalUpperQuantile(p)))
    // ln P is concave in y = ln x, so that Newton's steps in y cannot stray; Halley's are longer.
    for _ in 0..<200 {
      let (lower, _, weight) = evaluate(x)
      guard lower > 0 else { return x }
      let slope = a * weight / lower
      guard slope > 0 else {
        x = max(least, x * 0.25)
        continue
      }
      let newton = logRatio(p, lower) / slope
      let step = halley(newton, curvature: a - x - slope)
      x += x * DeterministicMath.expm1(step)
      if isConverged(step) { break }
    }
    return x
  }

  /// The x with Q(a, x) = q, for q above 0 up to 0.5; a good guess saves steps.
  public func inverse(upper q: Double, near guess: Double? = nil) -> Double {
    let least = a < 1 ? leastInverse(1 - q) : 0
    guard a >= 1 || least > 0x1p-900 else { return least }
    var x = usable(guess) ?? max(least, wilsonHilferty(DeterministicMath.normalUpperQuantile(q)))
    for _ in 0..<200 {
      let (_, upper, weight) = evaluate(x)
      guard upper > 0, weight > 0 else {
        x *= 0.5
        continue
      }
      let slope = a * weight / upper
      let newton = logRatio(upper, q) / slope
      let step = halley(newton, curvature: a - x + slope)
      x += x * DeterministicMath.expm1(step)
      if isConverged(step) { break }
    }
    return x
  }

  private func usable(_ guess: Double?) -> Double? {
    guard let guess, guess > 0, guess.isFinite else { return nil }
    return guess
  }

  private func leastInverse(_ p: Double) -> Double {
    DeterministicMath.exp((DeterministicMath.log(p) + DeterministicMath.lgamma(a + 1)) / a)
  }

  /// ln(x / y), also where both are nearly equal.
  private func logRatio(_ x: Double, _ y: Double) -> Double {
    let difference = (x - y) / y
    return difference.magnitude < 0.5 ? DeterministicMath.log1p(difference) : DeterministicMath.log(x / y)
  }

  /// Newton's step bent by the curvature: second over first derivative.
  private func halley(_ newton: Double, curvature: Double) -> Double {
    let bend = 1 + 0.5 * newton * curvature
    return min(3, max(-3, newton / min(2, max(0.5, bend))))
  }

  /// Halley's error is the cube of the step, in standard deviations of ln X, about 1/√a.
  private func isConverged(_ step: Double) -> Bool { step.magnitude * max(1, a).squareRoot() < 3e-6 }

  /// The normal approximation to the cube root. E. B. Wilson and M. M. Hilferty, PNAS 17 (1931).
  private func wilsonHilferty(_ z: Double) -> Double {
    let root = 1 - 1 / (9 * a) + z / (3 * a.squareRoot())
    return root > 0 ? a * root * root * root : 0
  }
}
