import Model

extension Fault {
  static let section = Section<Fault>("fault", "A fault that is injected at a stated time.") { keys in
    let atKey = keys.required("at", .duration(usual: "min"), "when it begins, from 0, the warm-up included")
    let forKey = keys.required("for", .positiveDuration(usual: "min"), "how long it lasts")
    let effectKey = keys.chosen(
      by: "inject", from: FaultEffect.branches, later: FaultEffect.later, "what the fault does")
    let targetKey = keys.required("target", .target, "where it strikes")
    let scopeKey = keys.optional("scope", .scope, standard: "100%", "how much of the target it reaches")
    let saltKey = keys.optional(
      "salt", ValueKind<String>.name.orNone(), standard: "none", "faults with the same salt hit the same devices")
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
      if let horizon = fields.decoding.horizon {
        if fault.at >= horizon {
          problems.append(
            Diagnostic(
              .faultAfterHorizon, at: fields.location(atKey),
              "the fault begins at \(fault.at.text), not before the horizon of \(horizon.text)"))
        } else if fault.at + fault.duration > horizon {
          fields.decoding.report(
            .faultOutlastsHorizon, severity: .warning, at: fields.location(forKey),
            "the fault ends at \((fault.at + fault.duration).text), after the horizon of \(horizon.text)")
        }
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
  private func scopeProblem(in names: Names) -> (message: String, suggestion: String?)? {
    switch scope {
    case .everything: return nil
    case .replicas(let count):
      switch target {
      case .service(let name):
        let replicas = names.services[name]?.replicas ?? count
        return count <= replicas ? nil : ("`\(name)` has \(replicas) replicas", nil)
      case .zone, .region: return nil
      case .endpoint, .edge, .replica, .workload:
        return (
          "a number of replicas needs a service, a zone or a region as target, and this is \(target.kindName)", nil
        )
      }
    case .oneDevice, .devices, .requests:
      switch effect {
      case .unavailable, .hang, .error, .latency:
        guard scope == .oneDevice, names.workloadsWithDevices.isEmpty else { return nil }
        return ("no workload says how many devices ask", "give a workload `devices`, or say `1% of requests`")
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
    case .endpoint, .edge, .workload: false
    }
  }
}
