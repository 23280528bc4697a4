import Model
import Sampling

/// A model and a scenario, compiled: everything a replication needs, immutable and shared by all workers.
public final class Program: Sendable {
  public let model: SystemModel
  public let scenario: Scenario?
  /// What the tallies of a workload are kept for, in this order.
  public let windows: [Window]

  public init(model: SystemModel, scenario: Scenario?, windows: [Window]) {
    self.model = model
    self.scenario = scenario
    self.windows = windows
  }

  /// The compiled program, for people.
  public var listing: String { "" }
  /// A hash of every sampling table.
  public var tablesFingerprint: UInt64 { 0 }
}
