import Model

extension ValueKind where Value == [FaultTarget] {
  /// A target, or a list of them, each named once.
  static var targets: ValueKind {
    let list = ValueKind.list(.target, isEmptyAllowed: false)
    let distinct = ValueKind(shape: list.shape) { node, decoding in
      guard let targets = list.decode(node, decoding) else { return nil }
      for (index, target) in targets.enumerated() where targets[..<index].contains(target) {
        decoding.report(
          .duplicateName, at: node.items?[index].location ?? node.location, "this target is named twice")
        return nil
      }
      return targets
    }
    return .either(list: distinct, else: ValueKind<FaultTarget>.target.map { [$0] })
  }
}

extension FaultEffect {
  /// What is wrong with a target for this effect.
  func problem(with target: FaultTarget) -> String? {
    if case .pool = target {
      switch self {
      case .capacity(let capacity) where capacity.resource == .threads: return nil
      case .leak(let leak) where leak.resource == .threads: return nil
      case .unavailable, .hang, .error, .latency, .slow, .crash, .capacity, .surge, .pause, .loss, .partition, .leak,
        .badDeploy:
        return "of a pool the `threads` can be taken, by `capacity` or by a `leak`"
      }
    }
    if case .bulkhead = target {
      if case .capacity(let capacity) = self, capacity.resource == .threads { return nil }
      return "of a bulkhead the `threads` can be taken, by `capacity`"
    }
    switch self {
    case .surge:
      if case .workload = target { return nil }
      return "`surge` needs a workload, and this is \(target.kindName)"
    case .unavailable, .hang, .error, .latency:
      guard case .workload = target else { return nil }
      return "`\(keyword)` needs a part of the system, and this is a workload"
    case .loss:
      switch target {
      case .workload: return "`loss` needs a part of the system, and this is a workload"
      case .cdn, .site: return "`loss` needs calls of services, and this is \(target.kindName)"
      case .service, .endpoint, .edge, .replica, .zone, .region, .serviceInZone, .pool, .bulkhead: return nil
      }
    case .partition:
      if target.canBeCutOff { return nil }
      return "`partition` parts services, replicas, zones, regions and workloads, and this is \(target.kindName)"
    case .slow, .crash, .pause, .leak:
      return target.hasReplicas ? nil : needsReplicas(target)
    case .capacity(let capacity):
      guard target.hasReplicas else { return needsReplicas(target) }
      guard case .replica = target, capacity.resource == .replicas else { return nil }
      return "`capacity` takes replicas from a service, a zone or a region, not from a replica"
    case .badDeploy(let deploy):
      guard case .service = target else { return "`bad-deploy` needs a service, and this is \(target.kindName)" }
      return deploy.effect.problem(with: target)
    }
  }

  private func needsReplicas(_ target: FaultTarget) -> String {
    "`\(keyword)` needs a service, a replica, a zone or a region, and this is \(target.kindName)"
  }

  /// The longest of its ramps.
  var longestRamp: SimulationDuration? {
    let ramps: [MagnitudeRamp?] =
      switch self {
      case .error(let error): [error.ramp]
      case .latency(let latency): [latency.addRamp, latency.factorRamp]
      case .slow(let slow): [slow.ramp]
      case .capacity(let capacity): [capacity.ramp]
      case .surge(let surge): [surge.ramp]
      case .loss(let loss): [loss.ramp]
      case .unavailable, .hang, .crash, .pause, .partition, .leak, .badDeploy: []
      }
    return ramps.compactMap { $0?.over }.max()
  }
}

extension FaultTarget {
  /// Whether it consists of whole replicas.
  var hasReplicas: Bool {
    switch self {
    case .service, .replica, .zone, .region, .serviceInZone: true
    case .endpoint, .edge, .pool, .bulkhead, .workload, .cdn, .site: false
    }
  }
}
