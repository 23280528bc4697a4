import Model

extension Program {
  /// What each fault and each failure of the scenario acts on directly, a fault each time and, of a deploy, in each batch.
  /// And the strike that each instance of a fault is part of; nil where it is of none.
  var strikes: (all: [ComponentSignals.Strike], ofFault: [Int?]) {
    var strikes: [ComponentSignals.Strike] = []
    var strikeOfFault = [Int?](repeating: nil, count: faults.count)
    for index in 0..<faults.count where faults[index].isOfScenario {
      guard var strike = strike(of: index) else { continue }
      // The parts of one fault, at services, CDNs and players, stand one behind the other.
      if let last = strikes.last, last.fault == strike.fault {
        strikes.removeLast()
        strike = strike.acting(
          on: last.components + strike.components.filter { !last.components.contains($0) },
          cohorts: last.cohorts + strike.cohorts.filter { !last.cohorts.contains($0) })
      }
      strikeOfFault[index] = strikes.count
      strikes.append(strike)
    }
    return (strikes, strikeOfFault)
  }

  /// nil where it does not begin before the horizon.
  private func strike(of index: Int) -> ComponentSignals.Strike? {
    let instance = faults[index]
    let horizon = model.time.horizon.nanoseconds
    let name = faultNames[index]
    if instance.fault >= 0 {
      guard let fault = scenario?.faults[Int(instance.fault)], instance.begins < horizon else { return nil }
      return ComponentSignals.Strike(
        fault: name, target: fault.targets.map(\.text).joined(separator: ", "), effect: fault.effect.keyword,
        begins: SimulationTime(nanoseconds: instance.begins),
        ends: SimulationTime(nanoseconds: min(instance.ends, horizon)), components: struck(by: instance),
        cohorts: cohorts(of: instance), workloads: workloadsChanged(by: fault))
    }
    guard let failure = scenario?.failures.first(where: { $0.name == name }) else { return nil }
    return ComponentSignals.Strike(
      fault: name, target: failure.targets.map(\.text).joined(separator: ", "), effect: failure.effect.keyword,
      begins: .zero, ends: SimulationTime(nanoseconds: horizon), components: struck(by: instance),
      cohorts: cohorts(of: instance), workloads: [])
  }

  private func struck(by instance: FaultInstance) -> [ComponentSignals.Component] {
    if instance.effect == .surge { return [] }
    if instance.effect == .set { return components(setBy: instance) }
    if instance.cdn >= 0 { return [.cdn(Int(instance.cdn))] }
    if instance.edge >= 0 { return [.edge(Int(instance.edge))] }
    let called = (0..<edges.count).filter { isAlong(edges[$0], instance) }
    if instance.cohort >= 0 { return instance.actsOnCalls ? called.map { .edge($0) } : [] }
    let whole = services.indices.filter { hasMember(at: instance.firstMember, in: services[$0]) }
    let parted = instance.effect == .partition ? partedFromServices(by: instance) : []
    return called.map { .edge($0) } + parted.map { .edge($0) } + whole.map { .service($0) }
      + cdnsParted(by: instance).map { .cdn($0) }
  }

  /// The calls of players and CDNs that a partition lies before; those of services and workloads are told by its targets.
  private func partedFromServices(by partition: FaultInstance) -> [Int] {
    (0..<edges.count).filter { edges[$0].workload >= media.everySession && isParted(edges[$0], by: partition) }
  }

  /// The CDNs that a partition cuts off from players, or one of whose tiers from the other.
  private func cdnsParted(by fault: FaultInstance) -> [Int] {
    guard fault.partsPlayers || fault.partsTiers else { return [] }
    return media.cdnNames.indices.filter { cdn in
      (0..<media.nodes.count).contains {
        media.nodes[Int32($0)].cdn == Int32(cdn) && sides[fault.firstSide + media.sides.firstNode + Int32($0)] != 0
      }
    }
  }

  private func cohorts(of instance: FaultInstance) -> [Int] {
    instance.cohort >= 0 && instance.effect != .surge ? [Int(instance.cohort)] : []
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
    if case .set(let set) = fault.effect {
      return workloads.indices.filter { set.settings.contains(.arrivals(workloads[$0].name)) }
    }
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

extension ComponentSignals.Strike {
  fileprivate func acting(on components: [ComponentSignals.Component], cohorts: [Int]) -> Self {
    Self(
      fault: fault, target: target, effect: effect, begins: begins, ends: ends, components: components,
      cohorts: cohorts, workloads: workloads)
  }
}
