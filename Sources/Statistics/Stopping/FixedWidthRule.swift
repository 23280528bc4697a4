/// When enough replications have been run for an interval of a given half-width.
///
/// Y. S. Chow and H. Robbins, "On the asymptotic theory of fixed-width sequential confidence intervals for the
/// mean", Annals of Mathematical Statistics 36 (1965): stop at the first n, `minimum` or more, with
/// t² (s² + δ²/n) / n <= δ², where δ is the half-width, s² the sample variance and t the two-sided quantile of
/// Student's distribution with n - 1 degrees of freedom. The term δ²/n is theirs, with δ as the unit of
/// measurement: it keeps a sample variance that happens to be zero from stopping at once, and vanishes as n
/// grows; a constant metric stops at n = 4, or at `minimum` if that is more.
///
/// The coverage tends to the confidence as δ falls and is a little below it for a δ that the minimum nearly reaches.
/// No rule of this kind sees what has not happened yet: where rare incidents carry the variance,
/// `minimum` has to be large enough to contain some.
///
/// The rule looks at a prefix of the values in the order of the replications and at nothing else, so the number of
/// workers, or the order in which replications end, can't change where it stops.
public struct FixedWidthRule: Hashable, Sendable {
  /// Above 0, in the unit of the values.
  public let halfWidth: Double
  /// Strictly between 0 and 1.
  public let confidence: Double
  /// The first number of replications at which it may stop; a single one is never enough.
  public let minimum: Int
  /// The number of replications at which a campaign gives up; at least `minimum`.
  public let maximum: Int

  public init(halfWidth: Double, confidence: Double, minimum: Int, maximum: Int) {
    precondition(halfWidth > 0, "a half-width is positive, not \(halfWidth)")
    precondition(confidence > 0 && confidence < 1, "a confidence is between 0 and 1, not \(confidence)")
    precondition(maximum >= minimum, "at most \(maximum) replications are fewer than at least \(minimum)")
    self.halfWidth = halfWidth
    self.confidence = confidence
    self.minimum = minimum
    self.maximum = maximum
  }

  /// Whether the values are enough for the half-width; the bounds on their number are not looked at.
  public func isMet(by values: [Double]) -> Bool { isMet(by: Moments(values)) }

  private func isMet(by moments: Moments) -> Bool {
    guard let variance = moments.variance else { return false }
    let n = Double(moments.count)
    let t = StudentT(meanOf: moments.count).twoSidedQuantile(confidence)
    return t * t * (variance + halfWidth * halfWidth / n) / n <= halfWidth * halfWidth
  }

  /// The smallest n from `minimum` to `maximum` for which the first n values of every series meet the rule.
  ///
  /// - Parameter values: one series for each interval that has to be narrow enough; a series that is shorter
  ///   than the others ends the search. A value that isn't finite is never met.
  /// - Returns: nil where no such n is reached yet; at `maximum` values the campaign ends without.
  /// - Complexity: O(all values).
  public func stoppingCount(values: [[Double]]) -> Int? {
    let available = min(values.map(\.count).min() ?? 0, maximum)
    var moments = values.map { _ in Moments() }
    for index in 0..<max(available, 0) {
      for series in values.indices { moments[series].add(values[series][index]) }
      if index + 1 >= minimum, moments.allSatisfy(isMet) { return index + 1 }
    }
    return nil
  }
}
