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

extension Decoding {
  /// What is wrong with targets for an effect, each where it stands.
  ///
  /// - Parameters:
  ///   - node: the list, or the one target.
  ///   - location: of the target where it is no list.
  func problems(
    of effect: FaultEffect, with targets: [FaultTarget], _ node: Node?, _ location: SourceLocation
  ) -> [Diagnostic] {
    // A partition only says who is on which side.
    let hasCohort = effect.keyword != "partition" && targets.contains(where: \.isCohort)
    var problems: [Diagnostic] = []
    for (index, target) in targets.enumerated() {
      let place = node?.items?[index].location ?? location
      if let problem = effect.problem(with: target, in: names) {
        problems.append(Diagnostic(.badTarget, at: place, problem.message, suggestion: problem.suggestion))
      } else if hasCohort, !target.canStandBesideCohorts {
        problems.append(
          Diagnostic(
            .badTarget, at: place,
            "a list with cohorts of players can hold no other parts of the system, which their requests reach",
            suggestion: "make it a fault of its own"))
      }
    }
    return problems + problemsOfAmount(of: effect, with: targets, node, location)
  }

  /// What has to be as large as what it strikes: that there is so much to take away, and two sides of a partition.
  private func problemsOfAmount(
    of effect: FaultEffect, with targets: [FaultTarget], _ node: Node?, _ location: SourceLocation
  ) -> [Diagnostic] {
    if case .partition(let partition) = effect, let from = partition.from, from.allSatisfy(targets.contains) {
      return [Diagnostic(.badTarget, at: location, "both sides of the partition are the same")]
    }
    return targets.enumerated().compactMap { index, target in
      effect.problemOfAmount(with: target, in: names).map {
        Diagnostic(.outOfRange, at: node?.items?[index].location ?? location, $0)
      }
    }
  }
}

extension FaultEffect {
  /// Whether there is as much to take away as a number says.
  fileprivate func problemOfAmount(with target: FaultTarget, in names: Names) -> String? {
    switch self {
    case .capacity(let capacity):
      guard case .count(let count) = capacity.taken, let name = target.service, let service = names.services[name]
      else { return nil }
      let most = max(Double(count), capacity.ramp?.start ?? 0)
      switch capacity.resource {
      case .threads:
        guard let threads = service.threads, most > Double(threads) else { return nil }
        return "each replica of `\(name)` has \(threads) threads, and \(Int(most)) are to be taken"
      case .replicas:
        guard most > Double(service.replicas) else { return nil }
        return "`\(name)` has at most \(service.replicas) replicas, and \(Int(most)) are to be taken"
      }
    case .unavailable, .hang, .error, .latency, .slow, .crash, .surge, .pause, .flushCache, .bandwidth, .loss,
      .partition, .leak, .badDeploy, .set:
      return nil
    }
  }

  /// What is wrong with a target for this effect.
  func problem(with target: FaultTarget, in names: Names) -> (message: String, suggestion: String?)? {
    if case .set(let set) = self { return set.problem(with: target) }
    if case .pool = target {
      switch self {
      case .capacity(let capacity) where capacity.resource == .threads: return nil
      case .leak(let leak) where leak.resource == .threads: return nil
      case .unavailable, .hang, .error, .latency, .slow, .crash, .capacity, .surge, .pause, .flushCache, .bandwidth,
        .loss, .partition, .leak, .badDeploy, .set:
        return ("of a pool the `threads` can be taken, by `capacity` or by a `leak`", nil)
      }
    }
    if case .bulkhead = target {
      if case .capacity(let capacity) = self, capacity.resource == .threads { return nil }
      return ("of a bulkhead the `threads` can be taken, by `capacity`", nil)
    }
    switch self {
    case .surge:
      switch target {
      case .workload, .cohort: return nil
      case .service, .endpoint, .edge, .dependency, .replica, .zone, .region, .serviceInZone, .pool, .bulkhead, .cdn,
        .site, .tier:
        return ("`surge` needs a workload, `sessions` or a cohort of players, and this is \(target.kindName)", nil)
      }
    case .unavailable, .hang, .error, .latency: return problemOfAnswering(target)
    case .flushCache: return flushProblem(with: target, in: names)
    case .bandwidth(let bandwidth): return bandwidthProblem(bandwidth, with: target, in: names)
    case .loss(let loss): return lossProblem(loss, with: target, in: names)
    case .partition:
      return target.problemOfParting(in: names).map { ($0, nil) }
    case .slow, .crash, .pause, .leak:
      return target.hasReplicas ? nil : (needsReplicas(target), nil)
    case .capacity(let capacity):
      guard target.hasReplicas else { return (needsReplicas(target), nil) }
      guard case .replica = target, capacity.resource == .replicas else { return nil }
      return ("`capacity` takes replicas from a service, a zone or a region, not from a replica", nil)
    case .set(let set): return set.problem(with: target)
    case .badDeploy(let deploy):
      guard case .service = target else { return ("`bad-deploy` needs a service, and this is \(target.kindName)", nil) }
      return deploy.effect.problem(with: target, in: names)
    }
  }

  /// What is wrong with a target whose answers change.
  private func problemOfAnswering(_ target: FaultTarget) -> (message: String, suggestion: String?)? {
    switch target {
    case .workload(Streaming.everySession):
      return (
        "`\(keyword)` needs a part of the system, and this is what all viewers do",
        "expected a service, a CDN, a cohort, or calls such as `sessions -> service`"
      )
    case .workload: return ("`\(keyword)` needs a part of the system, and this is a workload", nil)
    case .tier(let cdn, _):
      return (
        "`\(keyword)` strikes what players ask of a CDN, not one of its tiers",
        "expected `\(cdn)`, one of its edge sites, `\(cdn)#0`, or its calls, such as `\(cdn) -> origin`"
      )
    case .service, .endpoint, .edge, .dependency, .replica, .zone, .region, .serviceInZone, .pool, .bulkhead, .cdn,
      .site, .cohort:
      return nil
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
      case .bandwidth(let bandwidth): [bandwidth.ramp]
      case .unavailable, .hang, .crash, .pause, .flushCache, .partition, .leak, .badDeploy, .set: []
      }
    if case .set(let set) = self { return set.ramp?.over }
    return ramps.compactMap { $0?.over }.max()
  }
}

extension FaultTarget {
  /// Whether it consists of whole replicas.
  var hasReplicas: Bool {
    switch self {
    case .service, .replica, .zone, .region, .serviceInZone: true
    case .endpoint, .edge, .dependency, .pool, .bulkhead, .workload, .cdn, .site, .tier, .cohort: false
    }
  }

  /// The service whose replicas it consists of, as a whole or in part.
  fileprivate var service: String? {
    switch self {
    case .service(let name), .pool(let name), .replica(let name, _), .serviceInZone(let name, _, _): name
    case .endpoint, .edge, .dependency, .zone, .region, .bulkhead, .workload, .cdn, .site, .tier, .cohort: nil
    }
  }

  var isCohort: Bool {
    if case .cohort = self { true } else { false }
  }

  /// Whether no session of a cohort reaches it.
  fileprivate var canStandBesideCohorts: Bool {
    switch self {
    case .cohort: true
    case .workload(let name): name != Streaming.everySession
    case .service, .endpoint, .edge, .dependency, .replica, .zone, .region, .serviceInZone, .pool, .bulkhead, .cdn,
      .site, .tier:
      false
    }
  }
}
