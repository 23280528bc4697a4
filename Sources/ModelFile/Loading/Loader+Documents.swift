import Model

extension Loader {
  /// Decodes a model; nil after having noted what is wrong.
  mutating func model(_ tree: Node?, overrides: [OverrideText]) -> ModelDocument? {
    guard let tree else { return nil }
    for override in overrides where override.isOfScenario {
      diagnostics.append(
        Diagnostic(.badPath, at: override.path.location, "there is no scenario in which this could be set"))
    }
    return decodeModel(tree, overrides: overrides.filter { !$0.isOfScenario })?.document
  }

  private struct Decoded {
    let document: ModelDocument?
    let names: Names
    let time: TimeFrame?
    /// What was decoded, with all overrides, before policies are adopted.
    let tree: Node
  }

  private mutating func decodeModel(_ tree: Node, overrides: [OverrideText]) -> Decoded? {
    let changed = OverrideApplication.apply(
      overrides, to: OriginShorthand.expanded(in: tree), of: SystemModel.section.shape, diagnostics: &diagnostics)
    let root = ProfileAdoption.apply(to: PolicyAdoption.apply(to: OriginShorthand.expanded(in: changed)))
    let names = Names(of: root)
    let decoding = Decoding(names: names, reader: reader)
    let model = SystemModel.section.decode(root, decoding)
    decoding.checkNames(in: root)
    decoding.checkCalls()
    // What is faulty elsewhere would look unused here.
    if !decoding.diagnostics.contains(where: { $0.severity == .error }) { decoding.warn(about: root) }
    diagnostics += decoding.diagnostics
    let document = model.map {
      ModelDocument(
        model: $0, explanation: Explanation(entries: decoding.explanation),
        sources: sources + decoding.sources, dataFiles: decoding.sources, warnings: warnings)
    }
    return Decoded(document: document, names: names, time: decoding.time, tree: changed)
  }

  /// A model and a scenario, with overrides of both.
  private struct Pair {
    let model: ModelDocument
    let names: Names
    let scenario: Scenario?
    let explanation: Explanation
    var canonicalText: String { explanation.canonicalText + model.canonicalText }
  }

  private mutating func pair(_ base: Node, scenario: Node?, overrides: [OverrideText]) -> Pair? {
    guard let decoded = decodeModel(base, overrides: overrides.filter { !$0.isOfScenario }) else { return nil }
    let ofScenario = overrides.filter(\.isOfScenario)
    guard let scenario else {
      for override in ofScenario {
        diagnostics.append(
          Diagnostic(.badPath, at: override.path.location, "there is no scenario in which this could be set"))
      }
      return decoded.document.map {
        Pair(model: $0, names: decoded.names, scenario: nil, explanation: Explanation(entries: []))
      }
    }
    let root = OverrideApplication.apply(
      ofScenario, to: scenario, of: Scenario.section.shape, diagnostics: &diagnostics)
    let decoding = Decoding(names: decoded.names, reader: reader)
    decoding.time = decoded.time
    decoding.base = decoded.document.map { ChangeableModel($0, tree: decoded.tree, reader: reader) }
    decoding.faults = root["faults"]?.entries?.map(\.key.text) ?? []
    decoding.isUnbroken = ["faults", "failures"].allSatisfy { (root[$0]?.entries ?? []).isEmpty }
    decoding.hypotheses = root["expect"]?.entries?.map(\.key.text) ?? []
    let value = Scenario.section.decode(root, decoding)
    diagnostics += decoding.diagnostics
    sabotages = decoding.sabotages
    guard let value, let document = decoded.document else { return nil }
    return Pair(
      model: document, names: decoded.names, scenario: value,
      explanation: Explanation(entries: decoding.explanation))
  }

  /// The same for a variant, whose warnings would only repeat those of the model or blame it for what it varies.
  private mutating func variantPair(_ base: Node, scenario: Node?, overrides: [OverrideText]) -> Pair? {
    let known = diagnostics
    let pair = pair(base, scenario: scenario, overrides: overrides)
    diagnostics = known + diagnostics.dropFirst(known.count).filter { $0.severity == .error }
    return pair
  }

  /// Reports metrics of money that a variant doesn't have, or has in another currency than the model.
  private mutating func checkCosts(_ metrics: [Metric], of pair: Pair, as plain: Pair?, by overrides: [OverrideText]) {
    guard let plain, let place = (overrides.last { $0.path.text.hasPrefix("cdns") } ?? overrides.last)?.path.location
    else { return }
    for metric in metrics where metric.quantity.unit == .money {
      let (usual, own) = (plain.names.currencies[metric.workload], pair.names.currencies[metric.workload])
      if own == usual { continue }
      diagnostics.append(
        Diagnostic(
          .badMetric, at: place,
          "`\(metric)` is compared, and the price of `\(metric.workload)` is "
            + "\(own.map { "in `\($0)`" } ?? "`none`") here instead of in `\(usual ?? "")`"))
    }
  }

  mutating func scenario(
    _ root: Node, base: Node?, overrides: [OverrideText]
  ) throws(DiagnosticList) -> ScenarioDocument {
    guard let base else { throw failure() }
    let whole = pair(base, scenario: root, overrides: overrides)
    var withSabotage: [Sabotage] = []
    // Where something else is faulty too: what a sabotage sets is told all the same.
    for sabotage in sabotages {
      // What the file sets is more particular than what is set from outside.
      guard let left = variantPair(base, scenario: root, overrides: overrides + sabotage.overrides) else { continue }
      withSabotage.append(
        Sabotage(
          CampaignPlan.Variant(
            name: sabotage.name, model: left.model.model,
            scenario: left.scenario?.expecting(sabotage.refutes.map(\.text)),
            overrides: sabotage.overrides.map { CampaignPlan.Override(path: $0.path.text, value: $0.value.flowText) })))
    }
    let pair = try finished(whole)
    guard let scenario = pair.scenario else { throw failure() }
    return ScenarioDocument(
      scenario: scenario, locations: ScenarioLocations(root), sabotages: withSabotage,
      ramp: scenario.ramped(in: pair.names), explanation: pair.explanation, model: pair.model, sources: sources,
      warnings: warnings)
  }

  mutating func campaign(
    _ root: Node, path: String, overrides: [OverrideText]
  ) throws(DiagnosticList) -> CampaignDocument {
    let base = modelTree(namedBy: root, key: "model", from: path)
    let scenario = scenarioTree(namedBy: root, from: path)
    guard let base else { throw failure() }
    // Of a scenario that could not be read nothing can be set, and that has been said already.
    let isLost = scenario == nil && root["scenario"] != nil
    func possible(_ overrides: [OverrideText]) -> [OverrideText] {
      isLost ? overrides.filter { !$0.isOfScenario } : overrides
    }
    let plain = pair(base, scenario: scenario, overrides: possible(overrides))
    let decoding = Decoding(names: plain?.names ?? Names(of: base), reader: reader)
    decoding.time = plain?.model.model.time
    decoding.faults = scenario.map { $0["faults"]?.entries?.map(\.key.text) ?? [] }
    let text = CampaignText.section.decode(root, decoding)
    diagnostics += decoding.diagnostics
    var variants: [CampaignPlan.Variant] = []
    var texts: [String] = []
    for variant in decoding.variants {
      // What the campaign's file sets is more particular than what holds for all of its variants.
      guard let pair = variantPair(base, scenario: scenario, overrides: possible(overrides + variant.overrides))
      else { continue }
      checkCosts(text?.compared ?? [], of: pair, as: plain, by: variant.overrides)
      let set = variant.overrides.map { CampaignPlan.Override(path: $0.path.text, value: $0.value.flowText) }
      variants.append(
        CampaignPlan.Variant(name: variant.name, model: pair.model.model, scenario: pair.scenario, overrides: set))
      texts.append("variant \(variant.name)\n" + pair.canonicalText)
    }
    let campaign = try finished(text)
    let pair = try finished(plain)
    let plan = CampaignPlan(
      name: campaign.name, variants: variants, baseline: campaign.baseline, outcomes: campaign.outcomes,
      replications: campaign.replications, confidence: campaign.confidence, seed: campaign.seed)
    return CampaignDocument(
      plan: plan, explanation: Explanation(entries: decoding.explanation + pair.explanation.ofScenario),
      model: pair.model, variantTexts: texts, sources: sources, warnings: warnings)
  }
}
