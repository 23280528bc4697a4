import Model

/// Something that a model lacks, or has too much of.
public struct AuditFinding: Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// A call that hangs is waited for, for ever.
    case noTimeout = "no-timeout"
    /// One hung dependency takes all threads of its caller.
    case poolFills = "pool-fills"
    /// A call goes on after its caller's caller has given up.
    case timeoutAboveCaller = "timeout-above-caller"
    /// Retries under retries multiply.
    case retriesMultiply = "retries-multiply"
    /// Nothing bounds how many of a service's threads wait for a dependency.
    case noIsolation = "no-isolation"
    /// What calls it fails where it fails.
    case noFallback = "no-fallback"
  }
  public let kind: Kind
  /// The call that it is about.
  public let call: AuditedCall
  public let message: String

  static func all(in graph: CallGraph, _ exposures: [PoolExposure], _ retries: [RetryChain]) -> [AuditFinding] {
    var findings: [AuditFinding] = []
    for call in graph.calls {
      let dependency = call.dependency
      if dependency.timeout == nil, dependency.deadline == nil {
        findings.append(
          AuditFinding(kind: .noTimeout, call: call, message: "a call that hangs is waited for, for ever"))
      }
      if let message = graph.lackOfFallback(of: call) {
        findings.append(AuditFinding(kind: .noFallback, call: call, message: message))
      }
    }
    for exposure in exposures {
      if let message = exposure.warning {
        findings.append(AuditFinding(kind: .poolFills, call: exposure.call, message: message))
      }
      if exposure.lacksIsolation {
        findings.append(
          AuditFinding(
            kind: .noIsolation, call: exposure.call,
            message: "no bulkhead bounds how many of `\(exposure.call.callerName)`'s \(exposure.threads) threads wait"))
      }
    }
    findings += tooLong(in: graph)
    for chain in retries {
      guard let last = chain.calls.last else { continue }
      let attempts = chain.calls.map { "\($0.dependency.attempts)" }.joined(separator: " x ")
      findings.append(
        AuditFinding(
          kind: .retriesMultiply, call: last,
          message: "one request calls it up to \(chain.worst) times (\(attempts)) by way of "
            + chain.calls.dropLast().map { "`\($0.name)`" }.joined(separator: ", ")))
    }
    let order = Kind.allCases
    return findings.enumerated().sorted {
      let (a, b) = ($0.element, $1.element)
      return (order.firstIndex(of: a.kind) ?? 0, $0.offset) < (order.firstIndex(of: b.kind) ?? 0, $1.offset)
    }.map(\.element)
  }

  /// Calls whose attempts together may last longer than some call above them waits for one of its own: its caller's, or
  /// one further up where those between wait for ever.
  private static func tooLong(in graph: CallGraph) -> [AuditFinding] {
    var shortest: [Int: AuditedCall] = [:]
    func visit(_ endpoint: EndpointPath, _ outer: AuditedCall, _ patience: SimulationDuration) {
      for child in graph.children(of: endpoint) {
        guard shortest[child.place]?.patience.map({ patience < $0 }) ?? true else { continue }
        shortest[child.place] = outer
        let call = graph.calls[child.place]
        if call.longestWait == nil { visit(call.dependency.target, outer, patience) }
      }
    }
    for outer in graph.calls {
      if let patience = outer.patience { visit(outer.dependency.target, outer, patience) }
    }
    return shortest.sorted { $0.key < $1.key }.compactMap { place, outer in
      let call = graph.calls[place]
      guard let patience = outer.patience, let wait = call.longestWait, wait > patience else { return nil }
      return AuditFinding(
        kind: .timeoutAboveCaller, call: call,
        message: "it may take \(wait.text), and `\(outer.name)` gives up after \(patience.text)")
    }
  }
}

extension AuditedCall {
  /// How long the caller waits for one attempt; nil: for ever.
  fileprivate var patience: SimulationDuration? { [dependency.timeout, dependency.deadline].compactMap(\.self).min() }
}

extension CallGraph {
  /// What becomes of a service's call where its callee fails; nil where something stands in for it.
  fileprivate func lackOfFallback(of call: AuditedCall) -> String? {
    guard case .service(let name) = call.caller, call.dependency.fallback == nil,
      let service = model.services.first(where: { $0.name == name })
    else { return nil }
    let callee = call.dependency.target.service
    let callers = service.endpoints.filter { isMade(call, by: $0) }
    if callers.isEmpty {
      let replaced = service.dependencies.filter { $0.fallback?.calls == call.dependency.name }
      if replaced.isEmpty { return nil }
      return
        "where `\(callee)` fails too, \(replaced.map { "`\($0.name)`" }.joined(separator: ", ")) has no fallback left"
    }
    let needing = callers.filter { !isSpared(call, by: $0) }
    if needing.isEmpty { return nil }
    if needing.count == service.endpoints.count { return "where `\(callee)` fails, what calls it fails" }
    let names = needing.map { "`\(service.name).\($0.name)`" }.joined(separator: ", ")
    return "where `\(callee)` fails, \(names) \(needing.count == 1 ? "fails" : "fail")"
  }

  private func isMade(_ call: AuditedCall, by endpoint: Endpoint) -> Bool {
    endpoint.steps.contains { step in
      switch step.action {
      case .work: false
      case .call(let name): name == call.dependency.name
      case .together(let names, _): names.contains(call.dependency.name)
      }
    }
  }
}

extension PoolExposure {
  fileprivate var warning: String? {
    guard case .fills(let after, let untilBreakerOpens) = effect else { return nil }
    let all =
      "takes all \(threads) threads of each replica of `\(call.callerName)`"
      + (after.isFinite ? " within \(PlainNumber.duration(after))" : "")
    return untilBreakerOpens ? "if it hangs, it \(all), until the breaker opens" : "if it hangs, it \(all)"
  }

  fileprivate var lacksIsolation: Bool {
    switch effect {
    case .none, .bounded, .unbounded: false
    case .fills, .takes: true
    }
  }
}
