import Model
import Statistics

/// What the replications of a variant say about an expectation of its scenario.
public struct ExpectationResult: Hashable, Sendable {
  public let expectation: Expectation
  public let verdict: Verdict
  /// Why the replications do not decide it; nil where they do.
  public let doubt: Doubt?
  /// What was judged, with the interval of its confidence sequence: the mean, the mean difference from the twin (or from a
  /// multiple of it), or the share of the replications that keep to the bound. Nil where no replication tells it; an end
  /// of the interval is nil where they don't tell that.
  public let judged: Estimate?
  /// How it was judged.
  public let method: MeanHypothesis.Method
  /// The value beyond which no replication may lie, for the verdict to hold, in the unit of what was judged; nil where it
  /// holds whatever they do, and where there is no verdict.
  public let limit: Double?
  /// The share of replications that could be unlike all those seen without one having shown up.
  public let unseenShare: Double
  /// How many of the replications that tell it keep to the bound; nil where none tells it.
  public let keeping: Proportion?
  /// The mean of the twin; nil where nothing is compared with it.
  public let twin: Double?
  /// The metric as it is reported everywhere else.
  public let estimate: MetricEstimate

  init(_ expectation: Expectation, of variant: CampaignOutline.Variant, in samples: VariantSamples) {
    self.expectation = expectation
    let confidence = variant.expectationConfidence
    estimate = MetricEstimate(expectation.metric, in: samples, confidence: confidence)
    let values = JudgedValues(expectation, in: samples)
    twin = values.meanTwin
    keeping = values.keeping
    let finding = Finding(values, of: expectation, variant, in: samples, withInterval: true)
    verdict = finding.verdict
    doubt = finding.doubt
    judged = finding.judged
    method = finding.method
    limit = finding.limit
    unseenShare = finding.unseenShare
  }

  /// Whether there is a verdict; found without the interval, which costs a hundred times as much.
  static func isDecided(
    _ expectation: Expectation, of variant: CampaignOutline.Variant, in samples: VariantSamples
  ) -> Bool {
    let values = JudgedValues(expectation, in: samples)
    return Finding(values, of: expectation, variant, in: samples, withInterval: false).verdict != .inconclusive
  }

  /// What was found.
  struct Finding {
    let verdict: Verdict
    let doubt: Doubt?
    let judged: Estimate?
    let method: MeanHypothesis.Method
    let limit: Double?
    let unseenShare: Double
  }
}

extension ExpectationResult.Finding {
  init(
    _ values: JudgedValues, of expectation: Expectation, _ variant: CampaignOutline.Variant,
    in samples: VariantSamples, withInterval: Bool
  ) {
    let confidence = variant.expectationConfidence
    if let share = expectation.share {
      self.init(ofShare: share, values, of: expectation, in: samples, confidence: confidence)
    } else {
      self.init(
        ofMean: values, of: expectation, in: samples, confidence: confidence, rarest: variant.rarestIncident,
        withInterval: withInterval)
    }
  }
}
