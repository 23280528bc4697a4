/// A claim about the mean over replications: `availability(viewers) >= 99.9%`, `recovery(viewers) <= 2min`.
public struct MeanHypothesis: Hashable, Sendable {
  public enum Direction: Hashable, Sendable, CaseIterable {
    case atLeast, atMost
  }

  /// What a verdict rests on.
  public enum Method: String, Hashable, Sendable, Codable, CaseIterable {
    /// Fair bets within the range of the values: it holds for every distribution, at any number of replications.
    case betting
    /// Fair bets that no value lies beyond a limit, which is told: it holds for every distribution within it.
    case bettingWithinLimit = "betting within a limit"
    /// The bound is an end of the range: no mean can be beyond it, or none can be at it once a value is not.
    case rangeEdge = "edge of the range"
    /// The mixture of binomial likelihoods of `ShareSequence`, for a share of the replications.
    case binomialMixture = "binomial mixture"
    /// There are not enough replications to speak of incidents as rare as was asked for.
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

  /// Judges the claim by replications; may be asked after every one of them.
  ///
  /// Supported or refuted where fair bets (`FairBets`) on the mean's lying on one side of the bound have multiplied their
  /// capital by 2/(1 - c): within the whole range of the values, which assumes nothing, or up to a limit beyond which no
  /// replication may lie, which is told as `Judgement.limit`. The limit is at least as far out as the worst value seen,
  /// and at least four times as far beyond the bound as the mean is on its side. A verdict that needs a limit also needs so
  /// many replications that an incident in a share `rarest` of them would have shown up, 59 at 95% and 5%; or so clear a
  /// mean that as many replications as may be unseen, at the end of the range, would not turn it.
  ///
  /// So whatever the truth, the wrong one of the two verdicts comes with a probability of at most 1 - c where values keep
  /// to the limit: each purse may err in half of that. Two one-sided tests at the full level are enough, since only one of
  /// the two verdicts can be wrong.
  ///
  /// Simulated 4,000 times at 95% and 5%, with a look after each of 200 replications and the mean loss at a bound of 1%:
  /// support came in 0.2% of the campaigns with normal and exponential losses, in 0.6% with squares of normal ones, in 1.5%
  /// with gamma ones (coefficient of variation 2), in 1.2% and 4.8% with lognormal ones (1.3 and 3), in 0.1% to 0.2% where
  /// all the loss is in one replication of five or ten, and in 5.1% where it is in one of twenty; refutation in at most
  /// 1.2%. Where all the loss is in one of forty, support came wrongly in 23%: so many campaigns see no incident in 59
  /// replications. What has not been seen can't be judged but by assuming something: run with a smaller `rarest` where it
  /// matters. At a fifth and at five times the bound a verdict came in 99% to 100%, but for losses in one replication of
  /// twenty (80%) or forty that are five times the bound.
  /// - Parameters:
  ///   - values: one a replication, in order, each finite and within `range`.
  ///   - confidence: strictly between 0 and 1.
  ///   - range: what a value can be at all, 0...1 for a fraction; infinite where unbounded.
  ///   - rarest: above 0, at most 1.
  ///   - withInterval: whether the mean gets one, which costs a hundred times as much as the verdict.
  public func judge(
    _ values: [Double], confidence: Double, within range: ClosedRange<Double> = -.infinity ... .infinity,
    rarest: Double, withInterval: Bool = true
  ) -> Judgement {
    let test = test(values, at: bound, confidence: confidence, within: range, rarest: rarest)
    let standing = verdict(by: test)
    return Judgement(
      verdict: standing.verdict, estimate: estimate(values, test, withInterval: withInterval), method: standing.method,
      unseenShare: test.unseenShare, limit: standing.limit)
  }

  /// The same verdict, without the interval of the mean, which costs a hundred times as much.
  public func verdict(by test: MeanTest) -> (verdict: Verdict, method: Method, limit: Double?) {
    let (supporting, refuting): (MeanTest.Finding, MeanTest.Finding) =
      direction == .atMost ? (test.findingBelow, test.findingAbove) : (test.findingAbove, test.findingBelow)
    if let verdict = verdictAtEdge(test) { return (verdict, .rangeEdge, nil) }
    switch (supporting, refuting) {
    case (.shown, _): return (.supported, .betting, nil)
    case (.shownWithin(let limit), _): return (.supported, .bettingWithinLimit, limit)
    case (_, .shown): return (.refuted, .betting, nil)
    case (_, .shownWithin(let limit)): return (.refuted, .bettingWithinLimit, limit)
    case (.early, _), (_, .early): return (.inconclusive, .tooFew, nil)
    case (.open, .open): return (.inconclusive, .bettingWithinLimit, nil)
    }
  }

  private func test(
    _ values: [Double], at bound: Double, confidence: Double, within range: ClosedRange<Double>, rarest: Double
  ) -> MeanTest {
    var test = MeanTest(bound: bound, within: range, confidence: confidence, rarest: rarest)
    for value in values { test.add(value) }
    return test
  }

  /// The verdict where the bound is an end of the range, or beyond it.
  private func verdictAtEdge(_ test: MeanTest) -> Verdict? {
    guard test.moments.count > 0 else { return nil }
    switch direction {
    case .atLeast:
      if bound <= test.range.lowerBound { return .supported }
      return bound >= test.range.upperBound && test.moments.mean < bound ? .refuted : nil
    case .atMost:
      if bound >= test.range.upperBound { return .supported }
      return bound <= test.range.lowerBound && test.moments.mean > bound ? .refuted : nil
    }
  }

  /// The mean and the bounds at which it would just be shown to lie below, and above, if replications were not too few to
  /// speak of rare incidents. Consistent with what is found at the bound itself.
  private func estimate(_ values: [Double], _ test: MeanTest, withInterval: Bool) -> Estimate? {
    guard test.moments.count > 0 else { return nil }
    let mean = test.moments.mean
    if !withInterval {
      return Estimate(
        value: mean, low: nil, high: nil, confidence: test.confidence, replications: test.moments.count)
    }
    func isShown(below candidate: Double) -> Bool {
      let finding = self.test(values, at: candidate, confidence: test.confidence, within: test.range, rarest: 1)
      return finding.findingBelow.isShown
    }
    func isShown(above candidate: Double) -> Bool {
      let finding = self.test(values, at: candidate, confidence: test.confidence, within: test.range, rarest: 1)
      return finding.findingAbove.isShown
    }
    let resolution = max(mean.magnitude * 1e-12, 1e-15)
    let spread = max((test.moments.standardError ?? 0) / 4, resolution)
    var high = EndSearch(from: mean, step: spread, resolution: resolution, end: test.range.upperBound).end {
      isShown(below: $0)
    }
    var low = EndSearch(from: mean, step: -spread, resolution: resolution, end: test.range.lowerBound).end {
      isShown(above: $0)
    }
    if test.findingBelow != .open {
      high = min(high ?? bound, bound)
    } else if mean <= bound {
      high = high.map { max($0, bound) }
    }
    if test.findingAbove != .open {
      low = max(low ?? bound, bound)
    } else if mean >= bound {
      low = low.map { min($0, bound) }
    }
    return Estimate(value: mean, low: low, high: high, confidence: test.confidence, replications: test.moments.count)
  }
}

/// The nearest bound, from the mean outwards, at which something is shown.
private struct EndSearch {
  let from: Double
  /// The first step, in the direction of the search.
  let step: Double
  /// What is closer than this to where the search begins is there: bets on values that are all alike show whatever lies
  /// beside them, and there is no least number above another one to be found.
  let resolution: Double
  /// Where values end; infinite where they don't.
  let end: Double

  /// nil where it is shown nowhere, and values have no end.
  func end(where isShown: (Double) -> Bool) -> Double? {
    var inside = from
    var width = step
    for _ in 0..<120 {
      let candidate = from + width
      if step > 0 ? candidate >= end : candidate <= end { break }
      if !candidate.isFinite { return nil }
      if isShown(candidate) { return between(inside, candidate, isShown) }
      inside = candidate
      width *= 2
    }
    guard end.isFinite else { return nil }
    return end
  }

  private func between(_ inside: Double, _ outside: Double, _ isShown: (Double) -> Bool) -> Double {
    var (inside, outside) = (inside, outside)
    for _ in 0..<12 {
      let middle = inside + (outside - inside) / 2
      if isShown(middle) { outside = middle } else { inside = middle }
    }
    return (outside - from).magnitude <= resolution ? from : outside
  }
}
