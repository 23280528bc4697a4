import Model

extension ValueKind where Value == FaultTarget {
  static var target: ValueKind {
    .scalar(.target) { phrase, decoding in decoding.target(phrase) }
  }
}

extension Decoding {
  /// `service`, `service.endpoint`, `caller -> service`, `caller -> dependency`, `service#2`, `zone us-east.a`, `region us-east`, the name of a
  /// workload, `sessions`, a cohort of players, a CDN, one of its tiers, `alpha shield`, or one of its edge sites, `alpha#3`.
  func target(_ phrase: Phrase) -> FaultTarget? {
    let words = phrase.words
    if words.count > 1, words[1].text.hasPrefix("->") == false {
      if words[0].text == "pool" { return pool(phrase.after(words[0])) }
      if words[0].text == "link" { return link(phrase.after(words[0])) }
      if words[0].text == "dependency" { return edge(phrase.after(words[0]), isDependency: true) }
    }
    if phrase.text.contains("->") { return edge(phrase) }
    if words.count == 4, words[1].text == "in", words[2].text == "zone" { return service(words[0], in: words[3]) }
    if words.count == 2, words[0].text == "zone" {
      guard let (region, zone) = zone(words[1]) else { return nil }
      if !names.hasReplicas(inRegion: region, zone: zone) { warnOfNoReplicas(phrase) }
      return .zone(region: region, name: zone)
    }
    if words.count == 2, words[0].text == "region" {
      if names.regions[words[1].text] != nil {
        if !names.hasReplicas(inRegion: words[1].text) { warnOfNoReplicas(phrase) }
        return .region(words[1].text)
      }
      reportUnknownRegion(words[1])
      return nil
    }
    if words.count == 2, names.cdns.contains(words[0].text), let tier = CDN.Tier(rawValue: words[1].text) {
      return .tier(cdn: words[0].text, tier)
    }
    if words.count != 1 {
      report(
        .badTarget, at: phrase.location, "`\(phrase.text)` is not a target",
        suggestion: "expected a service, `service.endpoint`, `caller -> service`, `service#2`, `zone a`, "
          + "`service in zone a` or `pool service`")
      return nil
    }
    if phrase.text.contains("#") { return numbered(phrase) }
    if phrase.text.contains(".") { return endpointPath(phrase).map { .endpoint($0) } }
    return named(phrase)
  }

  /// Warns of a zone or region without replicas of services, where nothing can be struck.
  private func warnOfNoReplicas(_ place: Phrase) {
    report(
      .badTarget, severity: .warning, at: place.location,
      "no service has replicas in \(place.text): the fault strikes nothing",
      suggestion: names.cdns.isEmpty ? nil : "sites of CDNs are struck by the CDN's name, such as `\(names.cdns[0])#0`")
  }

  private func named(_ phrase: Phrase) -> FaultTarget? {
    var found: [(what: String, target: FaultTarget)] = []
    if names.services[phrase.text] != nil { found.append(("a service", .service(phrase.text))) }
    if names.workloads[phrase.text] != nil { found.append(("a workload", .workload(phrase.text))) }
    if names.cdns.contains(phrase.text) { found.append(("a CDN", .cdn(phrase.text))) }
    if names.cohorts.contains(phrase.text) { found.append(("a cohort of players", .cohort(phrase.text))) }
    if names.hasSessions, phrase.text == Streaming.everySession {
      found.append(("what all viewers do", .workload(phrase.text)))
    }
    guard found.count <= 1 else {
      let kinds = found.map(\.what)
      report(
        .badTarget, at: phrase.location,
        kinds.count == 2
          ? "`\(phrase.text)` is both \(kinds[0]) and \(kinds[1])"
          : "`\(phrase.text)` is \(kinds.joined(separator: " and "))")
      return nil
    }
    guard let target = found.first?.target else {
      report(
        .unknownService, at: phrase.location,
        names.cdns.isEmpty
          ? "unknown service or workload `\(phrase.text)`" : "unknown service, workload or CDN `\(phrase.text)`",
        suggestion: suggestion(
          for: phrase.text,
          among: Array(names.services.keys) + Array(names.workloads.keys) + names.cdns + names.cohorts))
      return nil
    }
    return target
  }

  /// A replica of a service, or an edge site of a CDN.
  private func numbered(_ phrase: Phrase) -> FaultTarget? {
    let parts = phrase.split(on: "#")
    guard let first = parts.first, names.cdns.contains(first.text), names.services[first.text] == nil else {
      return replica(phrase)
    }
    guard parts.count == 2, let index = Int(parts[1].text), index >= 0 else {
      report(
        .badTarget, at: phrase.location, "`\(phrase.text)` is not a site",
        suggestion: "expected one such as `\(first.text)#3`")
      return nil
    }
    if let sites = names.sites[first.text], index >= sites {
      report(
        .badTarget, at: parts[1].location, "`\(first.text)` has \(sites) sites, numbered from 0 to \(sites - 1)")
      return nil
    }
    return .site(cdn: first.text, index: index)
  }

  private func replica(_ phrase: Phrase) -> FaultTarget? {
    let parts = phrase.split(on: "#")
    guard parts.count == 2, let index = Int(parts[1].text), index >= 0 else {
      report(
        .badTarget, at: phrase.location, "`\(phrase.text)` is not a replica",
        suggestion: "expected one such as `service#2`")
      return nil
    }
    guard checkService(parts[0]), let service = names.services[parts[0].text] else { return nil }
    guard index < service.replicas else {
      report(
        .badTarget, at: parts[1].location,
        "`\(parts[0].text)` has \(service.replicas) replicas, numbered from 0 to \(service.replicas - 1)")
      return nil
    }
    return .replica(service: parts[0].text, index: index)
  }

  /// `caller -> service`, all calls of one to the other; or the name of a dependency in place of the service, which is that
  /// one alone.
  ///
  /// - Parameter isDependency: whether the name can only be that of a dependency.
  func edge(_ phrase: Phrase, isDependency: Bool = false) -> FaultTarget? {
    guard let arrow = phrase.text.firstRange(of: "->") else { return nil }
    let before = phrase.text.distance(from: phrase.text.startIndex, to: arrow.lowerBound)
    let from = phrase.part(from: 0, count: before).trimmed
    let to = phrase.part(from: before + 2, count: phrase.text.count - before - 2).trimmed
    let calls: [String: String]
    if let service = names.services[from.text] {
      calls = service.dependencies
    } else if let call = names.workloads[from.text] {
      calls = [from.text: call]
    } else if names.hasSessions, from.text == Streaming.everySession {
      calls = names.sessionDependencies
    } else if let origins = names.originCalls[from.text] {
      calls = origins
    } else {
      let callers = Array(names.services.keys) + Array(names.workloads.keys) + names.cdns
      report(
        .unknownService, at: from.location,
        names.hasSessions
          ? "unknown service, workload or CDN `\(from.text)`" : "unknown service or workload `\(from.text)`",
        suggestion: suggestion(for: from.text, among: callers + (names.hasSessions ? [Streaming.everySession] : [])))
      return nil
    }
    let callees = calls.mapValues { String($0.prefix { $0 != "." }) }
    let called = Set(callees.values)
    if called.contains(to.text), !isDependency { return .edge(from: from.text, to: to.text) }
    if let callee = callees[to.text] {
      let isAlone = callees.values.count { $0 == callee } == 1
      return isAlone ? .edge(from: from.text, to: callee) : .dependency(of: from.text, name: to.text)
    }
    if isDependency {
      report(
        .unknownDependency, at: to.location, "`\(from.text)` has no dependency `\(to.text)`",
        suggestion: suggestion(for: to.text, among: callees.keys))
      return nil
    }
    guard checkService(to) else { return nil }
    report(
      .badTarget, at: phrase.location, "`\(from.text)` does not call `\(to.text)`",
      suggestion: called.isEmpty ? "it calls nothing" : "it calls \(alternatives(called.sorted()))")
    return nil
  }
}

extension Phrase {
  /// What follows its first word.
  fileprivate func after(_ word: Phrase) -> Phrase {
    let rest = trimmed
    return rest.part(from: word.text.count, count: rest.text.count - word.text.count).trimmed
  }
}

extension FaultTarget {
  /// What kind of thing it is, for a message.
  var kindName: String {
    switch self {
    case .service: "a service"
    case .endpoint: "an endpoint"
    case .edge: "the calls of one service to another"
    case .dependency: "the calls along a dependency"
    case .replica: "a replica"
    case .zone: "a zone"
    case .region: "a region"
    case .serviceInZone: "the replicas of a service in a zone"
    case .pool: "a pool of threads"
    case .bulkhead: "a bulkhead"
    case .workload(Streaming.everySession): "what all viewers do"
    case .workload: "a workload"
    case .cdn: "a CDN"
    case .site: "a site of a CDN"
    case .tier(_, let tier): "the \(tier.rawValue) of a CDN"
    case .cohort: "a cohort of players"
    }
  }
}
