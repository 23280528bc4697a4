import Model

/// Which CDNs a scenario's faults, and the common failures of model and scenario, need more of than the model says.
extension MediaProgram {
  /// Those whose transfers may change their rates while they are under way.
  static func cdnsWithNetworkFaults(
    _ faults: [(effect: FaultEffect, targets: [FaultTarget])], _ cdns: [CDN]
  ) -> Set<String> {
    var found: Set<String> = []
    for fault in faults {
      switch fault.effect {
      case .bandwidth, .loss:
        found.formUnion(cdnsNamed(by: fault.targets))
        if fault.targets.contains(where: \.isOfPlayers) { found.formUnion(cdns.map(\.name)) }
      case .partition(let partition):
        let both = fault.targets + (partition.from ?? [])
        if both.contains(where: \.isOfPlayers) { found.formUnion(cdnsNamed(by: both)) }
      case .unavailable, .hang, .error, .latency, .slow, .crash, .capacity, .surge, .pause, .flushCache, .leak,
        .badDeploy, .set:
        continue
      }
    }
    return found
  }

  private static func cdnsNamed(by targets: [FaultTarget]) -> [String] {
    targets.compactMap { target in
      switch target {
      case .cdn(let name), .site(let name, _), .tier(let name, _): name
      case .service, .endpoint, .edge, .dependency, .replica, .zone, .region, .serviceInZone, .pool, .bulkhead,
        .workload, .cohort:
        nil
      }
    }
  }

  /// Those all of whose edges are emptied at once.
  static func cdnsWithFlushedEdges(_ faults: [(effect: FaultEffect, targets: [FaultTarget])]) -> Set<String> {
    var found: Set<String> = []
    for fault in faults where fault.effect == .flushCache {
      for target in fault.targets {
        switch target {
        case .cdn(let name), .tier(let name, .edge): found.insert(name)
        case .tier(_, .shield), .site, .cohort, .service, .endpoint, .edge, .dependency, .replica, .zone, .region,
          .serviceInZone, .pool, .bulkhead, .workload:
          break
        }
      }
    }
    return found
  }
}

extension FaultTarget {
  /// Whether it is players: those of a cohort, or all.
  fileprivate var isOfPlayers: Bool {
    switch self {
    case .cohort, .workload(Streaming.everySession): true
    case .service, .endpoint, .edge, .dependency, .replica, .zone, .region, .serviceInZone, .pool, .bulkhead, .workload,
      .cdn, .site,
      .tier:
      false
    }
  }
}
