import Model
import Statistics

/// When a campaign has enough replications: the fewest it must have, the most it may, and in between the precision that
/// is asked for, or that all expectations are decided.
///
/// It is asked after every replication, in the order of their numbers, and looks at nothing else.
struct StoppingRule: Sendable {
  private let replications: CampaignPlan.Replications
  private let baseline: Int?
  private let precision: FixedWidthRule?
  /// The variants whose expectations are waited for; empty where none are.
  private let judged: [CampaignOutline.Variant]

  /// - Parameter stopsOnceDecided: whether it is enough that every expectation of every variant is decided.
  init(_ outline: CampaignOutline, stopsOnceDecided: Bool = false) {
    judged = stopsOnceDecided ? outline.variants : []
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
    if !judged.isEmpty { return count >= replications.minimum && isLookedAt(count) && isDecided(by: samples) }
    guard count >= replications.minimum, let precision, let metric = replications.until?.metric
    else { return false }
    let series = series(of: metric, in: samples)
    return !series.isEmpty && series.allSatisfy { precision.isMet(by: $0) }
  }

  /// After every replication up to 200, and then after each further 0.5% of them: a look costs as much as it looks at.
  private func isLookedAt(_ count: Int) -> Bool { count.isMultiple(of: max(1, count / 200)) }

  private func isDecided(by samples: [VariantSamples]) -> Bool {
    zip(judged, samples).allSatisfy { variant, samples in
      variant.expectations.allSatisfy { ExpectationResult.isDecided($0, of: variant, in: samples) }
    }
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
