/// Where replications are kept as they end, so that a campaign that was stopped can be resumed.
public protocol ReplicationJournal: Sendable {
  associatedtype Failure: Error

  /// The replications that it holds from an earlier run of the same campaign.
  var stored: Set<ReplicationID> { get }
  /// One of the stored replications.
  func record(of id: ReplicationID) throws(Failure) -> ReplicationRecord
  /// Keeps a replication; called from any thread, in the order in which replications end.
  func append(_ record: ReplicationRecord) throws(Failure)
}

/// A journal that keeps nothing.
public struct UnrecordedReplications: ReplicationJournal {
  public init() {}
  public var stored: Set<ReplicationID> { [] }
  public func record(of id: ReplicationID) throws(Never) -> ReplicationRecord {
    preconditionFailure("Replication \(id.replication) of \(id.variant) was never stored.")
  }
  public func append(_ record: ReplicationRecord) throws(Never) {}
}
