import Model

/// Where the sides of a partition stand: one byte each, 1 on the side of the targets, 2 in the other group, 0 in neither.
///
/// First the replicas of the system, then the workloads, the cohorts of players, and the sites of all CDNs, of each its
/// edges and then its shields.
struct PartitionSides: BitwiseCopyable {
  let firstWorkload: Int32
  let firstCohort: Int32
  let firstNode: Int32

  init(replicas: Int, workloads: Int, cohorts: Int) {
    firstWorkload = Int32(replicas)
    firstCohort = Int32(replicas + workloads)
    firstNode = Int32(replicas + workloads + cohorts)
  }
}

extension FaultCompiler {
  /// The one instance of a partition, whatever it lies between.
  mutating func separating(
    _ whole: FaultInstance, _ reach: Reach, from others: [FaultTarget]?, _ compiler: Compiler
  ) -> FaultInstance {
    var instance = whole
    place(&instance, at: reach)
    instance.firstSide = Int32(sides.count)
    let far = others.map { self.reach(of: $0, scope: .everything, salt: nil, compiler) }
    func side(_ isIn: (Reach) -> Bool, otherwise: Bool = false) -> UInt8 {
      isIn(reach) ? 1 : far.map(isIn) ?? otherwise ? 2 : 0
    }
    sides += replicaService.indices.map { replica in side({ $0.members.contains(replica) }, otherwise: true) }
    sides += model.workloads.map { workload in side { $0.workloads.contains(workload.name) } }
    let cohorts = (0..<(model.streaming?.players.count ?? 0)).map { cohort in
      side { $0.cohorts.contains(Int32(cohort)) || $0.workloads.contains(Streaming.everySession) }
    }
    let nodes = (model.streaming?.cdns ?? []).enumerated().map { number, cdn in
      let first = compiler.firstNode(ofCDN: number)
      let shields = cdn.shield?.siteCount ?? 0
      return (0..<cdn.edge.siteCount + shields).map { site in
        side { $0.holds(first + Int32(site), of: Int32(number), isShield: site >= cdn.edge.siteCount) }
      }
    }
    sides += cohorts + nodes.joined()
    for (sites, cdn) in zip(nodes, model.streaming?.cdns ?? []) {
      let (edges, shields) = (sites.prefix(cdn.edge.siteCount), sites.dropFirst(cdn.edge.siteCount))
      if edges.contains(where: { edge in cohorts.contains { $0 ^ edge == 3 } }) { instance.partsPlayers = true }
      if edges.contains(where: { edge in shields.contains { $0 ^ edge == 3 } }) { instance.partsTiers = true }
    }
    return instance
  }
}

extension Reach {
  /// Whether a site of a CDN is in it.
  fileprivate func holds(_ node: Int32, of cdn: Int32, isShield: Bool) -> Bool {
    sites.contains {
      $0.cdn == cdn && ($0.site >= 0 ? $0.site == node : isShield ? $0.hasShield : $0.hasEdge)
    }
  }
}
