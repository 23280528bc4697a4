import Engine
import Model

extension [Expectation] {
  /// The metrics that are compared with the twin's, each once, in the order of the expectations.
  var twinMetrics: [Metric] {
    var seen: Set<Metric> = []
    return filter { $0.twinFactor != nil }.map(\.metric).filter { seen.insert($0).inserted }
  }
}

extension Scenario {
  var twinMetrics: [Metric] { expectations.twinMetrics }
}

extension ReplicationOutcome {
  /// What it says of metrics, in their order, as they are accumulated: see `Metric.Quantity.isAccumulatedAsLoss`.
  func accumulated(_ metrics: [Metric], windows: [Window]) -> [Double?] {
    metrics.map { metric in
      windows.firstIndex(of: metric.window).flatMap { metric.accumulated(in: self, window: $0) }
    }
  }
}

extension VariantSamples {
  /// What the twin of each replication says of a metric, in their order, as it is accumulated; nil where it says nothing
  /// or was not asked.
  func twinAccumulated(_ metric: Metric) -> [Double?] {
    guard let place = twinMetrics.firstIndex(of: metric) else { return Array(repeating: nil, count: replications) }
    return twinValues.map { $0.indices.contains(place) ? $0[place] : nil }
  }
}
