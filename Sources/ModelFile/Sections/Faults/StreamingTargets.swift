import Model

/// What faults of caches and networks may strike.
extension FaultEffect {
  /// What is wrong with the target of a flush.
  func flushProblem(with target: FaultTarget, in names: Names) -> (message: String, suggestion: String?)? {
    switch target {
    case .cdn, .site, .tier(_, .edge): return nil
    case .tier(let cdn, .shield):
      return names.cdnsWithShield.contains(cdn) ? nil : ("`\(cdn)` has no shield", nil)
    case .edge(let from, let to):
      if names.services[from]?.caching.contains(where: { $0.hasPrefix("\(to).") }) == true { return nil }
      return (
        "`\(from)` keeps nothing of what `\(to)` answers", "`cache` of a service's dependency says what it keeps"
      )
    case .dependency(let caller, let name):
      if let service = names.services[caller], let call = service.dependencies[name], service.caching.contains(call) {
        return nil
      }
      return (
        "`\(caller)` keeps nothing of what `\(name)` answers", "`cache` of a service's dependency says what it keeps"
      )
    case .service, .endpoint, .replica, .zone, .region, .serviceInZone, .pool, .bulkhead, .workload, .cohort:
      return (
        "`flush-cache` needs caches, and this is \(target.kindName)",
        "expected a CDN, `alpha edge`, `alpha shield`, `alpha#3`, or a service's calls, such as `origin -> packager`"
      )
    }
  }

  /// What is wrong with the target of less bandwidth, or of a factor of it.
  func bandwidthProblem(
    _ fault: BandwidthFault, with target: FaultTarget, in names: Names
  ) -> (message: String, suggestion: String?)? {
    switch target {
    case .cohort: return nil
    case .cdn(let cdn), .site(let cdn, _), .tier(let cdn, .edge):
      guard case .factor = fault.left, !names.cdnsWithCapacity.contains(cdn) else { return nil }
      return ("the sites of `\(cdn)` have no `capacity` of which a part could be left", "say `to: 10Gbps`")
    case .tier(_, .shield), .service, .endpoint, .replica, .zone, .region, .serviceInZone, .pool, .bulkhead, .workload,
      .edge, .dependency:
      return (
        "`bandwidth` needs a CDN, one of its edge sites or a cohort of players, and this is \(target.kindName)", nil
      )
    }
  }

  /// What is wrong with a path that loses what is sent.
  func lossProblem(
    _ fault: LossFault, with target: FaultTarget, in names: Names
  ) -> (message: String, suggestion: String?)? {
    let struck: [String]
    switch target {
    case .cohort(let name): struck = [name]
    case .cdn, .site: struck = names.cohorts
    case .service, .endpoint, .replica, .zone, .region, .serviceInZone, .edge, .dependency: return nil
    case .tier, .pool, .bulkhead, .workload:
      return (
        "`loss` needs a part of the system, a CDN, one of its edge sites or a cohort of players, and this is "
          + target.kindName, nil
      )
    }
    guard fault.probability.value < 1 || fault.ramp != nil,
      let first = struck.first(where: names.cohortsWithoutLatency.contains)
    else {
      return nil
    }
    return (
      "the network of `\(first)` has no latency, and loss caps what a connection carries by its round trip",
      "give `\(first)` a `latency`"
    )
  }
}
