import Campaign
import Model
import Statistics

/// What was judged of an expectation, as a reader wants it.
struct JudgedText {
  /// The mean, `91.2%`; its difference from the twin, `twin -8.6 pt`; or how many replications keep to the bound,
  /// `58 of 60 runs`.
  let value: String
  /// Empty where there is none.
  let interval: String
  /// The condition under which a verdict holds, `no replication lies below 85%`; empty where it holds without any.
  let condition: String
  /// What follows the verdict: why there is none, or on which condition.
  let remark: String

  init(_ result: ExpectationResult) {
    let expectation = result.expectation
    let quantity = expectation.metric.quantity
    let kind = quantity.kind
    if let keeping = result.keeping, expectation.share != nil {
      value = "\(keeping.count) of \(keeping.trials) runs"
      interval = result.judged?.interval.map { Self.range($0, .fraction) } ?? ""
    } else if let twin = expectation.twinText {
      value = result.judged.map { "\(twin) \(DifferenceText.value($0, of: quantity))" } ?? "-"
      interval = DifferenceText.interval(result.judged, of: quantity)
    } else {
      value = NumberText.value(result.judged, kind)
      interval = NumberText.interval(result.judged, kind)
    }
    condition = result.doubt == nil ? result.limit.map { Self.condition(result, limit: $0) } ?? "" : ""
    remark = result.doubt.map { ": \($0)" } ?? (condition.isEmpty ? "" : ", if \(condition)")
  }

  private static func condition(_ result: ExpectationResult, limit: Double) -> String {
    let expectation = result.expectation
    let quantity = expectation.metric.quantity
    // The limit lies on the other side of the bound than the mean.
    let isBelow = expectation.comparison.isLowerBound == (result.verdict == .supported)
    let text =
      expectation.twinText.map { "\($0) \(DifferenceText.text(limit, quantity, halfWidth: nil))" }
      ?? NumberText.text(limit, quantity.kind)
    return "no replication lies \(isBelow ? "below" : "above") \(text)"
  }

  /// What the numbers are in a table of expectations.
  static var note: String {
    "means over replications; beside `twin` the mean difference from it; runs that keep to the bound; all by intervals that "
      + "hold at any look"
  }

  private static func range(_ interval: Interval, _ kind: NumberText.Kind) -> String {
    let half = interval.halfWidth
    return "\(NumberText.text(interval.low, kind, halfWidth: half)) to "
      + NumberText.text(interval.high, kind, halfWidth: half)
  }
}

extension Expectation {
  /// As in the file: `availability(viewers) during faults >= twin - 0.1% in 99% of runs`.
  public var statement: String { "\(metric) \(requirement)" }

  /// What it is compared with: `twin`, `1.5 x twin`; nil where that is a number.
  var twinText: String? { twinFactor.map { $0 == 1 ? "twin" : "\(NumberText.plain($0)) x twin" } }

  /// What is asked of the metric: `>= twin - 0.1% in 99% of runs`.
  var requirement: String {
    let kind = metric.quantity.kind
    let share = share.map { " in \(NumberText.stated($0)) of runs" } ?? ""
    guard let twin = twinText else {
      return "\(comparison.rawValue) \(NumberText.bound(bound, kind))\(share)"
    }
    let added = bound == 0 ? "" : " \(bound < 0 ? "-" : "+") \(NumberText.bound(bound.magnitude, kind))"
    return "\(comparison.rawValue) \(twin)\(added)\(share)"
  }
}
