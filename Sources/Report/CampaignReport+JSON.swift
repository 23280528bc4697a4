import Campaign
import Model

extension CampaignReport {
  public var json: JSONValue {
    var models: [String] = []
    for variant in outline.variants where !models.contains(variant.model) { models.append(variant.model) }
    var scenarios: [String] = []
    for scenario in outline.variants.compactMap(\.scenario) where !scenarios.contains(scenario) {
      scenarios.append(scenario)
    }
    return [
      "schema": 1,
      "tool": .string(toolVersion),
      "campaign": .string(outline.name),
      "model": JSONValue(models.count == 1 ? models.first : nil),
      "scenario": JSONValue(scenarios.count == 1 ? scenarios.first : nil),
      "overrides": .array(outline.overrides.map { JSONValue($0) }),
      "seed": .unsigned(outline.seed),
      "status": .string(result.status.rawValue),
      "replications": .integer(result.replications),
      "confidence": .number(outline.confidence),
      "precision": result.precision.map { JSONValue($0) } ?? .null,
      "baseline": .string(baseline),
      "fingerprint": .string(Fingerprint.text(result.fingerprint)),
      "variants": .map(summaries) {
        ($0.name, $0.json(fingerprint: Fingerprint.text($0.fingerprint), outline: outline))
      },
      "comparisons": .array(comparisons.outcomes.map { JSONValue($0) }),
      "details": .array(comparisons.details.map { JSONValue($0) }),
      "reasons": .array(comparisons.reasons.map { JSONValue($0) }),
      "warnings": .array(result.warnings.map { JSONValue($0) }),
    ]
  }
}
