import Model

/// What became of a workload's requests after a fault had ended, in bins of 10 s that start at that end.
///
/// A request belongs to the bin in which it arrived. The horizon may cut the last bin; after a day there are no more.
public struct Aftermath: Hashable, Sendable, Codable {
  public let workload: String
  /// The end of a fault while no other one is active.
  public let from: SimulationTime
  public let arrivals: [Int]
  /// Those that ended, and those of them that failed.
  public let ended: [Int]
  public let failed: [Int]

  public init(workload: String, from: SimulationTime, arrivals: [Int], ended: [Int], failed: [Int]) {
    self.workload = workload
    self.from = from
    self.arrivals = arrivals
    self.ended = ended
    self.failed = failed
  }

  public static let binWidth = SimulationDuration.seconds(10)
}
