import Model

extension Dependency {
  static let section = Section<Dependency>(
    "dependency",
    "A call to a service, and the policies around it, outermost first: fallback, retry, breaker, timeout, bulkhead."
  ) {
    keys in
    let call = CallKeys(in: &keys)
    return { fields in call.dependency(fields) }
  }
}

/// Named policies that dependencies adopt key by key.
struct PolicyBundle {
  static let section = Section<PolicyBundle>(
    "policy", "Policies that dependencies and workloads adopt by `policy`, key by key; their own keys go first."
  ) {
    keys in
    _ = keys.ifGiven("timeout", .timeout, CallDoc.timeout)
    _ = keys.ifGiven("deadline", .timeout, CallDoc.deadline)
    _ = keys.ifGiven("retry", .retry, CallDoc.retry)
    _ = keys.ifGiven("breaker", .breaker, CallDoc.breaker)
    _ = keys.ifGiven("bulkhead", .bulkhead, CallDoc.bulkhead)
    _ = keys.ifGiven("fallback", .fallback, CallDoc.fallback)
    keys.later(["preset"], "presets of libraries come with a later version")
    keys.later(["hedge", "rate-limit", "outlier-detection", "budget"], "this policy comes with a later version")
    return { _ in PolicyBundle() }
  }

  /// The keys that a dependency adopts.
  static let adoptedKeys = section.keyNames
}

/// What the keys of a call mean.
private enum CallDoc {
  static let fallback = "what stands in when the call has failed after all attempts"
  static let deadline = "how long the caller waits for all attempts and the pauses between them"
  static let retry = "further attempts after a failed one"
  static let breaker =
    "a circuit breaker, one per caller replica and dependency, inside the retry and around the timeout"
  static let timeout = "how long the caller waits for one attempt, the bulkhead's queue included; the callee works on"
  static let cache =
    "what the calling service keeps of the answers, one cache for all its replicas, by the title or segment that is asked "
    + "for: what it has is not asked for again; of services alone, `none` where not given"
  static let bulkhead = "a limit on the calls that one caller replica has under way to this dependency"
}

/// The keys of a call and of the policies around it.
struct CallKeys: Sendable {
  private let call: Key<EndpointPath>
  private let timeout: Key<SimulationDuration?>
  private let deadline: Key<SimulationDuration?>
  private let retry: Key<Retry?>
  private let breaker: Key<CircuitBreaker?>
  private let bulkhead: Key<Bulkhead?>
  private let fallback: Key<Fallback?>
  private let cache: Key<CacheSettings??>

  init(in keys: inout Keys) {
    call = keys.required("call", .endpointPath, "the endpoint that is called, as `service.endpoint`")
    _ = keys.optional(
      "policy", ValueKind<String>.policyName.orNone(), standard: "none",
      "the entry of `policies` whose keys are adopted where this call gives none of its own")
    timeout = keys.optional(
      "timeout", .timeout, standard: "none", CallDoc.timeout)
    deadline = keys.optional(
      "deadline", .timeout, standard: "none", CallDoc.deadline)
    retry = keys.optional("retry", .retry, standard: "none", CallDoc.retry)
    breaker = keys.optional("breaker", .breaker, standard: "none", CallDoc.breaker)
    bulkhead = keys.optional("bulkhead", .bulkhead, standard: "none", CallDoc.bulkhead)
    fallback = keys.optional("fallback", .fallback, standard: "none", CallDoc.fallback)
    cache = keys.derived("cache", ValueKind<CacheSettings>.section(CacheSettings.section).orNone(), CallDoc.cache) {
      node, decoding in
      decoding.service == nil ? nil : decoding.assumed("none", in: node)
    }
    keys.later(["preset"], "presets of libraries come with a later version")
    keys.later(["hedge", "rate-limit", "outlier-detection", "budget"], "this policy comes with a later version")
  }

  /// The dependency of whoever is being decoded.
  func dependency(_ fields: Fields) -> Dependency? {
    let decoding = fields.decoding
    let vertex = CallGraph.Dependency(caller: decoding.caller, name: fields.name)
    let timeout = fields[timeout]
    let cache = fields[cache] ?? nil
    if cache != nil, decoding.service == nil {
      decoding.report(
        .conflictingKeys, at: fields.keyLocation(self.cache),
        "only a service keeps answers: `cache` has no meaning here")
      return nil
    }
    decoding.calls.addDependency(
      vertex,
      CallGraph.Declaration(
        target: fields[call], timeout: timeout.map { ($0, fields.location(self.timeout)) }),
      at: fields.location(call))
    if let fallback = fields[fallback], let name = fallback.calls {
      let place = fields.node(self.fallback)?["call"]?.location ?? fields.location(self.fallback)
      decoding.calls.addFallback(of: vertex, on: name, at: place)
    }
    return Dependency(
      name: fields.name, target: fields[call], timeout: timeout, deadline: fields[deadline],
      retry: fields[retry], breaker: fields[breaker], bulkhead: fields[bulkhead],
      fallback: fields[fallback], cache: cache)
  }
}

extension ValueKind where Value == SimulationDuration? {
  fileprivate static var timeout: ValueKind { ValueKind<SimulationDuration>.positiveDuration(usual: "ms").orNone() }
}
extension ValueKind where Value == Retry? {
  fileprivate static var retry: ValueKind { ValueKind<Retry>.section(Retry.section).orNone() }
}
extension ValueKind where Value == CircuitBreaker? {
  fileprivate static var breaker: ValueKind { ValueKind<CircuitBreaker>.section(CircuitBreaker.section).orNone() }
}
extension ValueKind where Value == Bulkhead? {
  fileprivate static var bulkhead: ValueKind { ValueKind<Bulkhead>.bulkheadKinds.orNone() }
}
extension ValueKind where Value == Fallback? {
  fileprivate static var fallback: ValueKind { ValueKind<Fallback>.section(Fallback.section).orNone() }
}
