import Engine
import Statistics

/// Latencies over replications, in seconds.
public struct LatencySummary: Hashable, Sendable {
  /// Mean over replications of the mean of each; nil where there are no latencies.
  public let mean: Estimate?
  /// The longest of all replications; nil where there are no latencies.
  public let max: Double?
  /// In the order of `LatencyQuantile.allCases`.
  public let quantiles: [Quantile]
  /// Of all replications together.
  public let pooled: LatencyTally

  public struct Quantile: Hashable, Sendable {
    public let quantile: LatencyQuantile
    /// The mean over replications of the quantile of each, of those with latencies; nil where one of these has too few to
    /// tell it, since the mean over the others would be that of the busy ones.
    public let estimate: Estimate?
    /// The quantile of all replications' latencies together; nil where even these are too few.
    public let pooled: Double?
  }

  init(_ samples: [LatencySample], pooled: LatencyTally, confidence: Double) {
    mean = Estimate(of: samples.map(\.mean), confidence: confidence)
    max = samples.compactMap(\.max).max()
    let told = samples.filter { $0.mean != nil }
    quantiles = LatencyQuantile.allCases.map { quantile in
      Quantile(
        quantile: quantile,
        estimate: told.contains { $0[quantile] == nil }
          ? nil : Estimate(of: samples.map { $0[quantile] }, confidence: confidence),
        pooled: pooled.value(of: quantile))
    }
    self.pooled = pooled
  }

  public subscript(quantile: LatencyQuantile) -> Quantile? {
    quantiles.first { $0.quantile == quantile }
  }
}
