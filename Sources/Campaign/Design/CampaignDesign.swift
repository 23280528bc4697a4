import Engine
import Model

/// A campaign ready to run: each variant compiled, with the twin it needs.
public struct CampaignDesign: Sendable {
  public let outline: CampaignOutline
  /// In the order of the outline.
  public let variants: [Variant]
  /// A hash of all that decides what a replication yields: the seed, the windows and each variant's model and scenario.
  ///
  /// What only decides how many replications there are and how they are shown is left out, so a
  /// campaign may be resumed with more replications, another baseline or another confidence.
  public let planHash: UInt64

  public struct Variant: Sendable {
    public let program: Program
    /// The same without faults; only where a recovery or a comparison with the twin is asked for.
    public let twin: Program?
    /// Whether their requests are compared one by one.
    let comparesRequests: Bool
  }

  /// - Parameter overrides: what the plan's variants have been made with besides their own, for the record.
  public init(_ plan: CampaignPlan, overrides: [CampaignPlan.Override] = []) {
    let windows = plan.requiredWindows
    var compiled: [Variant] = []
    var outlined: [CampaignOutline.Variant] = []
    var hash = StructuralHash()
    hash.combine(plan.seed)
    hash.combine(windows)
    for variant in plan.variants {
      let recoveries = plan.requiredRecoveries(of: variant)
      let comparesRequests = plan.comparesRequests(of: variant)
      let program = Program(
        model: variant.model, scenario: variant.scenario, windows: windows, measuringRecovery: !recoveries.isEmpty)
      let twinMetrics = variant.scenario?.twinMetrics ?? []
      let twin =
        recoveries.isEmpty && !comparesRequests && twinMetrics.isEmpty
        ? nil
        : Program(
          model: variant.model, scenario: variant.scenario,
          windows: twinMetrics.isEmpty && !comparesRequests ? [.run] : windows,
          injectingFaults: false)
      compiled.append(Variant(program: program, twin: twin, comparesRequests: comparesRequests))
      outlined.append(
        CampaignOutline.Variant(
          name: variant.name, model: variant.model.name, scenario: variant.scenario?.name,
          overrides: variant.overrides, time: variant.model.time,
          faults: FaultPeriod(of: variant.scenario, horizon: variant.model.time.horizon),
          expectations: variant.scenario?.expectations ?? [],
          expectationConfidence: variant.scenario?.confidence ?? plan.confidence,
          rarestIncident: variant.scenario?.rarestIncident ?? Scenario.usualRarestIncident,
          objectives: variant.model.objectives, recoveries: recoveries,
          tablesFingerprint: program.tablesFingerprint))
      hash.combine(variant.name)
      hash.combine(variant.model)
      hash.combine(variant.scenario?.faults ?? [])
      hash.combine(variant.scenario?.failures ?? [])
      hash.combine(recoveries)
      if comparesRequests { hash.combine("compares requests") }
      hash.combine(twinMetrics)
      hash.combine(program.tablesFingerprint)
    }
    variants = compiled
    planHash = hash.value
    outline = CampaignOutline(
      name: plan.name, seed: plan.seed, confidence: plan.confidence, baseline: plan.baseline,
      outcomes: plan.outcomes, replications: plan.replications, windows: windows,
      variants: outlined, overrides: overrides)
  }
}
