import Engine
import Model

/// How long a workload took to recover after the faults of one replication, at worst.
public struct RecoveryTime: Hashable, Sendable, Codable {
  public let workload: String
  /// From the end of a fault; where the horizon came first, the time for which it is known that it had not recovered: up
  /// to the end of the last bin outside the band.
  public let duration: SimulationDuration
  /// The horizon came first: the recovery took `duration` at least.
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

  /// The longest time from the end of a fault to the start of the first of three consecutive 10 s bins whose
  /// availability lies in the 95% band of the counterfactual twin.
  ///
  /// The bins begin at the fault's end, so that none of its own failures is in them; so the time is a multiple of 10 s.
  /// Every end of a fault at which no other fault is active counts, and what follows it until the horizon, a later fault
  /// included. The band's lower edge is the 2.5th percentile of the availabilities of the bins of the twin's timeline
  /// after the warm-up, an order statistic of rank ceil(0.025 n); better than the twin is recovered too, so the band has
  /// no upper edge. A bin of whose requests fewer than half have ended is not in the band; one in which nobody asked
  /// says nothing and is left out.
  ///
  /// - Returns: nil where the faults last to the horizon or the twin shows no availability: there is nothing to tell.
  init?(of workload: String, after aftermaths: [Aftermath], twin: Timeline, time: TimeFrame) {
    guard let edge = TwinBand(of: workload, twin: twin, time: time)?.edge else { return nil }
    let all = aftermaths.filter { $0.workload == workload }.map { aftermath -> RecoveryTime in
      let found = aftermath.firstBin(of: Self.binsInARow, atLeast: edge)
      let nanoseconds = Int64(found.bin) * Aftermath.binWidth.nanoseconds
      let left = SimulationTime.zero + time.horizon - aftermath.from
      return RecoveryTime(
        workload: workload, duration: min(left, SimulationDuration(nanoseconds: nanoseconds)),
        isCensored: !found.isRecovered)
    }
    guard let longest = all.map(\.duration).max() else { return nil }
    // Of a censored one only a part is known, so it may be the longest whatever the others took.
    self.init(workload: workload, duration: longest, isCensored: all.contains(where: \.isCensored))
  }
}

extension Aftermath {
  /// Whether a bin would be in the band, had all that had not ended been served.
  private func mayBeInBand(_ bin: Int, edge: Double) -> Bool {
    1 - Double(failed[bin]) / Double(arrivals[bin]) >= edge
  }

  /// The bin from which on so many bins in a row have an availability of at least `edge`, those left out in which nobody
  /// asked; where the horizon comes before there are so many, the first bin that could still be it.
  fileprivate func firstBin(of count: Int, atLeast edge: Double) -> (bin: Int, isRecovered: Bool) {
    var inARow = 0
    var first = 0
    for bin in ended.indices where arrivals[bin] > 0 {
      if isInBand(bin, edge: edge) ?? false {
        inARow += 1
      } else if bin == ended.count - 1, mayBeInBand(bin, edge: edge) {
        // The horizon has cut off what would tell.
        inARow = 0
      } else {
        inARow = 0
        first = bin + 1
      }
      if inARow == count { return (first, true) }
    }
    return (first, false)
  }
}

extension Timeline {
  /// The bins that start at an instant or later.
  func bins(from start: SimulationTime) -> Range<Int> {
    let width = binWidth.nanoseconds
    let first = Int((start.nanoseconds + width - 1) / width)
    return min(first, binCount)..<binCount
  }
}

extension Timeline.WorkloadSeries {
  /// The availability of the requests that arrived in a bin and ended; nil where none ended.
  func availability(inBin bin: Int) -> Double? {
    let ended = success[bin] + degraded[bin] + failed[bin]
    return ended == 0 ? nil : 1 - Double(failed[bin]) / Double(ended)
  }
}
