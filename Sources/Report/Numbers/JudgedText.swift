import Campaign
import Model
import Statistics

/// What was judged of an expectation, as a reader wants it.
struct JudgedText {
  /// The mean, its difference from the twin, or how many replications keep to the bound.
  let value: String
  /// Empty where there is none.
  let interval: String
  /// What follows the verdict: why there is none, or on which condition.
  let remark: String

  init(_ result: ExpectationResult) {
    let expectation = result.expectation
    let quantity = expectation.metric.quantity
    let kind = quantity.kind
    if let keeping = result.keeping, expectation.share != nil {
      value = "\(keeping.count) of \(keeping.trials)"
      interval = result.judged?.interval.map { Self.range($0, .fraction) } ?? ""
    } else if expectation.twinFactor != nil {
      value = DifferenceText.value(result.judged, of: quantity)
      interval = DifferenceText.interval(result.judged, of: quantity)
    } else {
      value = NumberText.value(result.judged, kind)
      interval = NumberText.interval(result.judged, kind)
    }
    if let doubt = result.doubt {
      remark = ": \(doubt)"
    } else if let limit = result.limit {
      // The limit lies on the other side of the bound than the mean.
      let isBelow = expectation.comparison.isLowerBound == (result.verdict == .supported)
      let text =
        expectation.twinFactor == nil
        ? NumberText.text(limit, kind)
        : DifferenceText.text(limit, quantity, halfWidth: nil)
      remark = ", if no replication lies \(isBelow ? "below" : "above") \(text)"
    } else {
      remark = ""
    }
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

  /// What is asked of the metric: `>= twin - 0.1% in 99% of runs`.
  var requirement: String {
    let kind = metric.quantity.kind
    let share = share.map { " in \(NumberText.stated($0)) of runs" } ?? ""
    guard let factor = twinFactor else {
      return "\(comparison.rawValue) \(NumberText.bound(bound, kind))\(share)"
    }
    let twin = factor == 1 ? "twin" : "\(NumberText.plain(factor)) x twin"
    let added = bound == 0 ? "" : " \(bound < 0 ? "-" : "+") \(NumberText.bound(bound.magnitude, kind))"
    return "\(comparison.rawValue) \(twin)\(added)\(share)"
  }
}
