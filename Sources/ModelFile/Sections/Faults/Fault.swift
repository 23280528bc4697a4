import Model

extension Fault {
  static let section = Section<Fault>("fault", "A fault that is injected at a stated time.") { keys in
    let atKey = keys.required(
      "at", .duration(usual: "min"), "when it begins, counted from the start of the replication, the warm-up included")
    let forKey = keys.derived(
      "for", .positiveDuration(usual: "min"), "how long it lasts; of `flush-cache` alone it need not be given"
    ) { _, _ in nil }
    let effectKey = keys.chosen(
      by: "inject", from: FaultEffect.branches, synonyms: FaultEffect.synonyms, "what the fault does")
    let targetsKey = keys.derived(
      "target", .targets,
      "where it strikes, needed by all but `set`: a service, an endpoint, a caller's calls, a replica, a zone, a region, a pool, a CDN or one of "
        + "its sites, a cohort of players, or a list of these; `surge`: a workload, `sessions` or a cohort"
    ) { _, _ in nil }
    let scopeKey = keys.optional(
      "scope", ValueKind<FaultScope>.scope.orRamp(ends: .scopeOrNone), standard: "100%",
      "how much of the target it reaches: `100%`, a part of the devices (a bare `5%`) or of the requests, or replicas; "
        + "`from 0% to 100% over 10min` grows")
    let saltKey = keys.optional(
      "salt", ValueKind<String>.name.orNone(), standard: "none",
      "faults with the same salt, or without one, hit the same devices; another salt picks others")
    let repeatKey = keys.ifGiven(
      "repeat", .section(Repetition.section), "how often it comes again; once where not given")
    keys.check { fields in
      guard let duration = fields.decoded(forKey), let effect = fields.decoded(effectKey) else { return [] }
      return duration == nil && effect != .flushCache
        ? fields.decoding.missing(key: "for", "how long it lasts", in: fields.section) : []
    }
    // What sets a value may say where by that.
    @Sendable func targets(_ fields: Fields) -> [FaultTarget]? {
      guard let effect = fields.decoded(effectKey), let given = fields.decoded(targetsKey) else { return nil }
      return given ?? effect.ownTargets
    }
    keys.check { fields in
      guard let effect = fields.decoded(effectKey), let given = fields.decoded(targetsKey) else { return [] }
      return given == nil && effect.ownTargets == nil
        ? fields.decoding.missing(key: "target", "where it strikes", in: fields.section) : []
    }
    keys.check { fields in
      guard let moving = fields.decoded(scopeKey) else { return [] }
      return moving.problem(at: fields.location(scopeKey))
    }
    keys.check { fields in
      guard let effect = fields.decoded(effectKey), let targets = targets(fields) else { return [] }
      let names = fields.decoding.names
      let draft = Fault(
        name: fields.name, at: .zero, duration: .zero, effect: effect, targets: targets,
        scope: fields.decoded(scopeKey)?.value ?? .everything, scopeRamp: fields.decoded(scopeKey)?.ramp, salt: nil)
      var problems = fields.decoding.problems(
        of: effect, with: targets, fields.node(targetsKey), fields.location(targetsKey))
      if problems.isEmpty, let problem = draft.scopeProblem(in: names) {
        problems.append(
          Diagnostic(.badScope, at: fields.location(scopeKey), problem.message, suggestion: problem.suggestion))
      }
      return problems + draft.surgeProblem(in: names, at: fields.location(targetsKey))
    }
    keys.check { fields in
      guard let effect = fields.decoded(effectKey), let duration = fields.decoded(forKey),
        let repetition = fields.decoded(repeatKey) ?? nil
      else { return [] }
      // How long a rollout takes depends on its targets.
      let targets = targets(fields)
      if case .badDeploy = effect, targets == nil { return [] }
      let active = effect.over(targets ?? [], in: fields.decoding.names).activeTime(for: duration ?? .zero)
      return repetition.problem(of: active, at: fields.location(repeatKey))
    }
    keys.check { fields in
      guard let at = fields.decoded(atKey), let horizon = fields.decoding.horizon, at >= horizon else { return [] }
      return [
        Diagnostic(
          .faultAfterHorizon, at: fields.location(atKey),
          "the fault begins at \(at.text), not before the horizon of \(horizon.text)")
      ]
    }
    return { fields in
      guard let targets = targets(fields) else { return nil }
      let effect = fields[effectKey].over(targets, in: fields.decoding.names)
      let (scope, scopeRamp) = (fields[scopeKey].value, fields[scopeKey].ramp)
      let fault = Fault(
        name: fields.name, at: fields[atKey], duration: fields[forKey] ?? .zero, effect: effect, targets: targets,
        scope: scope, scopeRamp: scopeRamp, salt: fields[saltKey], repetition: fields[repeatKey])
      if let ramp = [effect.longestRamp, scopeRamp?.over].compactMap(\.self).max(), ramp > fault.duration {
        fields.decoding.report(
          .rampOutlastsFault, severity: .warning, at: fields.rampLocation ?? fields.location(forKey),
          "the fault lasts \(fault.duration.text), and the ramp of \(ramp.text) does not come to its end")
      }
      if let time = fields.decoding.time {
        let (end, horizon) = (fault.occurrences.last?.end ?? fault.at, time.horizon)
        if end > horizon {
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
      fields.decoding.warnOfNothingSent(effect, targets, at: fields.location(targetsKey))
      if case .devices = fault.scope {
        fields.decoding.warnOfAskersWithoutDevices([fault], at: fields.location(scopeKey))
      }
      return fault
    }
  }

  /// What is wrong with the scope for this effect and target.
  func scopeProblem(in names: Names) -> (message: String, suggestion: String?)? {
    switch scope {
    case .everything: return nil
    case .replicas(let count):
      if case .set(let set) = effect, let problem = set.problemOfReplicas { return problem }
      if case .badDeploy = effect { return ("`bad-deploy` changes all replicas, batch by batch", nil) }
      if case .partition = effect { return ("`partition` cuts off all of its targets", "say which, such as `web#0`") }
      for target in targets {
        switch target {
        case .service(let name) where targets.count == 1:
          let replicas = names.services[name]?.replicas ?? count
          if count > replicas { return ("`\(name)` has \(replicas) replicas", nil) }
        case .service, .zone, .region, .serviceInZone: break
        case .endpoint, .edge, .dependency, .replica, .pool, .bulkhead, .workload, .cdn, .site, .tier, .cohort:
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
      if let problem = effect.problemOfPicking(scope) { return problem }
      return scope == .oneDevice ? problemOfOneDevice(in: names) : nil
    }
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
  /// The same, in the batches of a rollout over these targets.
  fileprivate func over(_ targets: [FaultTarget], in names: Names) -> FaultEffect {
    guard case .badDeploy(let deploy) = self else { return self }
    let replicas = targets.map { target in
      if case .service(let name) = target { names.services[name]?.initialReplicas ?? 1 } else { 1 }
    }
    return .badDeploy(deploy.over(replicas: replicas.max() ?? 1))
  }

  /// What is wrong with a scope that picks devices or requests, for this effect.
  fileprivate func problemOfPicking(_ scope: FaultScope) -> (message: String, suggestion: String?)? {
    switch self {
    case .unavailable, .hang, .error, .latency, .bandwidth, .loss: return nil
    case .surge: return ("`surge` reaches all of its workload or cohort", nil)
    case .flushCache: return ("`flush-cache` empties whole caches", nil)
    case .partition: return ("`partition` cuts off all of its targets, for all devices", nil)
    case .badDeploy(let deploy): return deploy.effect.problemOfPicking(scope)
    case .set: return ("`set` changes a value for everyone", nil)
    case .slow, .crash, .capacity, .pause, .leak:
      return ("`\(keyword)` strikes replicas, not devices or requests", "say how many, such as `1 replica`")
    }
  }
}

extension FaultScope {
  /// Which part of the devices or of the requests it is.
  fileprivate var part: Double? {
    switch self {
    case .devices(let part), .requests(let part): part.value
    case .everything, .oneDevice, .replicas: nil
    }
  }
}

extension Moving where Value == FaultScope {
  /// Both ends of a ramp, as parts of the devices or of the requests; nil where one of them is no part.
  fileprivate var ends: (first: Double, last: Double)? {
    guard let first = start?.value.part, let last = value.part else { return nil }
    return (first, last)
  }

  /// How it moves; nil where it stays, or only a part could grow.
  fileprivate var ramp: MagnitudeRamp? {
    guard let start, let ends else { return nil }
    return MagnitudeRamp(start: ends.first, over: start.over)
  }

  /// What is wrong with how it moves.
  fileprivate func problem(at location: SourceLocation) -> [Diagnostic] {
    guard start != nil else { return [] }
    guard let ends else {
      return [
        Diagnostic(
          .badRamp, at: location, "only a part of the devices or of the requests can grow",
          suggestion: "expected one such as `from 0% to 100% of requests over 10min`")
      ]
    }
    return ends.first == ends.last ? [Diagnostic(.badRamp, at: location, "both ends of this ramp are the same")] : []
  }
}

extension Repetition {
  fileprivate static let section = Section<Repetition>("repeat", "How often a fault comes again.") { keys in
    let every = keys.required(
      "every", .positiveDuration(usual: "min"), "time from the beginning of one occurrence to that of the next")
    let times = keys.required("times", .count(1...Limit.occurrences), "how often it comes in all, the first included")
    return { Repetition(every: $0[every], times: $0[times]) }
  }

  /// What is wrong with it for a fault that is active for so long each time.
  fileprivate func problem(of active: SimulationDuration, at location: SourceLocation) -> [Diagnostic] {
    guard times > 1, every < active else { return [] }
    return [
      Diagnostic(
        .faultOverlapsItself, at: location,
        "the fault comes again every \(every.text), before it has ended: it lasts \(active.text)",
        suggestion: "say an `every` of at least \(active.text)")
    ]
  }
}

extension Fields {
  /// Where a ramp is written.
  fileprivate var rampLocation: SourceLocation? {
    section.entries?.compactMap(\.value.phrase).first(where: \.isRamp)?.location
  }
}
