import Campaign
import Engine
import Model

/// The metrics that rows of sessions and of CDNs tell, in the order of their columns.
enum StreamingColumns {
  static let sessionMetrics = Metric.Quantity.allCases.filter { $0.subject == .sessions }
  static let cdnMetrics = Metric.Quantity.allCases.filter { $0.subject == .cdn }
}
