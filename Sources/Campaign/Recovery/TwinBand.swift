import Engine
import Model

/// Where a workload's availability lies as long as nothing is broken, as the counterfactual twin tells it.
struct TwinBand {
  /// The part of the twin's bins that lies below its 95% band.
  static let belowBand = 0.025
  /// The 2.5th percentile of the availabilities of the twin's bins after the warm-up, an order statistic of rank
  /// ceil(0.025 n). Better than the twin is in the band too, so it has no upper edge.
  let edge: Double
  /// The twin's own bins, from its start.
  let calm: Timeline.WorkloadSeries

  /// - Returns: nil where the twin shows no availability.
  init?(of workload: String, twin: Timeline, time: TimeFrame) {
    guard let calm = twin.workloads.first(where: { $0.name == workload }) else { return nil }
    let usual = twin.bins(from: .zero + time.warmup).compactMap { calm.availability(inBin: $0) }.sorted()
    guard !usual.isEmpty else { return nil }
    edge = usual[max(1, Int((Self.belowBand * Double(usual.count)).rounded(.up))) - 1]
    self.calm = calm
  }
}

extension Aftermath {
  /// Whether a bin's availability is in the band; nil where nobody asked. A bin of whose requests fewer than half have ended
  /// is not: the few that have may well be those that were lucky.
  func isInBand(_ bin: Int, edge: Double) -> Bool? {
    if arrivals[bin] == 0 { return nil }
    return 2 * ended[bin] >= arrivals[bin] && 1 - Double(failed[bin]) / Double(ended[bin]) >= edge
  }

  /// The availability of the requests that arrived in a bin; nil where nobody asked. Where fewer than half have ended the
  /// others count as failed.
  func availability(inBin bin: Int) -> Double? {
    if arrivals[bin] == 0 { return nil }
    if 2 * ended[bin] < arrivals[bin] { return Double(ended[bin] - failed[bin]) / Double(arrivals[bin]) }
    return 1 - Double(failed[bin]) / Double(ended[bin])
  }
}
