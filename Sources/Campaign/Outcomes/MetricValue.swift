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

extension ServiceWindowOutcome {
  /// What a service did in a window, in the quantity's unit; nil where it says nothing of it.
  func value(of quantity: Metric.Quantity) -> Double? {
    switch quantity {
    case .queueMax: Double(queueMax)
    case .queueMean: queueMean
    case .poolUse: poolUse
    case .poolFull: poolUse == nil ? nil : poolFull
    default: nil
    }
  }
}

extension ReplicationOutcome {
  /// The tally of a workload in a window, or of an endpoint in the run; nil where there is none.
  fileprivate func tally(of name: String, window: Int, isRun: Bool) -> RequestTally? {
    if let workload = workloads.first(where: { $0.name == name }) { return workload.windows[window] }
    return isRun ? endpoints.first { $0.name == name }?.tally : nil
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

  /// As it is accumulated: see `Metric.Quantity.isAccumulatedAsLoss`.
  func accumulated(in outcome: ReplicationOutcome, window: Int) -> Double? {
    switch quantity.subject {
    case .workload, .twin, .several: return nil
    case .service:
      guard let windows = outcome.services.first(where: { $0.name == workload })?.windows else { return nil }
      return windows[window]?.value(of: quantity)
    case .requests:
      return outcome.tally(of: workload, window: window, isRun: self.window == .run)
        .flatMap { quantity.ratio(of: TallySamples.Sample($0))?.value }
    case .latencies:
      if let tally = outcome.tally(of: workload, window: window, isRun: self.window == .run) {
        return LatencySample(tally.latency)[quantity]
      }
      return outcome.latencies(of: workload, window: window).flatMap { LatencySample($0)[quantity] }
    case .sessions, .cdn:
      guard let streaming = outcome.streaming else { return nil }
      var one = StreamingSamples(like: streaming)
      one.append(streaming)
      return one.ratios(quantity, of: workload, window: window).first?.flatMap(\.value)
    }
  }
}
