import Campaign
import Model

/// One replication of a model, looked at closely.
public struct RunReport: Sendable {
  public let outline: CampaignOutline
  /// From 0.
  public let replication: Int
  /// The fingerprint of the replication, as 16 hexadecimal digits.
  public let fingerprint: String
  public let toolVersion: String
  public let summary: VariantSummary

  /// - Parameters:
  ///   - outline: of the campaign of one variant that the record belongs to.
  ///   - record: of any replication.
  public init(_ outline: CampaignOutline, record: ReplicationRecord, toolVersion: String) {
    self.outline = outline
    self.toolVersion = toolVersion
    replication = record.replication
    fingerprint = Fingerprint.text(record.outcome.fingerprint)
    summary = VariantSummary(of: record, in: outline)
  }

  public var blocks: [Block] { RunSection.allCases.flatMap { $0.blocks(of: self) } }

  public func text(_ style: TextStyle) -> String { TextRenderer(style).text(blocks) }

  public var json: JSONValue {
    let whole = summary.json(fingerprint: fingerprint, outline: outline)
    return whole.adding([.init("replication", .integer(replication)), .init("tool", .string(toolVersion))])
  }

  /// The windows besides the whole run that requests were counted in, with their places.
  var otherWindows: [(place: Int, window: Window)] {
    outline.windows.enumerated().dropFirst().map { ($0.offset, $0.element) }
  }
}

/// A section of a run's report.
enum RunSection: CaseIterable {
  case header, sessions, sessionWindows, cdns, cdnWindows, workloads, windows, failures, endpoints, services, timeline,
    metastability, expectations, warnings

  func blocks(of report: RunReport) -> [Block] {
    switch self {
    case .header: report.headerSection
    case .sessions: report.sessionsSection
    case .sessionWindows: report.sessionWindowsSection
    case .cdns: report.cdnsSection
    case .cdnWindows: report.cdnWindowsSection
    case .workloads: report.workloadsSection
    case .windows: report.windowsSection
    case .failures: report.failuresSection
    case .endpoints: report.endpointsSection
    case .services: report.servicesSection
    case .timeline: report.timelineSection
    case .metastability: report.metastabilitySection
    case .expectations: report.expectationsSection
    case .warnings: report.warningsSection
    }
  }
}
