/// A claim about the mean over replications: `availability(viewers) >= 99.9%`, `recovery(viewers) <= 2min`.
public struct MeanHypothesis: Hashable, Sendable {
  public enum Direction: Hashable, Sendable, CaseIterable {
    case atLeast, atMost
  }

  /// What a verdict rests on.
  public enum Method: String, Hashable, Sendable, Codable, CaseIterable {
    /// The asymptotic confidence sequence and an imagined replication; see `judge`.
    case normalMixture = "asymptotic normal mixture"
    /// The confidence sequence for bounded values, which assumes nothing else.
    case empiricalBernstein = "empirical Bernstein"
    /// The bound is the best value there is, and a replication fell short of it: no mean can then reach it.
    case rangeEdge = "edge of the range"
    /// Fewer than ten replications: no verdict.
    case tooFew = "too few"
  }

  public let direction: Direction
  /// In the unit of the values; finite.
  public let bound: Double

  public init(_ direction: Direction, _ bound: Double) {
    precondition(bound.isFinite, "a bound is finite, not \(bound)")
    self.direction = direction
    self.bound = bound
  }

  /// The fewest replications on which the asymptotic method gives a verdict.
  public static let minimumCount = 10
  /// How far beyond the bound the imagined replication lies, in distances between the mean and the bound.
  static let imaginedDistance = 4.0

  /// Judges the claim by replications; may be asked after every one of them.
  ///
  /// Supported or refuted where the confidence sequence of the mean (`MeanSequence`) lies wholly on one side of
  /// the bound, **and still does with one imagined replication added** that lies beyond the bound by four times
  /// the distance between the mean and the bound (but within `range`). That is the floor of the variance: equal
  /// replications, or nearly equal ones, decide at 95% from n = 20 on, and never from two.
  ///
  /// The method is asymptotic. Simulated at 95% with a look after each of 10 to 200 replications and the truth on
  /// the bound, a wrong verdict came in 1% to 5% of the campaigns with normal, uniform and exponential replications
  /// and where one replication in five fails, in 9% with lognormal ones (coefficient of variation 1.3), but in 16%
  /// where all the loss is in one replication of ten, and in 37% where it is in one of twenty: what has not been seen
  /// can't be judged. `Judgement.unseenShare` says how often such a replication could come; run more replications
  /// where that matters, or ask for `empiricalBernstein`, which has no such exception and needs thousands.
  /// - Parameters:
  ///   - values: one a replication, in order, each finite and within `range`.
  ///   - confidence: strictly between 0 and 1.
  ///   - range: what a value can be at all, 0...1 for a fraction; nil where unbounded.
  ///   - assumingNothing: judges by the empirical Bernstein sequence; needs a range.
  public func judge(
    _ values: [Double], confidence: Double, boundedIn range: ClosedRange<Double>? = nil, assumingNothing: Bool = false
  ) -> Judgement {
    precondition(values.allSatisfy(\.isFinite), "a replication's value is finite")
    precondition(values.allSatisfy { range?.contains($0) ?? true }, "a value outside its range")
    let moments = Moments(values)
    func judgement(_ verdict: Verdict, _ interval: Interval?, _ method: Method) -> Judgement {
      Judgement(verdict, of: moments, interval: interval, confidence: confidence, method: method)
    }
    let sequence = MeanSequence(confidence: confidence)
    let interval = sequence.interval(of: moments)
    if isRefutedAtEdge(of: range, by: values) { return judgement(.refuted, interval, .rangeEdge) }
    if assumingNothing {
      guard let range else { preconditionFailure("the empirical Bernstein sequence needs a range") }
      let bounded = BoundedMeanSequence(confidence: confidence, range: range).interval(of: values)
      return judgement(side(of: bounded), bounded, .empiricalBernstein)
    }
    if values.count < Self.minimumCount { return judgement(.inconclusive, interval, .tooFew) }
    return judgement(robustSide(moments, sequence, range), interval, .normalMixture)
  }

  /// On which side of the bound the sequence's interval lies, both as it is and with the imagined replication.
  private func robustSide(_ moments: Moments, _ sequence: MeanSequence, _ range: ClosedRange<Double>?) -> Verdict {
    guard moments.mean != bound else { return .inconclusive }
    var imagined = bound + Self.imaginedDistance * (bound - moments.mean)
    if let range { imagined = min(max(imagined, range.lowerBound), range.upperBound) }
    var extended = moments
    extended.add(imagined)
    let asSeen = side(of: sequence.interval(of: moments))
    return asSeen == side(of: sequence.interval(of: extended)) ? asSeen : .inconclusive
  }

  private func side(of interval: Interval?) -> Verdict {
    guard let interval else { return .inconclusive }
    switch direction {
    case .atLeast: return interval.low >= bound ? .supported : interval.high < bound ? .refuted : .inconclusive
    case .atMost: return interval.high <= bound ? .supported : interval.low > bound ? .refuted : .inconclusive
    }
  }

  private func isRefutedAtEdge(of range: ClosedRange<Double>?, by values: [Double]) -> Bool {
    guard let range else { return false }
    switch direction {
    case .atLeast: return bound >= range.upperBound && values.contains { $0 < bound }
    case .atMost: return bound <= range.lowerBound && values.contains { $0 > bound }
    }
  }
}
