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
    let targetsKey = keys.required(
      "target", .targets,
      "where it strikes: a service, an endpoint, a caller's calls, a replica, a zone, a region, a pool, a CDN or one of "
        + "its sites, a cohort of players, or a list of these; `surge`: a workload, `sessions` or a cohort")
    let scopeKey = keys.optional(
      "scope", ValueKind<FaultScope>.scope.orRamp(ends: .scopeOrNone), standard: "100%",
      "how much of the target it reaches: `100%`, a part of the devices (a bare `5%`) or of the requests, or replicas; "
        + "`from 0% to 100% over 10min` grows")
    let saltKey = keys.optional(
      "salt", ValueKind<String>.name.orNone(), standard: "none",
      "faults with the same salt, or without one, hit the same devices; another salt picks others")
    let repeatKey = keys.ifGiven(
      "repeat", .section(Repetition.section), "how often it comes again; once where not given")
    return { fields in
      if fields[forKey] == nil, fields[effectKey] != .flushCache {
        fields.decoding.reportMissing(key: "for", "how long it lasts", in: fields.section)
        return nil
      }
      let targets = fields[targetsKey]
      let names = fields.decoding.names
      var effect = fields[effectKey]
      if case .badDeploy(let deploy) = effect {
        let replicas = targets.map { target in
          if case .service(let name) = target { names.services[name]?.replicas ?? 1 } else { 1 }
        }
        effect = .badDeploy(deploy.over(replicas: replicas.max() ?? 1))
      }
      guard let (scope, scopeRamp) = fields.scope(scopeKey) else { return nil }
      let fault = Fault(
        name: fields.name, at: fields[atKey], duration: fields[forKey] ?? .zero, effect: effect, targets: targets,
        scope: scope, scopeRamp: scopeRamp, salt: fields[saltKey], repetition: fields[repeatKey])
      var problems = fields.decoding.problems(
        of: effect, with: targets, fields.node(targetsKey), fields.location(targetsKey))
      if problems.isEmpty, let problem = fault.scopeProblem(in: names) {
        problems.append(
          Diagnostic(.badScope, at: fields.location(scopeKey), problem.message, suggestion: problem.suggestion))
      }
      problems += fault.repetitionProblem(at: fields.location(repeatKey))
      problems += fault.surgeProblem(in: names, at: fields.location(targetsKey))
      if let ramp = [effect.longestRamp, scopeRamp?.over].compactMap(\.self).max(), ramp > fault.duration {
        fields.decoding.report(
          .rampOutlastsFault, severity: .warning, at: fields.rampLocation ?? fields.location(forKey),
          "the fault lasts \(fault.duration.text), and the ramp of \(ramp.text) does not come to its end")
      }
      if let time = fields.decoding.time {
        let (end, horizon) = (fault.occurrences.last?.end ?? fault.at, time.horizon)
        if fault.at >= horizon {
          problems.append(
            Diagnostic(
              .faultAfterHorizon, at: fields.location(atKey),
              "the fault begins at \(fault.at.text), not before the horizon of \(horizon.text)"))
        } else if end > horizon {
          fields.decoding.report(
            .faultOutlastsHorizon, severity: .warning, at: fields.location(forKey),
            "the fault \(fault.repetition == nil ? "ends" : "ends for the last time") at \(end.text), after the horizon of \(horizon.text)"
          )
        } else if end <= time.warmup, fault.effect != .flushCache {
          fields.decoding.report(
            .faultInWarmup, severity: .warning, at: fields.location(atKey),
            "the fault ends at \(end.text), within the warm-up of \(time.warmup.text): nothing of it is measured")
        }
      }
      if case .devices = fault.scope, problems.isEmpty {
        fields.decoding.warnOfAskersWithoutDevices([fault], at: fields.location(scopeKey))
      }
      fields.decoding.report(problems)
      return problems.isEmpty ? fault : nil
    }
  }

  /// What is wrong with the scope for this effect and target.
  func scopeProblem(in names: Names) -> (message: String, suggestion: String?)? {
    switch scope {
    case .everything: return nil
    case .replicas(let count):
      if case .badDeploy = effect { return ("`bad-deploy` changes all replicas, batch by batch", nil) }
      if case .partition = effect { return ("`partition` cuts off all of its targets", "say which, such as `web#0`") }
      for target in targets {
        switch target {
        case .service(let name) where targets.count == 1:
          let replicas = names.services[name]?.replicas ?? count
          if count > replicas { return ("`\(name)` has \(replicas) replicas", nil) }
        case .service, .zone, .region, .serviceInZone: break
        case .endpoint, .edge, .replica, .pool, .bulkhead, .workload, .cdn, .site, .tier, .cohort:
          return (
            "a number of replicas needs a service, a zone or a region as target, and this is \(target.kindName)", nil
          )
        }
      }
      return nil
    case .oneDevice, .devices, .requests:
      if case .bandwidth = effect, targets.contains(where: { !$0.isCohort }) {
        return ("`bandwidth` of sites reaches all that they send", nil)
      }
      if scopeRamp != nil, actsOnNetworks {
        return ("whom a fault of players' networks reaches does not change while it lasts", "say a part that stays")
      }
      if let problem = effect.problemOfPicking(scope) { return problem }
      return scope == .oneDevice ? problemOfOneDevice(in: names) : nil
    }
  }

  /// Whether it changes how fast players' transfers go.
  private var actsOnNetworks: Bool {
    switch effect {
    case .bandwidth: true
    case .loss: targets.contains(where: \.isOfPlayers)
    case .unavailable, .hang, .error, .latency, .slow, .crash, .capacity, .surge, .pause, .flushCache, .partition,
      .leak,
      .badDeploy:
      false
    }
  }

  /// What is wrong with how it is repeated.
  fileprivate func repetitionProblem(at location: SourceLocation) -> [Diagnostic] {
    guard let repetition, repetition.times > 1, repetition.every < activeTime else { return [] }
    return [
      Diagnostic(
        .faultOverlapsItself, at: location,
        "the fault comes again every \(repetition.every.text), before it has ended: it lasts \(activeTime.text)",
        suggestion: "say an `every` of at least \(activeTime.text)")
    ]
  }

  /// Clients who wait for answers come and go as they are, not in part.
  fileprivate func surgeProblem(in names: Names, at location: SourceLocation) -> [Diagnostic] {
    guard case .surge(let surge) = effect, surge.ramp != nil else { return [] }
    for case .workload(let name) in targets where names.closedWorkloads.contains(name) {
      return [Diagnostic(.badRamp, at: location, "the arrivals of `\(name)` are closed: a surge of them cannot grow")]
    }
    return []
  }
}

extension FaultEffect {
  /// What is wrong with a scope that picks devices or requests, for this effect.
  fileprivate func problemOfPicking(_ scope: FaultScope) -> (message: String, suggestion: String?)? {
    switch self {
    case .unavailable, .hang, .error, .latency, .bandwidth, .loss: return nil
    case .surge: return ("`surge` reaches all of its workload or cohort", nil)
    case .flushCache: return ("`flush-cache` empties whole caches", nil)
    case .partition: return ("`partition` cuts off all of its targets, for all devices", nil)
    case .badDeploy(let deploy): return deploy.effect.problemOfPicking(scope)
    case .slow, .crash, .capacity, .pause, .leak:
      return ("`\(keyword)` strikes replicas, not devices or requests", "say how many, such as `1 replica`")
    }
  }
}

extension Repetition {
  fileprivate static let section = Section<Repetition>("repeat", "How often a fault comes again.") { keys in
    let every = keys.required(
      "every", .positiveDuration(usual: "min"), "time from the beginning of one occurrence to that of the next")
    let times = keys.required("times", .count(1...Limit.occurrences), "how often it comes in all, the first included")
    return { Repetition(every: $0[every], times: $0[times]) }
  }
}

extension Fields {
  /// The scope, and how it moves; nil after having reported what is wrong.
  fileprivate func scope(_ key: Key<Moving<FaultScope>>) -> (FaultScope, MagnitudeRamp?)? {
    let moving = self[key]
    guard let start = moving.start else { return (moving.value, nil) }
    let ends: (Double, Double, FaultScope)? =
      switch (start.value, moving.value) {
      case (.devices(let first), .requests(let last)): (first.value, last.value, .requests(last))
      case (.devices(let first), .devices(let last)): (first.value, last.value, .devices(last))
      case (.requests(let first), .requests(let last)): (first.value, last.value, .requests(last))
      case (.requests(let first), .devices(let last)): (first.value, last.value, .requests(last))
      default: nil
      }
    guard let (first, last, scope) = ends else {
      decoding.report(
        .badRamp, at: location(key), "only a part of the devices or of the requests can grow",
        suggestion: "expected one such as `from 0% to 100% of requests over 10min`")
      return nil
    }
    guard first != last else {
      decoding.report(.badRamp, at: location(key), "both ends of this ramp are the same")
      return nil
    }
    return (scope, MagnitudeRamp(start: first, over: start.over))
  }

  /// Where a ramp is written.
  fileprivate var rampLocation: SourceLocation? {
    section.entries?.compactMap(\.value.phrase).first(where: \.isRamp)?.location
  }
}
