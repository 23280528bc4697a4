import Model

/// The names that a model declares, read off its tree before anything is decoded, so that a reference can be
/// checked where it stands even if what it refers to is faulty.
struct Names: Sendable {
  struct Service: Sendable {
    let endpoints: Set<String>
    /// The text of each dependency's `call`.
    let dependencies: [String: String]
    /// The dependencies that have a bulkhead.
    let bulkheads: Set<String>
    /// The text of the `call` of those dependencies of whose answers something is kept.
    let caching: [String]
    /// The most that there can be.
    let replicas: Int
    let initialReplicas: Int
    /// Of each replica's pool, where that says so in a way that can be counted.
    let threads: Int?
    let hasCores: Bool
    /// As they are written, the zones over which the replicas are spread in turn.
    let zones: [String]

    /// Those of `zones` in which there is a replica.
    var occupiedZones: ArraySlice<String> { zones.prefix(max(0, replicas)) }
  }

  let services: [String: Service]
  /// The text of each workload's `call`.
  let workloads: [String: String]
  /// Those whose clients wait for an answer before they ask again.
  let closedWorkloads: Set<String>
  /// Those of `workloads` and `cohorts` that say how many devices ask.
  let askersWithDevices: Set<String>
  /// The cohorts of players, in the order of the file.
  let cohorts: [String]
  /// The CDNs, in the order of the file.
  let cdns: [String]
  /// How many edge sites each CDN has, where it says so in a way that can be counted.
  let sites: [String: Int]
  /// The text of the `call` of each dependency of sessions; empty too where there are no sessions.
  let sessionDependencies: [String: String]
  /// The text of the `call` of `origin` and `manifest-origin` of each CDN.
  let originCalls: [String: [String: String]]
  /// The calls that make live segments: `encode`, and its `standby` where it is given.
  let liveCalls: [String]
  /// Those of `cdns` whose edges have a limit.
  let cdnsWithCapacity: [String]
  /// Those of `cdns` that have a shield.
  let cdnsWithShield: [String]
  /// Those of `cohorts` whose network takes no time.
  let cohortsWithoutLatency: [String]
  /// The currency of the price of each CDN that has one; empty where the price doesn't say it as it should.
  let currencies: [String: String]
  /// Whether the file says how players are steered.
  let hasSteering: Bool
  /// Whether viewers press play.
  let hasSessions: Bool
  /// The zones of each region.
  let regions: [String: [String]]
  let policies: [String]

  init(of root: Node) {
    services = Self.named(root["services"]) { node in
      Service(
        endpoints: Set(node["endpoints"]?.entries?.map(\.key.text) ?? []),
        dependencies: Self.named(node["dependencies"]) { $0["call"]?.phrase?.text ?? "" },
        bulkheads: Set(
          (node["dependencies"]?.entries ?? []).filter { $0.value["bulkhead"]?.isNone == false }.map(\.key.text)),
        caching: (node["dependencies"]?.entries ?? []).filter { $0.value["cache"]?.isNone == false }
          .compactMap { $0.value["call"]?.phrase?.text },
        replicas: max(
          node["replicas"]?.phrase.flatMap { Int($0.text) } ?? 1,
          node["autoscaling"]?["max"]?.phrase.flatMap { Int($0.text) } ?? 1),
        initialReplicas: node["replicas"]?.phrase.flatMap { Int($0.text) } ?? 1,
        threads: node["pool"]?["threads"]?.phrase.flatMap { Int($0.text) },
        hasCores: node["cores"].map { $0.phrase?.text != "none" } ?? false,
        zones: node["zones"]?.items?.compactMap(\.phrase?.text) ?? [])
    }
    workloads = Self.named(root["workloads"]) { $0["call"]?.phrase?.text ?? "" }
    closedWorkloads = Set(
      (root["workloads"]?.entries ?? [])
        .filter { $0.value["arrivals"]?.phrase?.text.hasPrefix("closed") == true }.map(\.key.text))
    askersWithDevices = Set(
      ["workloads", "players"].flatMap { root[$0]?.entries ?? [] }
        .filter { $0.value["devices"]?.isNone == false }.map(\.key.text))
    cohorts = root["players"]?.entries?.map(\.key.text) ?? []
    cdns = root["cdns"]?.entries?.map(\.key.text) ?? []
    sites = Self.named(root["cdns"]) { $0["edge"]?["sites"] }.compactMapValues { $0.flatMap(Self.sites) }
    sessionDependencies = Self.named(root["sessions"]?["dependencies"]) { $0["call"]?.phrase?.text ?? "" }
    originCalls = Self.named(root["cdns"]) { cdn in
      let calls = ["origin", "manifest-origin"].map { ($0, (cdn[$0]?["call"] ?? cdn[$0])?.phrase?.text) }
      return Dictionary(uniqueKeysWithValues: calls).compactMapValues { $0 }
    }
    liveCalls = ["encode", "standby"].filter { root["catalog"]?["live"]?[$0]?.isNone == false }
    cdnsWithCapacity = (root["cdns"]?.entries ?? [])
      .filter { $0.value["edge"]?["capacity"]?.isNone == false }.map(\.key.text)
    cdnsWithShield = (root["cdns"]?.entries ?? []).filter { $0.value["shield"]?.isNone == false }.map(\.key.text)
    cohortsWithoutLatency = (root["players"]?.entries ?? [])
      .filter { $0.value["latency"]?.phrase.flatMap { Quantity($0)?.number } == 0 }.map(\.key.text)
    currencies = Self.named(root["cdns"]) { $0["price"] }.compactMapValues { $0.flatMap(Self.currency) }
    hasSteering = root["steering"] != nil
    hasSessions = root["sessions"] != nil
    regions = Self.named(root["regions"]) { $0["zones"]?.items?.compactMap(\.phrase?.text) ?? [] }
    policies = root["policies"]?.entries?.map(\.key.text) ?? []
  }

  private static func named<Value>(_ node: Node?, _ value: (Node) -> Value) -> [String: Value] {
    let pairs = (node?.entries ?? []).map { ($0.key.text, value($0.value)) }
    return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
  }

  /// The sites of a tier: a number, or a number for each region.
  private static func sites(_ node: Node) -> Int? {
    if let phrase = node.phrase { return Int(phrase.text) }
    let counts = (node.entries ?? []).map { $0.value.phrase.flatMap { Int($0.text) } ?? 0 }
    return counts.isEmpty ? nil : counts.reduce(0) { $0.addingReportingOverflow($1).partialValue }
  }

  /// The currency of a price, `0.02 USD/GB`; nil where there is none.
  private static func currency(_ price: Node) -> String? {
    if price.isNone { return nil }
    return price.phrase?.words.dropFirst().first?.text.split(separator: "/").first.map(String.init) ?? ""
  }

  /// The regions that have a zone of this name, in order.
  func regions(withZone zone: String) -> [String] {
    regions.filter { $0.value.contains(zone) }.keys.sorted()
  }

  /// Whether a service has a replica in a region, or in one zone of it.
  func hasReplicas(inRegion region: String, zone: String? = nil) -> Bool {
    let here = zone.map { [$0] } ?? regions[region] ?? []
    return services.values.contains { service in
      service.occupiedZones.contains { written in
        here.contains { "\(region).\($0)" == written || $0 == written && regions(withZone: $0) == [region] }
      }
    }
  }
}

extension Decoding {
  func checkWorkload(_ name: Phrase) -> Bool {
    if names.workloads[name.text] != nil { return true }
    report(
      .unknownWorkload, at: name.location, "unknown workload `\(name.text)`",
      suggestion: suggestion(for: name.text, among: names.workloads.keys))
    return false
  }

  func checkService(_ name: Phrase) -> Bool {
    if names.services[name.text] != nil { return true }
    report(
      .unknownService, at: name.location, "unknown service `\(name.text)`",
      suggestion: suggestion(for: name.text, among: names.services.keys))
    return false
  }

  /// `service.endpoint`, both of which exist.
  func endpointPath(_ phrase: Phrase) -> EndpointPath? {
    let parts = phrase.split(on: ".")
    guard parts.count == 2 else {
      let endpoints = names.services[phrase.text]?.endpoints.sorted() ?? []
      report(
        .unknownEndpoint, at: phrase.location, "`\(phrase.text)` is not an endpoint",
        suggestion: endpoints.isEmpty
          ? "expected one such as `payments.charge`"
          : "expected \(alternatives(endpoints.map { "\(phrase.text).\($0)" }))")
      return nil
    }
    guard checkService(parts[0]), let service = names.services[parts[0].text] else { return nil }
    guard service.endpoints.contains(parts[1].text) else {
      report(
        .unknownEndpoint, at: parts[1].location, "`\(parts[0].text)` has no endpoint `\(parts[1].text)`",
        suggestion: suggestion(for: parts[1].text, among: service.endpoints))
      return nil
    }
    return EndpointPath(service: parts[0].text, endpoint: parts[1].text)
  }

  /// A dependency of whoever's declaration is being decoded.
  func dependencyName(_ phrase: Phrase) -> String? {
    guard path.first != "policies" else { return phrase.text }
    let known: [String]
    let owner: String
    switch caller {
    case .workload: (known, owner) = ([], "a workload")
    case .service(let name):
      (known, owner) = (names.services[name].map { Array($0.dependencies.keys) } ?? [], "`\(name)`")
    case .sessions: (known, owner) = (Array(names.sessionDependencies.keys), "`sessions`")
    case .cdn(let name): (known, owner) = (["manifest-origin", "origin"], "the CDN `\(name)`")
    case .live: (known, owner) = (names.liveCalls, "`live`")
    }
    if known.contains(phrase.text) { return phrase.text }
    if caller == .live, !known.contains("standby") {
      report(
        .unknownDependency, at: phrase.location, "\(owner) has no dependency `\(phrase.text)`",
        suggestion: "give the call under `live` as `standby: {call: …}`, and say `fallback: {call: standby}`")
      return nil
    }
    report(
      .unknownDependency, at: phrase.location, "\(owner) has no dependency `\(phrase.text)`",
      suggestion: suggestion(for: phrase.text, among: known))
    return nil
  }

  /// A zone, written `us-east.a`, or `a` where only one region has it.
  func zone(_ phrase: Phrase) -> (region: String, zone: String)? {
    let parts = phrase.split(on: ".")
    if parts.count == 2 {
      guard let zones = names.regions[parts[0].text] else {
        reportUnknownRegion(parts[0])
        return nil
      }
      if zones.contains(parts[1].text) { return (parts[0].text, parts[1].text) }
      report(
        .unknownZone, at: parts[1].location, "`\(parts[0].text)` has no zone `\(parts[1].text)`",
        suggestion: suggestion(for: parts[1].text, among: zones))
      return nil
    }
    let regions = names.regions(withZone: phrase.text)
    if regions.count == 1 { return (regions[0], phrase.text) }
    report(
      .unknownZone, at: phrase.location,
      regions.isEmpty ? "unknown zone `\(phrase.text)`" : "several regions have a zone `\(phrase.text)`",
      suggestion: regions.isEmpty
        ? suggestion(for: phrase.text, among: Set(names.regions.values.flatMap { $0 }))
        : "did you mean `\(regions[0]).\(phrase.text)`?")
    return nil
  }

  func reportUnknownRegion(_ name: Phrase) {
    report(
      .unknownRegion, at: name.location, "unknown region `\(name.text)`",
      suggestion: suggestion(for: name.text, among: names.regions.keys))
  }
}

extension ValueKind where Value == EndpointPath {
  static var endpointPath: ValueKind {
    .scalar(.endpointPath) { phrase, decoding in decoding.endpointPath(phrase) }
  }
}

extension ValueKind where Value == String {
  static var dependencyName: ValueKind {
    .scalar(.name) { phrase, decoding in decoding.dependencyName(phrase) }
  }

  static var policyName: ValueKind {
    .scalar(.name) { phrase, decoding in
      if decoding.names.policies.contains(phrase.text) { return phrase.text }
      decoding.report(
        .unknownPolicy, at: phrase.location, "unknown policy `\(phrase.text)`",
        suggestion: suggestion(for: phrase.text, among: decoding.names.policies))
      return nil
    }
  }

  /// A zone: by its name where only one region has it, else with its region.
  static var zoneName: ValueKind {
    .scalar(.target) { phrase, decoding in
      guard let (region, zone) = decoding.zone(phrase) else { return nil }
      return decoding.names.regions(withZone: zone).count == 1 ? zone : "\(region).\(zone)"
    }
  }
}
