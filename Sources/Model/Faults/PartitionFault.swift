/// Nothing gets through between the fault's targets and another group, in either direction; within a group all does.
public struct PartitionFault: Hashable, Sendable {
  /// The other group: services, replicas, zones, regions and workloads; nil: all replicas that are not targets.
  public let from: [FaultTarget]?
  public init(from: [FaultTarget]?) { self.from = from }
}
