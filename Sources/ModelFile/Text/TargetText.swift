import Model

extension ValueKind where Value == FaultTarget {
  static var target: ValueKind {
    .scalar(.target) { phrase, decoding in decoding.target(phrase) }
  }
}

extension Decoding {
  /// `service`, `service.endpoint`, `caller -> service`, `service#2`, `zone us-east.a`, `region us-east`, or the
  /// name of a workload.
  func target(_ phrase: Phrase) -> FaultTarget? {
    if phrase.text.contains("->") { return edge(phrase) }
    let words = phrase.words
    if words.count == 2, words[0].text == "zone" {
      return zone(words[1]).map { .zone(region: $0.region, name: $0.zone) }
    }
    if words.count == 2, words[0].text == "region" {
      if names.regions[words[1].text] != nil { return .region(words[1].text) }
      reportUnknownRegion(words[1])
      return nil
    }
    if words.count != 1 {
      report(
        .badTarget, at: phrase.location, "`\(phrase.text)` is not a target",
        suggestion: "expected a service, `service.endpoint`, `caller -> service`, `service#2` or `zone a`")
      return nil
    }
    if phrase.text.contains("#") { return replica(phrase) }
    if phrase.text.contains(".") { return endpointPath(phrase).map { .endpoint($0) } }
    let isService = names.services[phrase.text] != nil
    let isWorkload = names.workloads[phrase.text] != nil
    if isService, isWorkload {
      report(.badTarget, at: phrase.location, "`\(phrase.text)` is both a service and a workload")
      return nil
    }
    if isService { return .service(phrase.text) }
    if isWorkload { return .workload(phrase.text) }
    report(
      .unknownService, at: phrase.location, "unknown service or workload `\(phrase.text)`",
      suggestion: suggestion(for: phrase.text, among: Array(names.services.keys) + Array(names.workloads.keys)))
    return nil
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

  private func edge(_ phrase: Phrase) -> FaultTarget? {
    guard let arrow = phrase.text.firstRange(of: "->") else { return nil }
    let before = phrase.text.distance(from: phrase.text.startIndex, to: arrow.lowerBound)
    let from = phrase.part(from: 0, count: before).trimmed
    let to = phrase.part(from: before + 2, count: phrase.text.count - before - 2).trimmed
    let calls: [String: String]
    if let service = names.services[from.text] {
      calls = service.dependencies
    } else if let call = names.workloads[from.text] {
      calls = [from.text: call]
    } else {
      report(
        .unknownService, at: from.location, "unknown service or workload `\(from.text)`",
        suggestion: suggestion(for: from.text, among: Array(names.services.keys) + Array(names.workloads.keys)))
      return nil
    }
    let called = Set(calls.values.map { String($0.prefix { $0 != "." }) })
    if called.contains(to.text) { return .edge(from: from.text, to: to.text) }
    if let call = calls[to.text] {
      return .edge(from: from.text, to: String(call.prefix { $0 != "." }))
    }
    guard checkService(to) else { return nil }
    report(
      .badTarget, at: phrase.location, "`\(from.text)` does not call `\(to.text)`",
      suggestion: called.isEmpty ? "it calls nothing" : "it calls \(alternatives(called.sorted()))")
    return nil
  }
}

extension FaultTarget {
  /// What kind of thing it is, for a message.
  var kindName: String {
    switch self {
    case .service: "a service"
    case .endpoint: "an endpoint"
    case .edge: "the calls of one service to another"
    case .replica: "a replica"
    case .zone: "a zone"
    case .region: "a region"
    case .workload: "a workload"
    }
  }
}
