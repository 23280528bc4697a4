import Model

extension SetFault {
  static let section = Section<FaultEffect>(
    "set",
    "a value of the model is another one until the fault ends, as if an operator had changed it; what it is of is its "
      + "target, or some of a service's replicas where each has its own"
  ) { keys in
    let pathKey = keys.required(
      "path", .valuePath, "the path of the value, as in `set` of a campaign: `services.web.pool.threads`")
    let toKey = keys.required(
      "to", ValueKind<Node>(shape: .anything) { node, _ in node },
      "the value, as it would stand in the model; numbers may move, `from 10 to 2 over 5min`")
    return { fields in
      let node = fields[toKey]
      if node.phrase == nil { fields.decoding.explain(override: "to", node) }
      return fields.decoding.set(fields[pathKey], to: node).map { .set($0) }
    }
  }

  /// What is wrong with a target that is given: it can only say which replicas are meant.
  func problem(with target: FaultTarget) -> (message: String, suggestion: String?)? {
    if ownTargets.contains(target) { return nil }
    if let problem = problemOfReplicas { return problem }
    let services = settings.compactMap { setting -> String? in
      if case .service(let name, _) = setting { name } else { nil }
    }
    switch target {
    case .service(let name), .replica(let name, _), .serviceInZone(let name, _, _), .pool(let name):
      return services.contains(name) ? nil : ("`\(path)` is not of `\(name)`", nil)
    case .zone, .region: return nil
    case .endpoint, .edge, .dependency, .bulkhead, .workload, .cdn, .site, .tier, .cohort:
      return ("`set` reaches replicas of the service whose value it sets, and this is \(target.kindName)", nil)
    }
  }

  /// What is wrong with choosing some replicas.
  var problemOfReplicas: (message: String, suggestion: String?)? {
    let isOfReplicas = settings.allSatisfy { setting in
      if case .service(_, let setting) = setting { setting.isOfReplicas } else { false }
    }
    return isOfReplicas ? nil : ("`\(path)` has one value for all", "leave out `target` and `scope`")
  }

  /// What it sets something of.
  var ownTargets: [FaultTarget] {
    var targets: [FaultTarget] = []
    for setting in settings {
      let target = setting.target(in: changed)
      if !targets.contains(target) { targets.append(target) }
    }
    return targets
  }
}

extension FaultEffect {
  /// The targets of an effect that need not be given.
  var ownTargets: [FaultTarget]? {
    if case .set(let set) = self { set.ownTargets } else { nil }
  }
}

extension Setting {
  fileprivate func target(in model: SystemModel) -> FaultTarget {
    switch self {
    case .service(let name, _): return .service(name)
    case .step(let path, _, _): return .endpoint(path)
    case .arrivals(let name): return .workload(name)
    case .call(let place, _):
      let callee = model.call(at: place)?.target.service ?? ""
      switch place {
      case .service(let name, _), .workload(let name), .origin(let name), .manifestOrigin(let name):
        return .edge(from: name, to: callee)
      case .sessions: return .edge(from: Streaming.everySession, to: callee)
      case .encode, .standby: return .service(callee)
      }
    }
  }
}

extension Scenario {
  /// Faults that set the same value at the same time.
  ///
  /// - Parameter node: where they are declared.
  func overlappingSettings(_ node: Node?) -> [Diagnostic] {
    let setting = faults.compactMap { fault -> (fault: Fault, set: SetFault)? in
      if case .set(let set) = fault.effect { (fault, set) } else { nil }
    }
    var problems: [Diagnostic] = []
    for (number, later) in setting.enumerated() {
      for earlier in setting[..<number]
      where !Set(earlier.set.settings).isDisjoint(with: later.set.settings) && earlier.fault.meets(later.fault) {
        guard let place = node?[later.fault.name]?["path"]?.location else { continue }
        problems.append(
          Diagnostic(
            .settingsOverlap, at: place,
            "`\(later.fault.name)` sets this while `\(earlier.fault.name)` does: what it is then nobody says",
            suggestion: "let one end before the other begins"))
      }
    }
    return problems
  }
}

extension Fault {
  /// Whether it is active, on some target, while another one is.
  fileprivate func meets(_ other: Fault) -> Bool {
    func replicas(_ fault: Fault) -> Set<FaultTarget>? {
      fault.targets.allSatisfy { if case .replica = $0 { true } else { false } } ? Set(fault.targets) : nil
    }
    if let own = replicas(self), let others = replicas(other), own.isDisjoint(with: others) { return false }
    return occurrences.contains { mine in
      other.occurrences.contains { mine.start < $0.end && $0.start < mine.end }
    }
  }
}
