import Engine
import Model

extension Metric.Quantity {
  /// Whether it is had by comparing requests with the twin's.
  var isToldByTwin: Bool { subject == .twin || subject == .several }
}

extension Metric {
  /// What a replication contributes to `hurt` or `helped`, of the latter as what is not helped; nil where the window has
  /// no such workload.
  func ratio(in harm: TwinHarm, window: Int) -> MetricRatio? {
    guard let counts = harm.counts(of: workload, window: window) else { return nil }
    return MetricRatio(quantity == .helped ? counts.compared - counts.helped : counts.hurt, per: counts.compared)
  }

  /// What a replication says of a quantity that the twin tells.
  func value(in harm: TwinHarm, window: Int) -> Double? {
    if quantity.subject == .several { return harm.collateral(to: subjects, window: (window, self.window)) }
    let value = ratio(in: harm, window: window)?.value
    return quantity.isAccumulatedAsLoss ? value.map { 1 - $0 } : value
  }
}

extension TwinHarm {
  /// The largest harm to any of several; nil where that to one of them is not told in the window.
  func collateral(to names: [String], window: (place: Int, its: Window)) -> Double? {
    var largest = 0.0
    for name in names {
      guard let harm = harm(to: name, window: window) else { return nil }
      largest = max(largest, harm)
    }
    return largest
  }
}

extension VariantSamples {
  /// Of each replication the collateral damage; nil where no twin tells it.
  func collateral(_ metric: Metric) -> [Double?] {
    guard let window = windows.firstIndex(of: metric.window) else { return Array(repeating: nil, count: replications) }
    return harms.map { $0?.collateral(to: metric.subjects, window: (window, metric.window)) }
  }
}
