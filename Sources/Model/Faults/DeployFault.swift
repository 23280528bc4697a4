/// A bad version is rolled out over the replicas of services, batch by batch in the order of their numbers, and is rolled
/// back in the same batches from the end of the fault on.
public struct DeployFault: Hashable, Sendable {
  /// What the bad version does.
  public let effect: FaultEffect
  /// How many replicas of a service change at once: a part of them, at least one, or a number.
  public let batch: CapacityFault.Amount
  /// Time from the start of a batch to that of the next.
  public let every: SimulationDuration
  /// How long a batch is out: it gets no new calls, and what it is doing goes on.
  public let restart: SimulationDuration
  /// How many batches the largest of the targets has.
  public let batches: Int

  public init(
    effect: FaultEffect, batch: CapacityFault.Amount, every: SimulationDuration, restart: SimulationDuration,
    batches: Int
  ) {
    self.effect = effect
    self.batch = batch
    self.every = every
    self.restart = restart
    self.batches = batches
  }

  /// How many of so many replicas change at once.
  public static func size(of batch: CapacityFault.Amount, among replicas: Int) -> Int {
    switch batch {
    case .fraction(let part): max(1, Int((part.value * Double(replicas)).rounded()))
    case .count(let count): max(1, count)
    }
  }

  /// In how many batches so many replicas change.
  public static func batches(of batch: CapacityFault.Amount, among replicas: Int) -> Int {
    let size = size(of: batch, among: replicas)
    return (replicas + size - 1) / size
  }

  /// From the end of a fault of this length until the last batch that has begun by then is back at the version before.
  public func rollback(after duration: SimulationDuration) -> SimulationDuration {
    let begun = (duration.nanoseconds - 1) / every.nanoseconds + 1
    let (steps, isBeyond) = every.nanoseconds.multipliedReportingOverflow(
      by: min(begun, Int64(max(1, batches))) - 1)
    if isBeyond { return SimulationDuration(nanoseconds: Int64.max) }
    return SimulationDuration(nanoseconds: steps).saturatingSum(restart)
  }
}
