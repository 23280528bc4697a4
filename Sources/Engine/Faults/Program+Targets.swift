import Model

extension Program {
  /// The endpoints, as `service.endpoint`, on whose attempts an injected fault acts directly: those that it names, those of
  /// the services and replicas that it names, and those that are called along an edge that it names.
  public var targetedEndpoints: Set<String> {
    var targeted: Set<String> = []
    for index in 0..<faults.count where faults[index].isInjected {
      let fault = faults[index]
      if fault.cdn >= 0 || fault.cohort >= 0 || fault.effect == .surge { continue }
      if fault.isEdge {
        for edge in 0..<edges.count where fault.isAlong(edges[edge]) {
          targeted.insert(endpoints[Int(edges[edge].endpoint)].name)
        }
      } else {
        for (number, endpoint) in endpoints.enumerated()
        where (fault.endpoint < 0 || fault.endpoint == Int32(number))
          && hasMember(of: fault, in: services[Int(endpointService[number])])
        {
          targeted.insert(endpoint.name)
        }
      }
    }
    return targeted
  }

  private func hasMember(of fault: FaultInstance, in service: CompiledService) -> Bool {
    (service.firstReplica..<service.firstReplica + service.replicaCount).contains {
      members[fault.firstMember + $0] != 0
    }
  }
}

extension FaultInstance {
  /// Whether a fault of an edge acts on the calls along one.
  func isAlong(_ edge: Edge) -> Bool {
    guard edge.service == service else { return false }
    return callerService >= 0 && edge.caller == callerService
      || callerWorkload >= 0 && edge.workload == callerWorkload
  }
}
