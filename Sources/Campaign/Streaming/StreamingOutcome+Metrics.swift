import Engine
import Model

extension StreamingOutcome {
  /// What a replication says of a quantity of sessions, in its unit; nil where it says nothing.
  ///
  /// - Parameters:
  ///   - group: of this outcome.
  ///   - window: its place among the windows of the program.
  public func value(of quantity: Metric.Quantity, of group: SessionGroupOutcome, window: Int) -> Double? {
    quantity.told(by: quantity.ratio(of: group.windows[window], seconds: windowSeconds[window]))
  }

  /// What a replication says of a quantity of a CDN, in its unit; nil where it says nothing.
  ///
  /// - Parameters:
  ///   - cdn: of this outcome.
  ///   - window: its place among the windows of the program.
  public func value(of quantity: Metric.Quantity, of cdn: CDNOutcome, window: Int) -> Double? {
    quantity.told(
      by: quantity.ratio(of: cdn.windows[window], seconds: cdn.windowSeconds[window], pricePerGB: cdn.pricePerGB))
  }
}

extension Metric.Quantity {
  /// The value of what is accumulated.
  fileprivate func told(by ratio: MetricRatio?) -> Double? {
    guard let value = ratio?.value else { return nil }
    return isAccumulatedAsLoss ? 1 - value : value
  }
}
