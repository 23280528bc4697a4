import Engine
import Model
import Statistics

extension Metric.Quantity {
  /// Whether it is accumulated as what is lost, 1 - value: so no digits are lost at six nines.
  var isAccumulatedAsLoss: Bool { isFraction && higherIsBetter }

  /// How far a value may be from the truth, as a part of it: quantiles come from a histogram, the rest is exact.
  var resolution: Double { latencyQuantile == nil ? 0 : LatencyScale.resolution }

  /// The latency quantile that it is; nil where it is none.
  var latencyQuantile: LatencyQuantile? {
    switch self {
    case .latencyP50: .p50
    case .latencyP90: .p90
    case .latencyP95: .p95
    case .latencyP99: .p99
    case .latencyP999: .p999
    default: nil
    }
  }

  /// An estimate's interval cut to where the quantity can be.
  ///
  /// Nothing bounds the offload from below, so its loss is not cut at 1.
  func bounding(_ estimate: Estimate) -> Estimate {
    isFraction && self != .offload ? estimate.asFraction : estimate.asPositive
  }
}

extension LatencySample {
  /// In seconds; nil where the replication does not tell it, or the quantity is no latency.
  subscript(quantity: Metric.Quantity) -> Double? {
    quantity == .latencyMean ? mean : quantity.latencyQuantile.flatMap { self[$0] }
  }
}

extension Metric {
  /// What a replication says of it, in the quantity's unit; nil where it says nothing.
  ///
  /// A censored recovery is given as the time until the horizon.
  public func value(in record: ReplicationRecord, windows: [Window]) -> Double? {
    if quantity == .recovery {
      return record.recoveries.first { $0.workload == workload }?.duration.seconds
    }
    guard let index = windows.firstIndex(of: window) else { return nil }
    if quantity.isToldByTwin { return record.harm.flatMap { value(in: $0, window: index) } }
    guard let value = accumulated(in: record.outcome, window: index) else { return nil }
    return quantity.isAccumulatedAsLoss ? 1 - value : value
  }

  private func accumulated(in outcome: ReplicationOutcome, window: Int) -> Double? {
    switch quantity.subject {
    case .workload, .twin, .several: return nil
    case .requests:
      guard let tally = outcome.workloads.first(where: { $0.name == workload })?.windows[window] else { return nil }
      return quantity.ratio(of: TallySamples.Sample(tally))?.value
    case .latencies: return outcome.latencies(of: workload, window: window).flatMap { LatencySample($0)[quantity] }
    case .sessions, .cdn:
      guard let streaming = outcome.streaming else { return nil }
      var one = StreamingSamples(like: streaming)
      one.append(streaming)
      return one.ratios(quantity, of: workload, window: window).first?.flatMap(\.value)
    }
  }
}
