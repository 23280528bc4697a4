import Model
import Statistics

/// What the replications of a variant say of a metric.
public struct MetricEstimate: Hashable, Sendable {
  public let metric: Metric
  /// In the quantity's unit; nil where no replication tells it. The interval of a latency quantile includes the width of
  /// the histogram's buckets.
  public let estimate: Estimate?
  /// For a fraction of what went well the estimate of 1 - value, accumulated directly; nil for anything else.
  public let loss: Estimate?
  /// Replications in which the workload had not recovered by the horizon: the truth is then above the estimate.
  public let censored: Int
  /// Replications that do not tell it.
  public let missing: Int

  init(_ metric: Metric, in samples: VariantSamples, confidence: Double) {
    self.metric = metric
    let values = samples.contributions(metric)
    let mean = Estimate(of: values, confidence: confidence)
    let quantity = metric.quantity
    if quantity.isAccumulatedAsLoss {
      loss = mean.map { quantity.bounding($0) }
      estimate = loss?.complement
    } else {
      loss = nil
      estimate = mean.map { quantity.bounding($0.widened(by: $0.value * quantity.resolution)) }
    }
    censored =
      metric.quantity == .recovery
      ? samples.recovery(of: metric.workload).count { $0?.isCensored == true } : 0
    missing = values.count { $0 == nil }
  }
}
