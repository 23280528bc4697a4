import Model
import Statistics

/// Every variant of a campaign against one of them.
public struct ComparisonTable: Hashable, Sendable {
  public let baseline: String
  public let confidence: Double
  /// The metrics that the campaign asks for, variant by variant; Holm's method over all of them.
  public let outcomes: [Comparison]
  /// For the workloads and windows of these: what else a reader wants to know of them, as a family of its own.
  ///
  /// Availability, full-fidelity availability, and the mean, median, p90, p99 and p99.9 of latency; of sessions and CDNs
  /// all that can be told of them.
  public let details: [Comparison]
  /// Failures by reason in the same windows; a family of its own. Reasons that occur in neither are left out.
  public let reasons: [ReasonComparison]

  init?(_ result: CampaignResult, baseline: String) {
    guard let base = result.samples.first(where: { $0.name == baseline }) else { return nil }
    let outline = result.outline
    let others = result.samples.filter { $0.name != baseline }
    self.baseline = baseline
    confidence = outline.confidence
    outcomes = Self.family(
      of: outline.outcomes, variants: others, baseline: base, confidence: outline.confidence)
    details = Self.family(
      of: Self.detailed(outline.outcomes, of: base), variants: others, baseline: base, confidence: outline.confidence)
    reasons = Self.reasons(
      in: outline.outcomes, variants: others, baseline: base, confidence: outline.confidence)
  }

  private static func family(
    of metrics: [Metric], variants: [VariantSamples], baseline: VariantSamples, confidence: Double
  ) -> [Comparison] {
    let pairs = variants.flatMap { variant in
      metrics.map { MetricPair($0, variant: variant, baseline: baseline, confidence: confidence) }
    }
    let adjusted = MultipleComparisons.holm(pairs.map { $0.comparison?.p })
    return zip(pairs, adjusted).map { $0.comparison(pAdjusted: $1, confidence: confidence) }
  }

  private static let detail: [Metric.Quantity] = [
    .availability, .fullFidelity, .latencyMean, .latencyP50, .latencyP90, .latencyP99, .latencyP999,
  ]

  private static func detailed(_ outcomes: [Metric], of baseline: VariantSamples) -> [Metric] {
    places(of: outcomes).flatMap { place in
      // Of sessions, starts lost and availability say the same.
      let isAvailabilityAsked = outcomes.contains(place)
      return detail(of: place.workload, in: baseline.streaming)
        .filter { $0 != .startsLost || !isAvailabilityAsked }
        .map { Metric($0, of: place.workload, in: place.window) }
    }
    .filter { !outcomes.contains($0) }
  }

  /// What there is to tell of a workload, of sessions or of a CDN.
  private static func detail(of name: String, in streaming: StreamingSamples?) -> [Metric.Quantity] {
    let group = streaming?.groups.first { $0.name == name }
    let cdn = streaming?.cdns.first { $0.name == name }
    if group == nil, cdn == nil { return detail }
    let isToldAsWorkload = group?.kind.isToldAsWorkload ?? false
    let isWithoutShield = cdn?.windows.allSatisfy { $0.allSatisfy { $0.shield.requests == 0 } } ?? false
    return Metric.Quantity.allCases.filter { quantity in
      switch quantity {
      // Starts lost say the same.
      case .availability: false
      case .cost: cdn?.pricePerGB != nil
      case .shieldHitRatio: cdn != nil && !isWithoutShield
      default:
        switch quantity.subject {
        case .workload, .twin, .several, .service: false
        case .requests: isToldAsWorkload && detail.contains(quantity)
        case .latencies: group != nil && detail.contains(quantity)
        case .sessions: group != nil
        case .cdn: cdn != nil
        }
      }
    }
  }

  /// The workloads and windows of metrics, each once, in their order.
  private static func places(of metrics: [Metric]) -> [Metric] {
    var seen: Set<Metric> = []
    return metrics.filter {
      $0.quantity != .recovery && $0.quantity.subject != .several && $0.quantity.subject != .service
    }
    .map { Metric(.availability, of: $0.workload, in: $0.window) }
    .filter { seen.insert($0).inserted }
  }

  private static func reasons(
    in outcomes: [Metric], variants: [VariantSamples], baseline: VariantSamples, confidence: Double
  ) -> [ReasonComparison] {
    let pairs = variants.flatMap { variant in
      places(of: outcomes).flatMap { place in
        ReasonPair.all(at: place, variant: variant, baseline: baseline, confidence: confidence)
      }
    }
    let adjusted = MultipleComparisons.holm(pairs.map { $0.comparison?.p })
    return zip(pairs, adjusted).map { $0.comparison(pAdjusted: $1, confidence: confidence) }
  }
}
