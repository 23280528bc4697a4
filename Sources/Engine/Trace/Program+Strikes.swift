import Model

extension Program {
  /// What each fault of the scenario acts on directly.
  var strikes: [ComponentSignals.Strike] {
    (0..<faults.count).compactMap { index in
      let instance = faults[index]
      let horizon = model.time.horizon.nanoseconds
      guard instance.begins < horizon else { return nil }
      let fault = scenario?.faults.first { $0.name == faultNames[index] }
      return ComponentSignals.Strike(
        fault: faultNames[index], effect: fault?.effect.keyword ?? "fault",
        begins: SimulationTime(nanoseconds: instance.begins),
        ends: SimulationTime(nanoseconds: min(instance.ends, horizon)), components: struck(by: instance),
        workloads: fault.map(workloadsChanged) ?? [])
    }
  }

  private func struck(by instance: FaultInstance) -> [ComponentSignals.Component] {
    if instance.effect == .surge { return [] }
    if instance.cdn >= 0 { return [.cdn(Int(instance.cdn))] }
    if instance.isEdge {
      return (0..<edges.count).filter { index in
        let edge = edges[index]
        let byService = instance.callerService >= 0 && edge.caller == instance.callerService
        let byWorkload = instance.callerWorkload >= 0 && edge.workload == instance.callerWorkload
        return edge.service == instance.service && (byService || byWorkload)
      }.map { .edge($0) }
    }
    return services.indices.filter { index in
      let replicas = services[index].firstReplica..<services[index].firstReplica + services[index].replicaCount
      return replicas.contains { members[instance.firstMember + $0] != 0 }
    }.map { .service($0) }
  }

  private func workloadsChanged(by fault: Fault) -> [Int] {
    guard case .workload(let name) = fault.target else { return [] }
    return workloads.indices.filter { workloads[$0].name == name }
  }
}
