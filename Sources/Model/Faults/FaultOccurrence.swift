/// That a fault comes again.
public struct Repetition: Hashable, Sendable {
  /// From the beginning of an occurrence to that of the next; at least as long as one lasts.
  public let every: SimulationDuration
  /// How many times in all; at least 1.
  public let times: Int
  public init(every: SimulationDuration, times: Int) {
    self.every = every
    self.times = times
  }
}

/// One of the times at which a fault is active.
public struct FaultOccurrence: Hashable, Sendable {
  /// Both from the start of the replication, the warm-up included.
  public let start: SimulationDuration
  public let end: SimulationDuration
}

extension Fault {
  /// How long it is active each time: `duration`, and after a deploy until all that had changed is rolled back.
  public var activeTime: SimulationDuration { effect.activeTime(for: duration) }

  /// All times at which it is active, in their order, those beyond the clock left out.
  public var occurrences: [FaultOccurrence] {
    var found: [FaultOccurrence] = []
    var start = at
    for _ in 0..<max(1, repetition?.times ?? 1) {
      found.append(FaultOccurrence(start: start, end: start.saturatingSum(activeTime)))
      guard let every = repetition?.every else { break }
      let (next, isBeyond) = start.nanoseconds.addingReportingOverflow(every.nanoseconds)
      if isBeyond { break }
      start = SimulationDuration(nanoseconds: next)
    }
    return found
  }
}

extension FaultEffect {
  /// How long it is active where its fault lasts this long.
  public func activeTime(for duration: SimulationDuration) -> SimulationDuration {
    guard case .badDeploy(let deploy) = self else { return duration }
    return duration.saturatingSum(deploy.rollback(after: duration))
  }
}

extension SimulationDuration {
  /// The sum, or the end of the clock where it lies beyond that.
  func saturatingSum(_ other: SimulationDuration) -> SimulationDuration {
    let (sum, isBeyond) = nanoseconds.addingReportingOverflow(other.nanoseconds)
    return SimulationDuration(nanoseconds: isBeyond ? Int64.max : sum)
  }
}
