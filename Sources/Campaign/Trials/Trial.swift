import Model
import Statistics

/// A scenario on a model, run until every expectation of it is decided, or as often as is allowed.
///
/// The expectations are judged after every replication (see `StoppingRule`), in the order of the replications' numbers,
/// by intervals that hold at any look. The first look at which all of them are supported or refuted ends the trial, and
/// its verdicts are the trial's. So they are the same with any number of jobs.
public struct Trial: Sendable {
  /// Of a campaign with one variant.
  public let result: CampaignResult
  /// What the replications came to.
  public let summary: VariantSummary
  private let samples: VariantSamples

  public var replications: Int { summary.replications }
  /// Whether it was stopped before the expectations were decided and before the last replication.
  public var isInterrupted: Bool { result.status == .interrupted }
  /// In the order of the scenario's expectations.
  public var expectations: [ExpectationResult] { summary.expectations }

  /// Runs a variant; blocks until that has ended.
  ///
  /// - Parameters:
  ///   - variant: a model and a scenario; without expectations there is nothing to decide, and all replications are run.
  ///   - outcomes: further metrics that are told, whatever they come to.
  ///   - maximum: the most replications; at least 1.
  ///   - jobs: how many replications are run at the same time; at least 1.
  ///   - progress: called after each replication, one call at a time, from any thread.
  public init(
    _ variant: CampaignPlan.Variant, outcomes: [Metric] = [], maximum: Int, seed: UInt64, jobs: Int,
    cancellation: Cancellation = Cancellation(), progress: @escaping @Sendable (CampaignProgress) -> Void = { _ in }
  ) {
    let design = CampaignDesign(CampaignPlan.trial(of: variant, outcomes: outcomes, maximum: maximum, seed: seed))
    let run = CampaignRun(
      design.outline, jobs: jobs, stopsOnceDecided: !design.outline.variants[0].expectations.isEmpty)
    self.init(
      run.execute(journal: UnrecordedReplications(), cancellation: cancellation, progress: progress) {
        SimulationRunner(design)
      })
  }

  /// What a campaign of one variant came to, as a trial.
  public init(_ result: CampaignResult) {
    precondition(result.samples.count == 1, "A trial is of one variant.")
    self.result = result
    samples = result.samples[0]
    summary = VariantSummary(of: samples, as: result.outline.variants[0], in: result.outline)
  }

  /// The mean of a metric over the replications that tell it, with the interval of its confidence sequence, which holds
  /// although the trial ended when it was seen to be decided; nil where none tells it.
  ///
  /// - Parameter metric: one of the outcomes, of the expectations or of the objectives.
  public func sequence(of metric: Metric) -> Estimate? {
    let values = samples.accumulated(metric).compactMap { $0 }
    guard !values.isEmpty else { return nil }
    let confidence = result.outline.confidence
    let interval = MeanSequence(confidence: confidence).interval(of: values)
    let mean = metric.quantity.bounding(
      Estimate(
        value: Moments(values).mean, low: interval?.low, high: interval?.high, confidence: confidence,
        replications: values.count))
    return metric.quantity.isAccumulatedAsLoss ? mean.complement : mean
  }
}

extension CampaignPlan {
  /// The campaign of one variant and at most so many replications that a trial is.
  public static func trial(
    of variant: Variant, outcomes: [Metric] = [], maximum: Int, seed: UInt64
  ) -> CampaignPlan {
    CampaignPlan(
      name: variant.scenario?.name ?? variant.name, variants: [variant], baseline: variant.name, outcomes: outcomes,
      replications: Replications(minimum: 1, maximum: maximum, until: nil),
      confidence: variant.scenario?.confidence ?? 0.95, seed: seed)
  }
}
