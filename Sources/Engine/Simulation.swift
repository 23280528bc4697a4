import Model
import Sampling

/// One worker's state, reused from replication to replication.
public struct Simulation: ~Copyable {
  let program: Program

  /// - Parameter checkingInvariants: checks conservation after every event, at a price.
  public init(_ program: Program, checkingInvariants: Bool = false) {
    self.program = program
  }

  /// Runs one replication from 0 to the horizon.
  ///
  /// - Parameter isCancelled: asked now and then; nil is returned once it says so.
  public mutating func run(
    seed: UInt64, replication: Int, isCancelled: () -> Bool = { false }
  ) -> ReplicationOutcome? {
    nil
  }
}
