import Model

/// What can only be seen once all of a model has been decoded.
extension Decoding {
  /// How deep calls may nest: the engine keeps a level of its stack for each that a fork makes.
  private static let nestingLimit = 500

  /// Reports names of cohorts and CDNs that something else has too, since metrics and targets name them all.
  func checkNames(in root: Node) {
    var owners: [String: String] = [:]
    for (section, what) in [("services", "a service"), ("workloads", "a workload")] {
      for entry in root[section]?.entries ?? [] { owners[entry.key.text] = what }
    }
    for (section, what) in [("players", "a cohort"), ("cdns", "a CDN")] {
      for entry in root[section]?.entries ?? [] {
        if let owner = owners[entry.key.text] {
          report(.duplicateName, at: entry.key.location, "`\(entry.key.text)` is the name of \(owner) already")
        }
        owners[entry.key.text] = what
      }
    }
    guard names.hasSessions else { return }
    for section in ["services", "workloads", "players", "cdns"] {
      for entry in root[section]?.entries ?? [] where entry.key.text == Streaming.everySession {
        report(
          .duplicateName, at: entry.key.location,
          "`\(entry.key.text)` is the name of all sessions, and can't name another thing")
      }
    }
  }

  /// Reports cycles of synchronous calls and of fallbacks, and calls that nest too deep.
  func checkCalls() {
    for cycle in calls.cycles {
      let names = cycle.names.joined(separator: " -> ")
      if cycle.isOfFallbacks {
        report(.fallbackCycle, at: cycle.location, "these dependencies fall back on each other: \(names)")
      } else {
        report(.callCycle, at: cycle.location, "these calls go round in a cycle: \(names)")
      }
    }
    if calls.cycles.isEmpty, let call = calls.firstCall(deeperThan: Self.nestingLimit) {
      report(
        .callsTooDeep, at: call,
        "under this call \(Self.nestingLimit) others are nested, and more than that are not simulated")
    }
  }

  /// Warns of what is allowed and was hardly meant.
  func warn(about root: Node) {
    let called = calls.calledEndpoints
    for service in root["services"]?.entries ?? [] {
      for endpoint in service.value["endpoints"]?.entries ?? [] {
        let path = EndpointPath(service: service.key.text, endpoint: endpoint.key.text)
        if !called.contains(path) {
          report(.unusedEndpoint, severity: .warning, at: endpoint.key.location, "nothing calls `\(path)`")
        }
      }
    }
    for policy in PolicyAdoption.unused(in: root) {
      report(.unusedPolicy, severity: .warning, at: policy.location, "nothing adopts the policy `\(policy.text)`")
    }
    warnOfTimeouts()
  }

  private func warnOfTimeouts() {
    for (caller, declaration) in calls.declarations.sorted(by: { $0.key < $1.key }) {
      guard let outer = declaration.timeout else { continue }
      for dependency in Set(calls.calls(of: declaration.target)).sorted() {
        guard let inner = calls.declarations[dependency]?.timeout, inner.duration > outer.duration else { continue }
        report(
          .timeoutAboveCaller, severity: .warning, at: inner.location,
          "\(dependency.callerText) waits up to \(inner.duration.text) for `\(dependency.name)`, "
            + "longer than the \(outer.duration.text) that \(caller.callerText) waits for it")
      }
    }
  }
}
