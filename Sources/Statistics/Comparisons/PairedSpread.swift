/// How two paired samples vary, apart and together.
struct PairedSpread {
  /// Nil where one side is constant or there are fewer than two pairs.
  let correlation: Double?
  /// 1 - Var(b - a) / (Var(a) + Var(b)); nil where both sides are constant or there are fewer than two pairs.
  let varianceSaved: Double?

  /// - Parameters:
  ///   - a: finite values.
  ///   - b: as many.
  init(_ a: [Double], _ b: [Double]) {
    let (inA, inB) = (Moments(a), Moments(b))
    guard let varianceA = inA.variance, let varianceB = inB.variance else {
      correlation = nil
      varianceSaved = nil
      return
    }
    let products = zip(a, b).reduce(0) { $0 + ($1.0 - inA.mean) * ($1.1 - inB.mean) }
    let covariance = products / Double(a.count - 1)
    correlation =
      varianceA > 0 && varianceB > 0
      ? min(1, max(-1, covariance / (varianceA.squareRoot() * varianceB.squareRoot()))) : nil
    varianceSaved = varianceA + varianceB > 0 ? 2 * covariance / (varianceA + varianceB) : nil
  }
}
