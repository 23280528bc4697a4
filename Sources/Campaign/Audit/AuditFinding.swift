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
      guard case .service = call.caller else { continue }
      if dependency.fallback == nil {
        findings.append(
          AuditFinding(
            kind: .noFallback, call: call, message: "where `\(dependency.target.service)` fails, what calls it fails"))
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

  /// Calls whose attempts together may last longer than any caller waits for one of its own.
  private static func tooLong(in graph: CallGraph) -> [AuditFinding] {
    var shortest: [Int: AuditedCall] = [:]
    for outer in graph.calls {
      guard let patience = outer.dependency.timeout else { continue }
      for child in graph.children(of: outer.dependency.target) {
        let known = shortest[child.place]?.dependency.timeout
        if known.map({ patience < $0 }) ?? true { shortest[child.place] = outer }
      }
    }
    return shortest.sorted { $0.key < $1.key }.compactMap { place, outer in
      let call = graph.calls[place]
      guard let patience = outer.dependency.timeout, let wait = call.longestWait, wait > patience else { return nil }
      return AuditFinding(
        kind: .timeoutAboveCaller, call: call,
        message: "it may take \(wait.text), and `\(outer.name)` gives up after \(patience.text)")
    }
  }
}

extension PoolExposure {
  fileprivate var warning: String? {
    guard case .fills(let after, let untilBreakerOpens) = effect else { return nil }
    let all =
      "takes all \(threads) threads of each replica of `\(call.callerName)` within \(PlainNumber.duration(after))"
    return untilBreakerOpens ? "if it hangs, it \(all), until the breaker opens" : "if it hangs, it \(all)"
  }

  fileprivate var lacksIsolation: Bool {
    switch effect {
    case .none, .bounded, .unbounded: false
    case .fills, .takes: true
    }
  }
}
