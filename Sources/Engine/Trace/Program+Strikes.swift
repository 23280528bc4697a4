import Model

extension Program {
  /// What each fault of the scenario acts on directly, each time and, of a deploy, in each batch.
  var strikes: [ComponentSignals.Strike] {
    var strikes: [ComponentSignals.Strike] = []
    let horizon = model.time.horizon.nanoseconds
    for index in 0..<faults.count where faults[index].begins < horizon {
      let instance = faults[index]
      let fault = instance.fault < 0 ? nil : scenario?.faults[Int(instance.fault)]
      var components = struck(by: instance)
      // The parts of one fault, at services, CDNs and players, stand one behind the other.
      if let last = strikes.last, last.fault == faultNames[index] {
        strikes.removeLast()
        components = last.components + components.filter { !last.components.contains($0) }
      }
      strikes.append(
        ComponentSignals.Strike(
          fault: faultNames[index], effect: fault?.effect.keyword ?? "fault",
          begins: SimulationTime(nanoseconds: instance.begins),
          ends: SimulationTime(nanoseconds: min(instance.ends, horizon)), components: components,
          workloads: fault.map(workloadsChanged) ?? []))
    }
    return strikes
  }

  private func struck(by instance: FaultInstance) -> [ComponentSignals.Component] {
    if instance.effect == .surge { return [] }
    if instance.cdn >= 0 { return [.cdn(Int(instance.cdn))] }
    if instance.edge >= 0 { return [.edge(Int(instance.edge))] }
    let called = (0..<edges.count).filter { isAlong(edges[$0], instance) }
    if instance.cohort >= 0 {
      return media.cdnNames.indices.map { .cdn($0) }
        + (instance.actsOnCalls ? called.map { .edge($0) } : [])
    }
    let whole = services.indices.filter { hasMember(at: instance.firstMember, in: services[$0]) }
    return called.map { .edge($0) } + whole.map { .service($0) }
  }

  /// Whether a fault acts on the calls along an edge as such.
  func isAlong(_ edge: Edge, _ fault: FaultInstance) -> Bool {
    if fault.cohort >= 0 { return edge.workload == media.everySession }
    return places(of: fault).contains { $0.isAlong(edge) }
  }

  /// What a fault strikes of the calls.
  func places(of fault: FaultInstance) -> [FaultPlace] {
    (fault.firstPlace..<fault.firstPlace + fault.placeCount).map { faultPlaces[$0] }
  }

  /// - Parameter first: where the membership begins.
  func hasMember(at first: Int32, in service: CompiledService) -> Bool {
    (service.firstReplica..<service.firstReplica + service.replicaCount).contains { members[first + $0] != 0 }
  }

  private func workloadsChanged(by fault: Fault) -> [Int] {
    guard case .surge = fault.effect else { return [] }
    let names = fault.targets.compactMap { target -> String? in
      switch target {
      case .workload(let name), .cohort(let name): name
      case .service, .endpoint, .edge, .dependency, .replica, .zone, .region, .serviceInZone, .pool, .bulkhead, .cdn,
        .site, .tier:
        nil
      }
    }
    return workloads.indices.filter { names.contains(workloads[$0].name) }
  }
}
