extension Estimate {
  /// The ratio of two sums over replications, with the jackknife's bias removed and its t interval.
  ///
  /// For ratios whose denominator varies from replication to replication, such as failures / requests: the mean
  /// of the replications' ratios would weigh a quiet replication like a busy one. R. G. Miller, "The jackknife: a
  /// review", Biometrika 61 (1974).
  /// - Parameters:
  ///   - numerators: one a replication.
  ///   - denominators: as many; zero or more each.
  /// - Returns: nil where the denominators sum to zero or a number isn't finite; without an interval for one
  ///   replication, or where all but one denominator are zero.
  public init?(ratioOf numerators: [Double], to denominators: [Double], confidence: Double) {
    precondition(numerators.count == denominators.count, "a ratio needs as many numerators as denominators")
    precondition(confidence > 0 && confidence < 1, "a confidence is between 0 and 1, not \(confidence)")
    precondition(denominators.allSatisfy { !($0 < 0) }, "a denominator is zero or more")
    let n = Double(numerators.count)
    let (top, bottom) = (numerators.reduce(0, +), denominators.reduce(0, +))
    guard top.isFinite, bottom.isFinite, bottom > 0 else { return nil }
    let ratio = top / bottom
    // θ_(-i) written as a difference from θ keeps its digits, and is θ exactly where all ratios are equal.
    let pseudovalues = zip(numerators, denominators).map { numerator, denominator in
      ratio + (n - 1) * (numerator - ratio * denominator) / (bottom - denominator)
    }
    guard pseudovalues.allSatisfy(\.isFinite), numerators.count > 1 else {
      self.init(value: ratio, low: nil, high: nil, confidence: confidence, replications: numerators.count)
      return
    }
    self.init(mean: Moments(pseudovalues), confidence: confidence)
  }
}
