import Model

extension Fault {
  static let section = Section<Fault>("fault", "A fault that is injected at a stated time.") { keys in
    let atKey = keys.required(
      "at", .duration(usual: "min"), "when it begins, counted from the start of the replication, the warm-up included")
    let forKey = keys.required("for", .positiveDuration(usual: "min"), "how long it lasts")
    let effectKey = keys.chosen(
      by: "inject", from: FaultEffect.branches, later: FaultEffect.later, "what the fault does")
    let targetKey = keys.required(
      "target", .target,
      "where it strikes: a service, an endpoint, a caller's calls, a replica, a zone, a region, a CDN or one of its "
        + "sites; `surge`: a workload")
    let scopeKey = keys.optional(
      "scope", .scope, standard: "100%",
      "how much of the target it reaches: `100%`, a part of the devices (a bare `5%`) or of the requests, or replicas")
    let saltKey = keys.optional(
      "salt", ValueKind<String>.name.orNone(), standard: "none",
      "faults with the same salt, or without one, hit the same devices; another salt picks others")
    return { fields in
      let fault = Fault(
        name: fields.name, at: fields[atKey], duration: fields[forKey], effect: fields[effectKey],
        target: fields[targetKey], scope: fields[scopeKey], salt: fields[saltKey])
      var problems: [Diagnostic] = []
      if let problem = fault.targetProblem {
        problems.append(Diagnostic(.badTarget, at: fields.location(targetKey), problem))
      } else if let problem = fault.scopeProblem(in: fields.decoding.names) {
        problems.append(
          Diagnostic(.badScope, at: fields.location(scopeKey), problem.message, suggestion: problem.suggestion))
      }
      if let time = fields.decoding.time {
        let (end, horizon) = (fault.at + fault.duration, time.horizon)
        if fault.at >= horizon {
          problems.append(
            Diagnostic(
              .faultAfterHorizon, at: fields.location(atKey),
              "the fault begins at \(fault.at.text), not before the horizon of \(horizon.text)"))
        } else if end > horizon {
          fields.decoding.report(
            .faultOutlastsHorizon, severity: .warning, at: fields.location(forKey),
            "the fault ends at \(end.text), after the horizon of \(horizon.text)")
        } else if end <= time.warmup {
          fields.decoding.report(
            .faultInWarmup, severity: .warning, at: fields.location(atKey),
            "the fault ends at \(end.text), within the warm-up of \(time.warmup.text): nothing of it is measured")
        }
      }
      if case .devices = fault.scope, problems.isEmpty {
        fields.decoding.warnOfWorkloadsWithoutDevices(at: fields.location(scopeKey))
      }
      fields.decoding.report(problems)
      return problems.isEmpty ? fault : nil
    }
  }

  /// What is wrong with the target for this effect.
  private var targetProblem: String? {
    switch effect {
    case .surge:
      if case .workload = target { return nil }
      return "`surge` needs a workload, and this is \(target.kindName)"
    case .unavailable, .hang, .error, .latency:
      guard case .workload = target else { return nil }
      return "`\(effect.keyword)` needs a part of the system, and this is a workload"
    case .slow, .crash, .pause:
      return target.hasReplicas ? nil : needsReplicas
    case .capacity(let capacity):
      guard target.hasReplicas else { return needsReplicas }
      guard case .replica = target, capacity.resource == .replicas else { return nil }
      return "`capacity` takes replicas from a service, a zone or a region, not from a replica"
    }
  }

  private var needsReplicas: String {
    "`\(effect.keyword)` needs a service, a replica, a zone or a region, and this is \(target.kindName)"
  }

  /// What is wrong with the scope for this effect and target.
  func scopeProblem(in names: Names) -> (message: String, suggestion: String?)? {
    switch scope {
    case .everything: return nil
    case .replicas(let count):
      switch target {
      case .service(let name):
        let replicas = names.services[name]?.replicas ?? count
        return count <= replicas ? nil : ("`\(name)` has \(replicas) replicas", nil)
      case .zone, .region: return nil
      case .endpoint, .edge, .replica, .workload, .cdn, .site:
        return (
          "a number of replicas needs a service, a zone or a region as target, and this is \(target.kindName)", nil
        )
      }
    case .oneDevice, .devices, .requests:
      switch effect {
      case .unavailable, .hang, .error, .latency:
        guard scope == .oneDevice, names.askersWithDevices.isEmpty else { return nil }
        return names.cohorts.isEmpty
          ? ("no workload says how many devices ask", "give a workload `devices`, or say `1% of requests`")
          : (
            "no cohort and no workload says how many devices ask", "give a cohort `devices`, or say `1% of requests`"
          )
      case .surge: return ("`surge` reaches all of its workload", nil)
      case .slow, .crash, .capacity, .pause:
        return (
          "`\(effect.keyword)` strikes replicas, not devices or requests", "say how many, such as `1 replica`"
        )
      }
    }
  }
}

extension FaultTarget {
  /// Whether it consists of whole replicas.
  fileprivate var hasReplicas: Bool {
    switch self {
    case .service, .replica, .zone, .region: true
    case .endpoint, .edge, .workload, .cdn, .site: false
    }
  }
}

extension Decoding {
  /// Warns of workloads and cohorts that have no devices of which a scope could pick some.
  func warnOfWorkloadsWithoutDevices(at location: SourceLocation) {
    let askers = Array(names.workloads.keys) + names.cohorts
    let without = askers.filter { !names.askersWithDevices.contains($0) }.sorted()
    guard let first = without.first else { return }
    let who = without.count == 1 ? "`\(first)` has" : "\(listed(without)) have"
    report(
      .workloadWithoutDevices, severity: .warning, at: location,
      "\(who) no `devices`: each \(without.allSatisfy(names.cohorts.contains) ? "session" : "request") counts as its own "
        + "device",
      suggestion: "give \(without.count == 1 ? "it" : "them") `devices`, or say `of requests`")
  }
}
