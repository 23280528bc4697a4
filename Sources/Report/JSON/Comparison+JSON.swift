import Campaign
import Model
import Statistics

extension JSONValue {
  init(_ comparison: Comparison) {
    self = [
      "baseline": .string(comparison.baseline), "variant": .string(comparison.variant),
      "metric": .string(comparison.metric.description),
      "difference": comparison.difference.map { JSONValue($0) } ?? .null,
      "p": JSONValue(comparison.p), "pAdjusted": JSONValue(comparison.pAdjusted),
      "method": JSONValue(comparison.method?.rawValue), "correlation": JSONValue(comparison.correlation),
      "varianceSaved": JSONValue(comparison.varianceSaved), "verdict": .string(comparison.verdict.rawValue),
      "sentence": .string(comparison.sentence),
    ]
  }

  init(_ comparison: ReasonComparison) {
    self = [
      "baseline": .string(comparison.baseline), "variant": .string(comparison.variant),
      "workload": .string(comparison.workload), "window": .string(comparison.window.description),
      "reason": .string(comparison.reason.rawValue), "component": .string(comparison.component),
      "difference": comparison.difference.map { JSONValue($0) } ?? .null,
      "p": JSONValue(comparison.p), "pAdjusted": JSONValue(comparison.pAdjusted),
      "verdict": .string(comparison.verdict.rawValue),
    ]
  }
}
