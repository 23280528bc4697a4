import Model
import Statistics

/// Whether the replications of a campaign told its metric as precisely as was asked for.
public struct PrecisionResult: Hashable, Sendable {
  public let asked: CampaignPlan.Precision
  /// Of each variant.
  public let replications: Int
  /// Half of the widest interval among the variants' and those of their differences from the campaign's baseline,
  /// in the quantity's unit; nil where one of them has no interval yet, or no variant tells the metric.
  public let widest: Double?

  public var isReached: Bool { widest.map { $0 <= asked.halfWidth } ?? false }

  init?(_ samples: [VariantSamples], of outline: CampaignOutline) {
    guard let asked = outline.replications.until else { return nil }
    let halves = StoppingRule(outline).series(of: asked.metric, in: samples).map {
      Estimate(meanOf: $0, confidence: outline.confidence)?.halfWidth
    }
    self.asked = asked
    replications = samples.first?.replications ?? 0
    widest = halves.contains(nil) ? nil : halves.compactMap { $0 }.max()
  }
}

extension PrecisionResult {
  /// `±0.1 points of availability(home)`.
  public var statement: String { "±\(amount(asked.halfWidth)) of \(asked.metric)" }

  /// `the widest half-width is 0.12 points`.
  public var finding: String {
    widest.map { "the widest half-width is \(amount($0))" } ?? "there is no interval"
  }

  /// What a half-width is said with: three digits.
  private func amount(_ halfWidth: Double) -> String {
    PlainNumber.amount(halfWidth, unit: PlainNumber.Unit(asked.metric.quantity.unit, currency: nil), precision: nil)
  }
}
