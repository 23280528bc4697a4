import Model

extension PartitionFault {
  static let section = Section<FaultEffect>(
    "partition",
    "nothing gets through between the targets and `from`, in either direction: callers wait, and what was under way "
      + "arrives once it has healed; the balancer does not notice"
  ) { keys in
    let fromKey = keys.ifGiven(
      "from", .targets, "the other group, such as `zone us-east.b`; all other services where not given")
    return { fields in
      guard let from = fields[fromKey] else { return .partition(PartitionFault(from: nil)) }
      for (index, target) in from.enumerated() where !target.canBeCutOff {
        fields.decoding.report(
          .badTarget, at: fields.node(fromKey)?.items?[index].location ?? fields.location(fromKey),
          "`partition` parts services, replicas, zones, regions and workloads, and this is \(target.kindName)")
      }
      return from.allSatisfy(\.canBeCutOff) ? .partition(PartitionFault(from: from)) : nil
    }
  }
}

extension FaultTarget {
  /// Whether it can be a group of a partition, or a part of one.
  var canBeCutOff: Bool {
    switch self {
    case .workload(Streaming.everySession): false
    case .service, .replica, .zone, .region, .serviceInZone, .workload: true
    case .endpoint, .edge, .dependency, .pool, .bulkhead, .cdn, .site, .tier, .cohort: false
    }
  }
}
