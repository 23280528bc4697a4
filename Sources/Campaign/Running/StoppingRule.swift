import Model
import Statistics

/// When a campaign has enough replications: the fewest it must have, the most it may, and the precision in between.
///
/// It is asked after every replication, in the order of their numbers, and looks at nothing else.
struct StoppingRule: Sendable {
  private let replications: CampaignPlan.Replications
  private let baseline: Int?
  private let precision: FixedWidthRule?

  init(_ outline: CampaignOutline) {
    replications = outline.replications
    baseline = outline.variants.firstIndex { $0.name == outline.baseline }
    precision = outline.replications.until.map {
      FixedWidthRule(
        halfWidth: $0.halfWidth, confidence: outline.confidence,
        minimum: outline.replications.minimum, maximum: outline.replications.maximum)
    }
  }

  func isMet(by samples: [VariantSamples]) -> Bool {
    let count = samples[0].replications
    if count >= replications.maximum { return true }
    guard count >= replications.minimum, let precision, let metric = replications.until?.metric
    else { return false }
    let series = series(of: metric, in: samples)
    return !series.isEmpty && series.allSatisfy { precision.isMet(by: $0) }
  }

  /// What has to be known precisely: a metric in each variant, and its difference from the baseline.
  ///
  /// A variant that never tells the metric, such as one without faults, can't be waited for and has none.
  func series(of metric: Metric, in samples: [VariantSamples]) -> [[Double]] {
    let values = samples.map { $0.accumulated(metric) }
    let known = values.indices.filter { values[$0].contains { $0 != nil } }
    var series = known.map { values[$0].compactMap { $0 } }
    guard let baseline, known.contains(baseline) else { return series }
    for variant in known where variant != baseline {
      series.append(
        zip(values[variant], values[baseline]).compactMap { pair in
          if let value = pair.0, let base = pair.1 { value - base } else { nil }
        })
    }
    return series
  }
}
