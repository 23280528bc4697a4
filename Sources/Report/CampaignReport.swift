import Campaign
import Model

/// What a campaign came to, for people and for machines: a pure function of its result.
///
/// Everything is computed once, when it is made.
public struct CampaignReport: Sendable {
  public let result: CampaignResult
  /// The version of the tool that makes the report.
  public let toolVersion: String
  /// The name of the variant the others are compared with.
  public var baseline: String { comparisons.baseline }
  public let summaries: [VariantSummary]
  public let comparisons: ComparisonTable

  /// - Parameter baseline: by default the campaign's.
  /// - Returns: nil where the campaign has no variant of this name.
  public init?(_ result: CampaignResult, baseline: String? = nil, toolVersion: String) {
    guard let comparisons = result.comparisons(baseline: baseline) else { return nil }
    self.result = result
    self.toolVersion = toolVersion
    self.comparisons = comparisons
    summaries = result.summaries
  }

  var outline: CampaignOutline { result.outline }

  /// The variant the others are compared with.
  public var baselineSummary: VariantSummary? { summaries.first { $0.name == baseline } }

  /// The time that matters most: that of the faults where there are any, else the whole run.
  var focus: Window {
    let faults = Window(.duringFaults)
    return outline.windows.contains(faults) ? faults : .run
  }

  /// The sections, one after the other.
  ///
  /// - Parameter detailed: whether metrics and reasons that the campaign does not ask for are compared too.
  public func blocks(detailed: Bool) -> [Block] {
    CampaignSection.allCases.filter { detailed || !$0.isDetail }.flatMap { $0.blocks(of: self) }
  }

  public func text(_ style: TextStyle, detailed: Bool = false) -> String {
    TextRenderer(style).text(blocks(detailed: detailed))
  }
}

/// A section of a campaign's report; each is in a file of its own.
enum CampaignSection: CaseIterable {
  case header, outcomes, differences, details, sessions, cdns, failures, failureDifferences, pools, metastability,
    expectations, objectives, warnings, verdicts

  var isDetail: Bool {
    switch self {
    case .details, .failureDifferences: true
    case .header, .outcomes, .differences, .sessions, .cdns, .failures, .pools, .metastability, .expectations,
      .objectives, .warnings, .verdicts:
      false
    }
  }

  func blocks(of report: CampaignReport) -> [Block] {
    switch self {
    case .header: report.headerSection
    case .outcomes: report.outcomesSection
    case .differences: report.differencesSection
    case .details: report.detailsSection
    case .sessions: report.sessionsSection
    case .cdns: report.cdnsSection
    case .failures: report.failuresSection
    case .failureDifferences: report.failureDifferencesSection
    case .pools: report.poolsSection
    case .metastability: report.metastabilitySection
    case .expectations: report.expectationsSection
    case .objectives: report.objectivesSection
    case .warnings: report.warningsSection
    case .verdicts: report.verdictsSection
    }
  }
}
