import Model

/// Targets that are parts of services: a zone's replicas of one, pools, bulkheads, links.
extension Decoding {
  /// `web in zone us-east.a`.
  func service(_ name: Phrase, in place: Phrase) -> FaultTarget? {
    guard checkService(name), let (region, zone) = zone(place) else { return nil }
    let here = names.services[name.text]?.occupiedZones ?? []
    let isThere = here.contains { $0 == "\(region).\(zone)" || $0 == zone && names.regions(withZone: $0) == [region] }
    if !isThere {
      report(
        .badTarget, severity: .warning, at: place.location,
        "`\(name.text)` has no replicas in zone \(place.text): the fault strikes nothing")
    }
    return .serviceInZone(service: name.text, region: region, zone: zone)
  }

  /// What follows `pool`: a service, or `web -> history`, the bulkhead of a dependency.
  func pool(_ phrase: Phrase) -> FaultTarget? {
    guard let arrow = phrase.text.firstRange(of: "->") else {
      return checkService(phrase) ? .pool(phrase.text) : nil
    }
    let before = phrase.text.distance(from: phrase.text.startIndex, to: arrow.lowerBound)
    let caller = phrase.part(from: 0, count: before).trimmed
    let name = phrase.part(from: before + 2, count: phrase.text.count - before - 2).trimmed
    guard checkService(caller), let service = names.services[caller.text] else { return nil }
    guard service.dependencies[name.text] != nil else {
      report(
        .unknownDependency, at: name.location, "`\(caller.text)` has no dependency `\(name.text)`",
        suggestion: suggestion(for: name.text, among: service.dependencies.keys))
      return nil
    }
    guard service.bulkheads.contains(name.text) else {
      report(.badTarget, at: phrase.location, "the dependency `\(name.text)` of `\(caller.text)` has no bulkhead")
      return nil
    }
    return .bulkhead(service: caller.text, dependency: name.text)
  }

  /// What follows `link`: `web -> history`, the same as without the word.
  func link(_ phrase: Phrase) -> FaultTarget? {
    if phrase.text.contains("->") { return edge(phrase) }
    report(
      .badTarget, at: phrase.location, "a link is between a caller and a service",
      suggestion: "expected one such as `link web -> history`")
    return nil
  }
}
