import Campaign
import Model
import Statistics

/// A difference between a variant and the baseline: signed, fractions in percentage points.
enum DifferenceText {
  static func value(_ difference: Estimate?, of quantity: Metric.Quantity) -> String {
    guard let difference else { return "-" }
    return text(difference.value, quantity, halfWidth: difference.halfWidth)
  }

  static func interval(_ difference: Estimate?, of quantity: Metric.Quantity) -> String {
    guard let difference, let interval = difference.interval else { return "" }
    if difference.isDegenerate { return "all \(difference.replications) the same" }
    let half = interval.halfWidth
    let low = text(interval.low, quantity, halfWidth: half)
    let high = text(interval.high, quantity, halfWidth: half)
    // One unit is enough for both where it is the same.
    let unit = high.drop { $0 != " " }
    return "\(low.hasSuffix(unit) ? String(low.dropLast(unit.count)) : low) to \(high)"
  }

  static func text(_ value: Double, _ quantity: Metric.Quantity, halfWidth: Double?) -> String {
    let sign = value > 0 ? "+" : ""
    guard quantity.isFraction else { return sign + NumberText.text(value, quantity.kind, halfWidth: halfWidth) }
    let points = value * 100
    let decimals =
      NumberText.decimals(bearing: (halfWidth ?? 0) * 100) ?? max(0, 2 - NumberText.magnitude(points))
    return "\(sign)\(NumberText.fixed(points, decimals: min(decimals, 12))) pt"
  }

  /// A p-value: `p < 0.0001`, `0.034`.
  static func p(_ value: Double?) -> String {
    guard let value else { return "-" }
    return value < 0.0001 ? "< 0.0001" : NumberText.fixed(value, decimals: 4)
  }

  static func correlation(_ value: Double?) -> String {
    value.map { NumberText.fixed($0, decimals: 2) } ?? "-"
  }

  static func share(_ value: Double?) -> String {
    value.map { NumberText.fixed($0 * 100, decimals: 0) + "%" } ?? "-"
  }
}

extension Metric.Quantity {
  var kind: NumberText.Kind {
    switch unit {
    case .fraction: .fraction
    case .seconds: .time
    case .count: .count
    case .perSecond: .perSecond
    case .perHour: .perHour
    case .bitsPerSecond: .bitRate
    case .money: .money
    }
  }
}

extension Comparison.Verdict {
  var tone: Tone {
    switch self {
    case .worse: .bad
    case .better: .good
    case .noDifferenceShown: .plain
    }
  }
}
