import Model

/// What a campaign asks, without its models: all that its analysis needs besides the replications.
///
/// It is kept with the results, so that a comparison can be made again without the model's files.
public struct CampaignOutline: Hashable, Sendable, Codable {
  public let name: String
  public let seed: UInt64
  /// The level of every interval, for instance 0.95.
  public let confidence: Double
  /// The name of the variant the others are compared with.
  public let baseline: String
  public let outcomes: [Metric]
  public let replications: CampaignPlan.Replications
  /// What the tallies of a workload are kept for, in this order; the first is the whole run.
  public let windows: [Window]
  /// In the order of the campaign's file.
  public let variants: [Variant]
  /// Nil where there are none, as in results that were written before they were kept.
  private let commonOverrides: [CampaignPlan.Override]?

  /// What was set in every variant from outside the campaign's file.
  public var overrides: [CampaignPlan.Override] { commonOverrides ?? [] }

  public init(
    name: String, seed: UInt64, confidence: Double, baseline: String, outcomes: [Metric],
    replications: CampaignPlan.Replications, windows: [Window], variants: [Variant],
    overrides: [CampaignPlan.Override] = []
  ) {
    self.name = name
    self.seed = seed
    self.confidence = confidence
    self.baseline = baseline
    self.outcomes = outcomes
    self.replications = replications
    self.windows = windows
    self.variants = variants
    commonOverrides = overrides.isEmpty ? nil : overrides
  }

  public struct Variant: Hashable, Sendable, Codable {
    public let name: String
    public let model: String
    public let scenario: String?
    public let overrides: [CampaignPlan.Override]
    public let time: TimeFrame
    /// From the start of the first injected fault to the end of the last; nil where nothing is injected.
    public let faults: FaultPeriod?
    public let expectations: [Expectation]
    /// The level at which the expectations are judged.
    public let expectationConfidence: Double
    /// Nil in results that were written before it was kept.
    private let rarest: Double?
    public let objectives: [Objective]
    /// The workloads whose recovery is asked for; empty where nothing is injected.
    public let recoveries: [String]
    /// A hash of the tables that the variant's draws go through.
    public let tablesFingerprint: UInt64

    public init(
      name: String, model: String, scenario: String?, overrides: [CampaignPlan.Override],
      time: TimeFrame, faults: FaultPeriod?, expectations: [Expectation],
      expectationConfidence: Double, rarestIncident: Double = Scenario.usualRarestIncident,
      objectives: [Objective], recoveries: [String], tablesFingerprint: UInt64
    ) {
      rarest = rarestIncident
      self.name = name
      self.model = model
      self.scenario = scenario
      self.overrides = overrides
      self.time = time
      self.faults = faults
      self.expectations = expectations
      self.expectationConfidence = expectationConfidence
      self.objectives = objectives
      self.recoveries = recoveries
      self.tablesFingerprint = tablesFingerprint
    }

    /// How rare an incident may be that has to have had its chance to show up: see `Scenario.rarestIncident`.
    public var rarestIncident: Double { rarest ?? Scenario.usualRarestIncident }

    /// What the twin of each replication is asked for, each once, in the order of the expectations.
    public var twinMetrics: [Metric] { expectations.twinMetrics }
  }

  /// The place of a window in the tallies of a workload; nil where it was not asked for.
  public func index(of window: Window) -> Int? { windows.firstIndex(of: window) }

  /// What is asked of a variant, each once: the campaign's outcomes, then its scenario's and its model's.
  public func metrics(of variant: Variant) -> [Metric] {
    let all =
      outcomes + (replications.until.map { [$0.metric] } ?? []) + variant.expectations.map(\.metric)
      + variant.objectives.map(\.indicator)
    var seen: Set<Metric> = []
    return all.filter { seen.insert($0).inserted }
  }

  /// The variant of this name.
  public func variant(named name: String) -> Variant? { variants.first { $0.name == name } }
}
