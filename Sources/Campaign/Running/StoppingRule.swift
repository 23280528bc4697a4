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
    // A variant that never tells the metric, such as one without faults, can't be waited for.
    let known = samples.indices.filter { samples[$0].accumulated(metric).contains { $0 != nil } }
    guard !known.isEmpty else { return false }
    for variant in known {
      let values = samples[variant].accumulated(metric)
      guard precision.isMet(by: values.compactMap { $0 }) else { return false }
      guard let baseline, baseline != variant, known.contains(baseline) else { continue }
      let differences = zip(values, samples[baseline].accumulated(metric)).compactMap { pair in
        if let value = pair.0, let base = pair.1 { value - base } else { nil }
      }
      guard precision.isMet(by: differences) else { return false }
    }
    return true
  }
}
