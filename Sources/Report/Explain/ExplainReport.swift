import Campaign
import Model

/// What the faults of one replication did: who was hurt, by comparison with the same replication without them.
public struct ExplainReport: Sendable {
  /// What was run, and with which faults.
  public struct Subject: Hashable, Sendable {
    public let model: String
    public let scenario: String
    /// Nil where no campaign was explained.
    public let campaign: String?
    public let variant: String?
    public let seed: UInt64
    /// From 0.
    public let replication: Int
    public let time: TimeFrame
    /// One line a fault, as the scenario's file says it.
    public let injected: [String]
    public let overrides: [CampaignPlan.Override]
    /// What else is to be known of where it comes from.
    public let remarks: [String]
    public let toolVersion: String

    public init(
      model: String, scenario: String, campaign: String? = nil, variant: String? = nil, seed: UInt64, replication: Int,
      time: TimeFrame, injected: [String], overrides: [CampaignPlan.Override] = [], remarks: [String] = [],
      toolVersion: String
    ) {
      self.model = model
      self.scenario = scenario
      self.campaign = campaign
      self.variant = variant
      self.seed = seed
      self.replication = replication
      self.time = time
      self.injected = injected
      self.overrides = overrides
      self.remarks = remarks
      self.toolVersion = toolVersion
    }
  }

  public let subject: Subject
  public let twinRun: TwinRun
  /// How the faults spread; nil where that is not told.
  public let cascade: Cascade?
  /// Whether it stays degraded once the faults are gone, and what sustains it; nil where they last to the horizon.
  public let aftermath: MetastabilityDiagnosis?
  /// How many requests are listed, of the hurt and of the helped.
  public let most: Int

  public init(
    _ subject: Subject, _ twinRun: TwinRun, cascade: Cascade? = nil, aftermath: MetastabilityDiagnosis? = nil, most: Int
  ) {
    self.subject = subject
    self.twinRun = twinRun
    self.cascade = cascade
    self.aftermath = aftermath
    self.most = most
  }

  var comparison: TwinComparison { twinRun.comparison }
  var fingerprint: String { Fingerprint.text(twinRun.run.outcome.fingerprint) }
  var twinFingerprint: String { Fingerprint.text(twinRun.twin.outcome.fingerprint) }

  public var blocks: [Block] { ExplainSection.allCases.flatMap { $0.blocks(of: self) } }

  public func text(_ style: TextStyle) -> String { TextRenderer(style).text(blocks) }

  public var json: JSONValue { .object(ExplainSection.allCases.flatMap { $0.members(of: self) }) }
}

/// A section of an explanation: in text, and as members of the JSON object.
enum ExplainSection: CaseIterable {
  case header, hurt, cascade, aftermath, causes, endpoints, minutes, requests

  func blocks(of report: ExplainReport) -> [Block] {
    switch self {
    case .header: report.headerSection
    case .hurt: report.hurtSection
    case .cascade: report.cascade?.section ?? []
    case .aftermath: report.aftermathSection
    case .causes: report.causesSection
    case .endpoints: report.endpointsSection
    case .minutes: report.minutesSection
    case .requests: report.requestsSection
    }
  }

  func members(of report: ExplainReport) -> [JSONValue.Member] {
    switch self {
    case .header: report.headerMembers
    case .hurt: report.hurtMembers
    case .cascade: report.cascade.map { [JSONValue.Member("cascade", $0.json)] } ?? []
    case .aftermath: report.aftermathMembers
    case .causes: report.causesMembers
    case .endpoints: report.endpointsMembers
    case .minutes: report.minutesMembers
    case .requests: report.requestsMembers
    }
  }
}
