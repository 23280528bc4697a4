import Statistics

extension ExpectationResult {
  /// Why replications do not decide an expectation.
  public enum Doubt: Hashable, Sendable, CustomStringConvertible {
    /// No replication tells the metric.
    case untold
    /// There are fewer than `MeanHypothesis.minimumCount` replications.
    case tooFew
    /// All replications agree, but there are not enough of them yet; `needed` replications that agree decide it.
    case tooFewAlike(needed: Int)
    /// The interval is on one side of the bound, but one more replication, far beyond the bound, would change that.
    case unseen
    /// The interval contains the bound.
    case boundInside
    /// Some recoveries had not ended by the horizon, so their mean is not known.
    case censored
    /// This part of the requests had not ended by the horizon, and the claim would not hold had they failed.
    case unfinished(share: Double)

    public var description: String {
      switch self {
      case .untold: "no replication tells it"
      case .tooFew: "fewer than \(MeanHypothesis.minimumCount) replications"
      case .tooFewAlike(let needed): "at least \(needed) replications without variation are needed"
      case .unseen: "one replication unlike these would change it, more are needed"
      case .boundInside: "the interval contains the bound"
      case .censored: "some recoveries had not ended by the horizon"
      case .unfinished(let share):
        "\(PlainNumber.percent((share * 1000).rounded() / 1000)) of the requests had not ended by the horizon"
      }
    }

    /// A stable name, for machines.
    public var id: String {
      switch self {
      case .untold: "untold"
      case .tooFew: "too-few"
      case .tooFewAlike: "too-few-alike"
      case .unseen: "unseen"
      case .boundInside: "bound-inside"
      case .censored: "censored"
      case .unfinished: "unfinished"
      }
    }

    /// The reason for the lack of a verdict.
    ///
    /// - Parameter range: what a value can be at all; nil where unbounded.
    init(_ judgement: Judgement, of hypothesis: MeanHypothesis, boundedIn range: ClosedRange<Double>?) {
      guard let estimate = judgement.estimate else {
        self = .untold
        return
      }
      switch (judgement.verdict, judgement.method) {
      case (.supported, _), (.refuted, _): self = .censored
      case (.inconclusive, .tooFew): self = .tooFew
      case (.inconclusive, .normalMixture), (.inconclusive, .empiricalBernstein), (.inconclusive, .rangeEdge):
        let (low, high) = (estimate.low ?? -.infinity, estimate.high ?? .infinity)
        if low <= hypothesis.bound, hypothesis.bound <= high {
          self = .boundInside
        } else if estimate.isDegenerate, let needed = Self.alikeNeeded(judgement, of: hypothesis, boundedIn: range) {
          self = .tooFewAlike(needed: needed)
        } else {
          self = .unseen
        }
      }
    }

    /// How many replications that equal those seen decide it; nil where very many do not.
    private static func alikeNeeded(
      _ judgement: Judgement, of hypothesis: MeanHypothesis, boundedIn range: ClosedRange<Double>?
    ) -> Int? {
      guard let estimate = judgement.estimate else { return nil }
      return (estimate.replications + 1...estimate.replications + 100).first { count in
        let alike = [Double](repeating: estimate.value, count: count)
        let verdict = hypothesis.judge(alike, confidence: estimate.confidence, boundedIn: range).verdict
        return verdict != .inconclusive
      }
    }
  }
}
