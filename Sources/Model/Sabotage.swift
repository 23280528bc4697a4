/// A model with one mechanism removed, so that hypotheses of a scenario that hold by it must be refuted.
///
/// Where they are not, they prove nothing about the mechanism.
public struct Sabotage: Hashable, Sendable {
  /// The model that is left, and the scenario with the hypotheses that must be refuted, and no others.
  public let variant: CampaignPlan.Variant

  public init(_ variant: CampaignPlan.Variant) { self.variant = variant }

  public var name: String { variant.name }
}
