extension Estimate {
  /// The mean of independent values with Student's t interval; one value a replication.
  ///
  /// A single value has no known interval: its ends are nil. Equal values give an interval without width; see
  /// `isDegenerate`. Nil without values, or where one of them isn't finite.
  /// - Parameter confidence: strictly between 0 and 1.
  public init?(meanOf values: [Double], confidence: Double) {
    precondition(confidence > 0 && confidence < 1, "a confidence is between 0 and 1, not \(confidence)")
    guard !values.isEmpty, values.allSatisfy(\.isFinite) else { return nil }
    self.init(mean: Moments(values), confidence: confidence)
  }

  /// The mean of one value or more with Student's t interval.
  init(mean moments: Moments, confidence: Double) {
    let radius = moments.standardError.map {
      $0 == 0 ? 0 : $0 * StudentT(meanOf: moments.count).twoSidedQuantile(confidence)
    }
    self.init(
      value: moments.mean, low: radius.map { moments.mean - $0 }, high: radius.map { moments.mean + $0 },
      confidence: confidence, replications: moments.count)
  }
}
