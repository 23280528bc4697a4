import Campaign
import Model

extension AuditReport {
  /// Times in seconds, fractions as fractions; what does not apply is null.
  public var json: JSONValue {
    let trials: JSONValue = self.trials.map { .array($0.map { json($0) }) } ?? .null
    return [
      "schema": 1, "model": .string(audit.model.name), "calls": .array(audit.calls.map { json($0) }),
      "findings": .array(
        audit.findings.map {
          [
            "kind": .string($0.kind.rawValue), "call": .string($0.call.name), "path": .string($0.call.path),
            "at": JSONValue(place($0.call.path)), "message": .string($0.message),
          ]
        }),
      "exposures": .array(audit.exposures.map { json($0) }), "trials": trials,
      "retries": .array(
        audit.retries.map {
          ["calls": .array($0.calls.map { .string($0.name) }), "worst": .integer($0.worst)]
        }),
      "criticalPaths": .array(
        audit.paths.map {
          [
            "asker": .string($0.asker), "services": .array($0.services.map { .string($0) }),
            "availabilityAtFourNines": .number($0.availability(ifEachHas: 0.9999)),
          ]
        }),
    ]
  }

  private func json(_ call: AuditedCall) -> JSONValue {
    let dependency = call.dependency
    return [
      "name": .string(call.name), "path": .string(call.path), "at": JSONValue(place(call.path)),
      "rate": .number(call.rate), "alsoByMisses": .bool(call.isAlsoAskedByCDNs),
      "timeout": JSONValue(dependency.timeout?.seconds), "deadline": JSONValue(dependency.deadline?.seconds),
      "longestWait": JSONValue(call.longestWait?.seconds), "attempts": .integer(dependency.retry?.attempts ?? 1),
      "bulkhead": .bool(dependency.bulkhead != nil), "breaker": .bool(dependency.breaker != nil),
      "fallback": .bool(dependency.fallback != nil),
    ]
  }

  private func json(_ exposure: PoolExposure) -> JSONValue {
    let (effect, value): (String, Double?) =
      switch exposure.effect {
      case .none: ("none", nil)
      case .bounded(let places): ("bounded", Double(places))
      case .fills(let after, _): ("fills", after)
      case .takes(let part): ("takes", part)
      case .unbounded: ("unbounded", nil)
      }
    let untilBreakerOpens = if case .fills(_, true) = exposure.effect { true } else { false }
    return [
      "call": .string(exposure.call.name), "threads": .integer(exposure.threads),
      "replicas": .integer(exposure.replicas), "heldFor": JSONValue(exposure.hold?.seconds),
      "effect": .string(effect), "value": JSONValue(value), "untilBreakerOpens": .bool(untilBreakerOpens),
      "text": .string(exposure.text),
    ]
  }

  private func json(_ trial: HangTrial) -> JSONValue {
    [
      "call": .string(trial.call.name),
      "fullPools": .array(
        trial.fullPools.map {
          [
            "service": .string($0.service), "seconds": .number($0.seconds), "usualSeconds": .number($0.usualSeconds),
          ]
        }),
      "losses": .array(
        trial.losses.map {
          ["asker": .string($0.asker), "availability": .number($0.availability), "usual": .number($0.usual)]
        }),
    ]
  }
}
