import Model

extension PartitionFault {
  static let section = Section<FaultEffect>(
    "partition",
    "nothing gets through between the targets and `from`, in either direction: callers wait, and what was under way "
      + "arrives once it has healed; the balancer does not notice"
  ) { keys in
    let fromKey = keys.ifGiven(
      "from", .targets,
      "the other group, such as `zone us-east.b` or `alpha edge`; all other services where not given")
    return { fields in
      guard let from = fields[fromKey] else { return .partition(PartitionFault(from: nil)) }
      var isRight = true
      for (index, target) in from.enumerated() {
        guard let problem = target.problemOfParting(in: fields.decoding.names) else { continue }
        fields.decoding.report(
          .badTarget, at: fields.node(fromKey)?.items?[index].location ?? fields.location(fromKey), problem)
        isRight = false
      }
      return isRight ? .partition(PartitionFault(from: from)) : nil
    }
  }
}

extension FaultTarget {
  /// Why it can be no group of a partition, nor a part of one; nil where it can.
  func problemOfParting(in names: Names) -> String? {
    switch self {
    case .tier(let cdn, .shield) where !names.cdnsWithShield.contains(cdn): "`\(cdn)` has no shield"
    case .service, .replica, .zone, .region, .serviceInZone, .workload, .cohort, .cdn, .site, .tier: nil
    case .endpoint, .edge, .dependency, .pool, .bulkhead:
      "`partition` parts services, replicas, zones, regions, workloads, cohorts and CDNs, and this is \(kindName)"
    }
  }

  /// Whether anything is ever sent between it and another part of the system, as far as their kinds tell.
  fileprivate func sends(to other: FaultTarget) -> Bool {
    switch (party, other.party) {
    case (.players, .players), (.players, .workload), (.workload, .players), (.workload, .workload), (.cdn, .workload),
      (.workload, .cdn):
      false
    case (.cdn(let one), .cdn(let another)): one == another && isEdge != other.isEdge
    case (.services, _), (_, .services), (.players, .cdn), (.cdn, .players): true
    }
  }

  private enum Party { case services, workload, players, cdn(String) }

  private var party: Party {
    switch self {
    case .service, .endpoint, .edge, .dependency, .replica, .zone, .region, .serviceInZone, .pool, .bulkhead: .services
    case .workload(Streaming.everySession), .cohort: .players
    case .workload: .workload
    case .cdn(let name), .site(let name, _), .tier(let name, _): .cdn(name)
    }
  }

  /// Of a CDN, whether it is edge sites alone; nil where it is both tiers.
  private var isEdge: Bool? {
    switch self {
    case .site, .tier(_, .edge): true
    case .tier(_, .shield): false
    case .service, .endpoint, .edge, .dependency, .replica, .zone, .region, .serviceInZone, .pool, .bulkhead, .workload,
      .cdn,
      .cohort:
      nil
    }
  }
}

extension Decoding {
  /// Warns of a partition between groups that send each other nothing.
  func warnOfNothingSent(_ effect: FaultEffect, _ targets: [FaultTarget], at location: SourceLocation) {
    guard case .partition(let partition) = effect else { return }
    // Without another group it is all services that are not targets.
    let far = partition.from ?? [.service("")]
    if targets.contains(where: { target in far.contains { target.sends(to: $0) } }) { return }
    report(
      .badTarget, severity: .warning, at: location,
      "nothing is ever sent between these groups: the fault strikes nothing"
    )
  }
}
