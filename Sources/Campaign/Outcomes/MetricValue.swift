import Engine
import Model

extension Metric.Quantity {
  /// Whether it is accumulated as what is lost, 1 - value: so no digits are lost at six nines.
  var isAccumulatedAsLoss: Bool { isFraction }

  /// How far a value may be from the truth, as a part of it: quantiles come from a histogram, the rest is exact.
  var resolution: Double { latencyQuantile == nil ? 0 : LatencyScale.resolution }

  /// The latency quantile that it is; nil where it is none.
  var latencyQuantile: LatencyQuantile? {
    switch self {
    case .availability, .fullFidelity, .recovery, .latencyMean: nil
    case .latencyP50: .p50
    case .latencyP90: .p90
    case .latencyP95: .p95
    case .latencyP99: .p99
    case .latencyP999: .p999
    }
  }
}

extension TallySamples.Sample {
  /// What the quantity is accumulated as: what is lost for a fraction, seconds for a latency; nil where the
  /// replication does not tell it. A recovery is not in a tally.
  func accumulated(_ quantity: Metric.Quantity) -> Double? {
    switch quantity {
    case .availability: unavailability
    case .fullFidelity: lostFidelity
    case .recovery: nil
    case .latencyMean: latency.mean
    case .latencyP50: latency[.p50]
    case .latencyP90: latency[.p90]
    case .latencyP95: latency[.p95]
    case .latencyP99: latency[.p99]
    case .latencyP999: latency[.p999]
    }
  }
}

extension Metric {
  /// What a replication says of it: a fraction as a fraction, a time in seconds; nil where it says nothing.
  ///
  /// A censored recovery is given as the time until the horizon.
  public func value(in record: ReplicationRecord, windows: [Window]) -> Double? {
    if quantity == .recovery {
      return record.recoveries.first { $0.workload == workload }?.duration.seconds
    }
    guard let index = windows.firstIndex(of: window),
      let tally = record.outcome.workloads.first(where: { $0.name == workload })?.windows[index],
      let value = TallySamples.Sample(tally).accumulated(quantity)
    else { return nil }
    return quantity.isAccumulatedAsLoss ? 1 - value : value
  }
}
