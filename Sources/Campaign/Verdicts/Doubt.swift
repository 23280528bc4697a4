import Statistics

extension ExpectationResult {
  /// Why replications do not decide an expectation.
  public enum Doubt: Hashable, Sendable, CustomStringConvertible {
    /// No replication tells the metric.
    case untold
    /// It would be decided, or its mean keeps to the bound, but `needed` replications are needed to speak of incidents in
    /// this share of them.
    case tooFew(needed: Int, rarest: Double)
    /// All replications keep to the bound, but there are not enough of them yet; `needed` that do decide it.
    case tooFewAlike(needed: Int)
    /// The interval contains the bound.
    case boundInside
    /// Some recoveries had not ended by the horizon, so how long they take is not known.
    case censored
    /// This part of the requests had not ended by the horizon, and the claim would not hold had they failed.
    case unfinished(share: Double)

    public var description: String {
      switch self {
      case .untold: "no replication tells it"
      case .tooFew(let needed, let rarest):
        "at least \(needed) replications are needed to speak of incidents in \(PlainNumber.percent(rarest)) of them"
      case .tooFewAlike(let needed): "at least \(needed) replications without exception are needed"
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
      case .boundInside: "bound-inside"
      case .censored: "censored"
      case .unfinished: "unfinished"
      }
    }

    /// The reason for the lack of a verdict on a mean.
    init(_ judgement: Judgement, of hypothesis: MeanHypothesis, confidence: Double, rarest: Double) {
      guard let estimate = judgement.estimate else {
        self = .untold
        return
      }
      let needed = MeanTest.replications(speakingOf: rarest, confidence: confidence)
      let keeps =
        hypothesis.direction == .atMost ? estimate.value <= hypothesis.bound : estimate.value >= hypothesis.bound
      switch (judgement.verdict, judgement.method) {
      case (.supported, _), (.refuted, _): self = .censored
      case (.inconclusive, .tooFew):
        self = .tooFew(needed: needed, rarest: rarest)
      case (.inconclusive, .betting), (.inconclusive, .bettingWithinLimit), (.inconclusive, .rangeEdge),
        (.inconclusive, .binomialMixture):
        self = keeps && estimate.replications < needed ? .tooFew(needed: needed, rarest: rarest) : .boundInside
      }
    }
  }
}
