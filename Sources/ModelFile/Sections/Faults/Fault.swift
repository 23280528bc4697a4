import Model

extension Fault {
  static let section = Section<Fault>("fault", "A fault that is injected at a stated time.") { keys in
    let atKey = keys.required(
      "at", .duration(usual: "min"), "when it begins, counted from the start of the replication, the warm-up included")
    let forKey = keys.derived(
      "for", .positiveDuration(usual: "min"), "how long it lasts; of `flush-cache` alone it need not be given"
    ) { _, _ in nil }
    let effectKey = keys.chosen(
      by: "inject", from: FaultEffect.branches, later: FaultEffect.later, "what the fault does")
    let targetKey = keys.required(
      "target", .target,
      "where it strikes: a service, an endpoint, a caller's calls, a replica, a zone, a region, a CDN or one of its "
        + "sites, a cohort of players; `surge`: a workload, `sessions` or a cohort")
    let scopeKey = keys.optional(
      "scope", .scope, standard: "100%",
      "how much of the target it reaches: `100%`, a part of the devices (a bare `5%`) or of the requests, or replicas")
    let saltKey = keys.optional(
      "salt", ValueKind<String>.name.orNone(), standard: "none",
      "faults with the same salt, or without one, hit the same devices; another salt picks others")
    return { fields in
      if fields[forKey] == nil, fields[effectKey] != .flushCache {
        fields.decoding.reportMissing(key: "for", "how long it lasts", in: fields.section)
        return nil
      }
      let fault = Fault(
        name: fields.name, at: fields[atKey], duration: fields[forKey] ?? .zero, effect: fields[effectKey],
        target: fields[targetKey], scope: fields[scopeKey], salt: fields[saltKey])
      var problems: [Diagnostic] = []
      if let problem = fault.targetProblem(in: fields.decoding.names) {
        problems.append(
          Diagnostic(
            .badTarget, at: fields.location(targetKey), problem.message, suggestion: problem.suggestion))
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
        } else if end <= time.warmup, fault.effect != .flushCache {
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
  private func targetProblem(in names: Names) -> (message: String, suggestion: String?)? {
    switch effect {
    case .surge:
      switch target {
      case .workload, .cohort: return nil
      case .service, .endpoint, .edge, .replica, .zone, .region, .cdn, .site, .tier:
        return ("`surge` needs a workload, `sessions` or a cohort of players, and this is \(target.kindName)", nil)
      }
    case .unavailable, .hang, .error, .latency:
      switch target {
      case .workload(Streaming.everySession):
        return (
          "`\(effect.keyword)` needs a part of the system, and this is what all viewers do",
          "expected a service, a CDN, a cohort, or calls such as `sessions -> service`"
        )
      case .workload: return ("`\(effect.keyword)` needs a part of the system, and this is a workload", nil)
      case .tier(let cdn, _):
        return (
          "`\(effect.keyword)` strikes what players ask of a CDN, not one of its tiers",
          "expected `\(cdn)`, one of its edge sites, `\(cdn)#0`, or its calls, such as `\(cdn) -> origin`"
        )
      case .service, .endpoint, .edge, .replica, .zone, .region, .cdn, .site, .cohort: return nil
      }
    case .slow, .crash, .pause:
      return target.hasReplicas ? nil : (needsReplicas, nil)
    case .capacity(let capacity):
      guard target.hasReplicas else { return (needsReplicas, nil) }
      guard case .replica = target, capacity.resource == .replicas else { return nil }
      return ("`capacity` takes replicas from a service, a zone or a region, not from a replica", nil)
    case .flushCache: return flushProblem(in: names)
    case .bandwidth(let bandwidth): return bandwidthProblem(bandwidth, in: names)
    case .loss(let loss): return lossProblem(loss, in: names)
    }
  }

  private var isOfCohort: Bool {
    if case .cohort = target { true } else { false }
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
      case .endpoint, .edge, .replica, .workload, .cdn, .site, .tier, .cohort:
        return (
          "a number of replicas needs a service, a zone or a region as target, and this is \(target.kindName)", nil
        )
      }
    case .oneDevice, .devices, .requests:
      switch effect {
      case .bandwidth where !isOfCohort:
        return ("`bandwidth` of sites reaches all that they send", nil)
      case .flushCache: return ("`flush-cache` empties whole caches", nil)
      case .unavailable, .hang, .error, .latency, .bandwidth, .loss:
        guard scope == .oneDevice, names.askersWithDevices.isEmpty else { return nil }
        return names.cohorts.isEmpty
          ? ("no workload says how many devices ask", "give a workload `devices`, or say `1% of requests`")
          : (
            "no cohort and no workload says how many devices ask", "give a cohort `devices`, or say `1% of requests`"
          )
      case .surge: return ("`surge` reaches all of its workload or cohort", nil)
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
    case .endpoint, .edge, .workload, .cdn, .site, .tier, .cohort: false
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
