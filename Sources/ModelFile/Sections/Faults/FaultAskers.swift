import Model

/// Whose requests faults may meet by their targets alone, and so of whose devices their scopes pick some.
extension FaultTarget {
  /// Names of workloads and cohorts: of a cohort itself, of CDNs the cohorts, along a dependency of a workload or of
  /// sessions theirs, and else everyone, since a service may be called on behalf of anybody.
  fileprivate func askers(in names: Names) -> Set<String> {
    switch self {
    case .cohort(let name): return [name]
    case .cdn, .site, .tier: return Set(names.cohorts)
    case .edge(let from, _), .dependency(let from, _):
      if from == Streaming.everySession { return Set(names.cohorts) }
      if names.workloads[from] != nil { return [from] }
    case .workload(let name) where names.workloads[name] != nil: return [name]
    case .service, .endpoint, .replica, .zone, .region, .serviceInZone, .pool, .bulkhead, .workload: break
    }
    return Set(names.workloads.keys).union(names.cohorts)
  }
}

extension Fault {
  /// What is wrong with `one device` of it: that there are none where it strikes.
  func problemOfOneDevice(in names: Names) -> (message: String, suggestion: String?)? {
    guard let askers = targets.map({ $0.askers(in: names) }).first(where: names.askersWithDevices.isDisjoint) else {
      return nil
    }
    if askers.count == 1, let name = askers.first, names.askersWithDevices.count > 0 {
      return ("`\(name)` does not say how many devices ask", "give it `devices`, or say `1% of requests`")
    }
    if names.cohorts.isEmpty {
      return ("no workload says how many devices ask", "give a workload `devices`, or say `1% of requests`")
    }
    return (
      "no cohort \(askers.isSubset(of: names.cohorts) ? "" : "and no workload ")says how many devices ask",
      "give a cohort `devices`, or say `1% of requests`"
    )
  }
}

extension Decoding {
  /// Warns of workloads and cohorts that faults may meet and that have no devices of which their scopes could pick some.
  func warnOfAskersWithoutDevices(_ faults: [Fault], at location: SourceLocation) {
    let askers = faults.flatMap(\.targets).reduce(into: Set<String>()) { $0.formUnion($1.askers(in: names)) }
    let without = askers.subtracting(names.askersWithDevices).sorted()
    guard let first = without.first else { return }
    let who = without.count == 1 ? "`\(first)` has" : "\(listed(without)) have"
    report(
      .workloadWithoutDevices, severity: .warning, at: location,
      "\(who) no `devices`: each \(without.allSatisfy(names.cohorts.contains) ? "session" : "request") counts as its own "
        + "device",
      suggestion: "give \(without.count == 1 ? "it" : "them") `devices`, or say `of requests`")
  }
}
