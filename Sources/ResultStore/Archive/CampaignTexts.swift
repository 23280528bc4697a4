/// The files that a campaign was read from, and what read them; kept with its results.
public struct CampaignTexts: Hashable, Sendable {
  /// The model's files, with what they include.
  public let model: String
  /// The campaign's file and the scenario's.
  public let campaign: String
  public let toolVersion: String

  public init(model: String, campaign: String, toolVersion: String) {
    self.model = model
    self.campaign = campaign
    self.toolVersion = toolVersion
  }
}
