/// Nothing gets through between the fault's targets and another group, in either direction; within a group all does.
public struct PartitionFault: Hashable, Sendable {
  /// The other group: services, replicas, zones, regions, workloads, cohorts, and CDNs, their tiers and sites; nil: all
  /// replicas that are not targets.
  public let from: [FaultTarget]?
  public init(from: [FaultTarget]?) { self.from = from }
}
