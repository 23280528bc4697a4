import Model
import Statistics

extension ExpectationResult.Finding {
  /// What replications say about the share of them that keeps to a bound.
  ///
  /// It is supported only where it would be if whatever a replication leaves open were as bad as it can be, and refuted
  /// only where it would be if it were as good as it can be.
  init(
    ofShare share: Double, _ values: JudgedValues, of expectation: Expectation, in samples: VariantSamples,
    confidence: Double
  ) {
    let sequence = ShareSequence(confidence: confidence)
    guard let keeping = values.keeping else {
      self.init(
        verdict: .inconclusive, doubt: .untold, judged: nil, method: .binomialMixture, limit: nil, unseenShare: 1)
      return
    }
    func verdict(_ own: [Double?]?) -> Verdict {
      let proportion = own.flatMap { JudgedValues(expectation, own: $0, in: samples).keeping } ?? keeping
      return sequence.verdict(of: proportion, atLeast: share)
    }
    let unfinished = Unfinished(expectation.metric, in: samples)
    let open = OpenValues(expectation, unfinished.effect(on: values.hypothesis.direction), in: samples)
    let plain = verdict(nil)
    let told: Verdict =
      if !open.hidesAll, verdict(open.atWorst) == .supported {
        .supported
      } else {
        verdict(open.atBest) == .refuted ? .refuted : .inconclusive
      }
    let doubt: ExpectationResult.Doubt? =
      if told != .inconclusive {
        nil
      } else if plain != .inconclusive {
        expectation.metric.quantity == .recovery ? .censored : .unfinished(share: unfinished.share)
      } else if keeping.count == keeping.trials, let needed = sequence.replicationsAlike(supporting: share) {
        .tooFewAlike(needed: needed)
      } else {
        .boundInside
      }
    let interval = sequence.interval(of: keeping)
    self.init(
      verdict: told, doubt: doubt,
      judged: Estimate(
        value: keeping.value, low: interval.low, high: interval.high, confidence: confidence,
        replications: keeping.trials),
      method: .binomialMixture, limit: nil,
      unseenShare: MeanTest.unseenShare(after: keeping.trials, confidence: confidence))
  }
}

/// What each replication says where it leaves something open, at worst and at best for the expectation; nil where it is
/// what it says anyway.
private struct OpenValues {
  let atWorst: [Double?]?
  let atBest: [Double?]?
  /// Whether so much is open that nothing can be supported.
  let hidesAll: Bool

  init(_ expectation: Expectation, _ unfinished: Unfinished.Effect, in samples: VariantSamples) {
    let metric = expectation.metric
    if metric.quantity == .recovery {
      // A censored one took longer than is told: nobody knows how long.
      let longest = samples.recovery(of: metric.workload).map {
        $0.map { $0.isCensored ? .infinity : $0.duration.seconds }
      }
      (atWorst, atBest) = expectation.comparison.isLowerBound ? (nil, longest) : (longest, nil)
      hidesAll = false
      return
    }
    atBest = nil
    switch unfinished {
    case .none: (atWorst, hidesAll) = (nil, false)
    case .hides: (atWorst, hidesAll) = (nil, true)
    case .worst(let own): (atWorst, hidesAll) = (own, false)
    }
  }
}
