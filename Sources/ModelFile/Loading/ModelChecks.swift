import Model

/// What can only be seen once all of a model has been decoded.
extension Decoding {
  /// How deep calls may nest: the engine keeps a level of its stack for each that a fork makes.
  private static let nestingLimit = 500

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
        let who = caller.service.isEmpty ? "the workload `\(caller.name)`" : "`\(caller.service)`"
        report(
          .timeoutAboveCaller, severity: .warning, at: inner.location,
          "`\(dependency.service)` waits up to \(inner.duration.text) for `\(dependency.name)`, "
            + "longer than the \(outer.duration.text) that \(who) waits for it")
      }
    }
  }
}
