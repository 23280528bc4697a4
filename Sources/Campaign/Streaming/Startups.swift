import Engine
import Model

extension ReplicationOutcome {
  /// Startup times of a group of its sessions in a window; nil where they were not recorded.
  ///
  /// - Parameters:
  ///   - group: of this outcome.
  ///   - window: its place among the windows of the program.
  public func startups(of group: SessionGroupOutcome, window: Int) -> LatencyTally? {
    group.kind.isToldAsWorkload
      ? workloads.first { $0.name == group.name }?.windows[window].latency : group.startups?[window]
  }

  /// Latencies of the workload of a name in a window, or else startup times of the region or CDN of this name; nil where
  /// there is neither.
  func latencies(of name: String, window: Int) -> LatencyTally? {
    if let workload = workloads.first(where: { $0.name == name }) { return workload.windows[window].latency }
    let group = streaming?.groups.first { $0.name == name && !$0.kind.isToldAsWorkload }
    return group.flatMap { startups(of: $0, window: window) }
  }
}

extension VariantSamples {
  /// The same of a group of sessions, replication by replication.
  func startups(of group: StreamingSamples.Group, window: Int) -> LatencySamples {
    guard group.kind.isToldAsWorkload else { return group.startups[window] }
    let tally = workloads.first { $0.name == group.name }?.windows[window] ?? TallySamples()
    return LatencySamples(samples: tally.samples.map(\.latency), pooled: tally.latency)
  }

  /// Latencies of the workload, the region or the CDN of a metric in its window, replication by replication; none where
  /// there is no such subject or window.
  func latencies(at metric: Metric) -> [LatencySample] {
    let requests = tally(at: metric)
    if !requests.isEmpty { return requests.map(\.latency) }
    guard let window = windows.firstIndex(of: metric.window),
      let group = streaming?.groups.first(where: { $0.name == metric.workload && !$0.kind.isToldAsWorkload })
    else { return [] }
    return group.startups[window].samples
  }
}
