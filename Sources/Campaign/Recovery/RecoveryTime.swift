import Engine
import Model

/// How long a workload took to recover after the faults of one replication.
public struct RecoveryTime: Hashable, Sendable, Codable {
  public let workload: String
  /// From the end of the last fault; where it had not recovered by the horizon, the time until then.
  public let duration: SimulationDuration
  /// The horizon came first: the recovery took longer than `duration`.
  public let isCensored: Bool

  public init(workload: String, duration: SimulationDuration, isCensored: Bool) {
    self.workload = workload
    self.duration = duration
    self.isCensored = isCensored
  }
}

extension RecoveryTime {
  /// The number of bins in a row that must lie in the twin's band.
  static let binsInARow = 3
  /// The part of the twin's bins that lies below its 95% band.
  static let belowBand = 0.025

  /// The time from the end of the last fault to the start of the first of three consecutive bins whose availability
  /// lies in the 95% band of the counterfactual twin.
  ///
  /// The bins are the timeline's, 10 s from time 0 (wider where the horizon is very long). The band's lower edge is the
  /// 2.5th percentile of the availabilities of the twin's bins after the warm-up, an order statistic of rank
  /// ceil(0.025 n); better than the twin is recovered too, so the band has no upper edge. The first candidate is the
  /// first bin that starts at or after the end of the fault. A bin in which no request ended has no availability and is
  /// not in the band.
  ///
  /// - Returns: nil where the faults last to the horizon or the twin shows no availability: there is nothing to tell.
  init?(of workload: String, after fault: FaultPeriod, in run: Timeline, twin: Timeline, time: TimeFrame) {
    let horizon = SimulationTime.zero + time.horizon
    let warmup = SimulationTime.zero + time.warmup
    guard fault.end < horizon, let series = run.workloads.first(where: { $0.name == workload }),
      let calm = twin.workloads.first(where: { $0.name == workload })
    else { return nil }
    let usual = twin.bins(from: warmup).compactMap { calm.availability(inBin: $0) }.sorted()
    guard !usual.isEmpty else { return nil }
    let edge = usual[max(1, Int((Self.belowBand * Double(usual.count)).rounded(.up))) - 1]

    self.workload = workload
    var inARow = 0
    for bin in run.bins(from: fault.end) {
      guard let availability = series.availability(inBin: bin), availability >= edge else {
        inARow = 0
        continue
      }
      inARow += 1
      if inARow == Self.binsInARow {
        duration = run.start(ofBin: bin + 1 - Self.binsInARow) - fault.end
        isCensored = false
        return
      }
    }
    duration = horizon - fault.end
    isCensored = true
  }
}

extension Timeline {
  /// The bins that start at an instant or later.
  func bins(from start: SimulationTime) -> Range<Int> {
    let width = binWidth.nanoseconds
    let first = Int((start.nanoseconds + width - 1) / width)
    return min(first, binCount)..<binCount
  }

  func start(ofBin bin: Int) -> SimulationTime {
    SimulationTime(nanoseconds: Int64(bin) * binWidth.nanoseconds)
  }
}

extension Timeline.WorkloadSeries {
  /// The availability of the requests that arrived in a bin and ended; nil where none ended.
  func availability(inBin bin: Int) -> Double? {
    let ended = success[bin] + degraded[bin] + failed[bin]
    return ended == 0 ? nil : 1 - Double(failed[bin]) / Double(ended)
  }
}
