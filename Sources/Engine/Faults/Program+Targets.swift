import Model

extension Program {
  /// The endpoints, as `service.endpoint`, on whose attempts a fault or a failure of the scenario acts directly: those
  /// that it names, those of the services and replicas that it names, those that are called along an edge that it names or
  /// by the sessions of a cohort, those behind a bulkhead, those between whose callers and which a partition lies, and
  /// those of which, or of whose calls, it sets a value.
  public var targetedEndpoints: Set<String> {
    var targeted: Set<String> = []
    for index in 0..<faults.count where faults[index].isOfScenario {
      let fault = faults[index]
      if fault.effect == .set { targeted.formUnion(endpoints(setBy: fault).map { endpoints[$0].name }) }
      if fault.cdn >= 0 || fault.cohort >= 0 || fault.effect == .surge || fault.effect == .set { continue }
      for edge in 0..<edges.count where acts(fault, on: edges[edge], Int32(edge)) {
        targeted.insert(endpoints[Int(edges[edge].endpoint)].name)
      }
      for place in places(of: fault) where !place.isEdge && fault.effect != .partition {
        for (number, endpoint) in endpoints.enumerated()
        where (place.endpoint < 0 || place.endpoint == Int32(number))
          && hasMember(at: place.firstMember, in: services[Int(endpointService[number])])
        {
          targeted.insert(endpoint.name)
        }
      }
    }
    return targeted
  }

  private func acts(_ fault: FaultInstance, on edge: Edge, _ number: Int32) -> Bool {
    if fault.edge >= 0 { return fault.edge == number }
    if fault.effect == .partition { return isParted(edge, by: fault) }
    if fault.cohort >= 0, !fault.actsOnCalls { return false }
    return isAlong(edge, fault)
  }

  /// Whether a partition lies between some caller along an edge and some replica of the callee.
  func isParted(_ edge: Edge, by fault: FaultInstance) -> Bool {
    func sides(of service: Int32) -> Set<UInt8> {
      let its = services[Int(service)]
      return Set((its.firstReplica..<its.firstReplica + its.replicaCount).map { self.sides[fault.firstSide + $0] })
    }
    let callers: Set<UInt8>
    if edge.caller >= 0 {
      callers = sides(of: edge.caller)
    } else if edge.workload < media.everySession {
      callers = [self.sides[fault.firstSide + media.sides.firstWorkload + edge.workload]]
    } else if edge.workload == media.everySession {
      callers = Set((0..<media.cohorts.count).map { self.sides[fault.firstSide + media.sides.firstCohort + Int32($0)] })
    } else {
      let cdn = Int(edge.workload - media.everySession) - 1 - media.cohorts.count
      callers = Set(
        (0..<media.nodes.count).filter { media.nodes[Int32($0)].cdn == cdn && media.nodes[Int32($0)].shield < 0 }
          .map { self.sides[fault.firstSide + media.sides.firstNode + Int32($0)] })
    }
    return sides(of: edge.service).contains { callee in callers.contains { $0 ^ callee == 3 } }
  }
}

extension FaultPlace {
  /// Whether it is the calls along an edge.
  func isAlong(_ edge: Edge) -> Bool {
    guard isEdge, edge.service == service, component < 0 || edge.component == component else { return false }
    return callerService >= 0 && edge.caller == callerService
      || callerWorkload >= 0 && edge.workload == callerWorkload
  }
}
