import Model

extension Dependency {
  static let section = Section<Dependency>("dependency", "A call to another service, and the policies around it.") {
    keys in
    let call = CallKeys(in: &keys)
    return { fields in call.dependency(fields, service: fields.decoding.service) }
  }
}

/// Named policies that dependencies adopt key by key.
struct PolicyBundle {
  static let section = Section<PolicyBundle>("policy", "Policies that dependencies adopt; their own keys go first.") {
    keys in
    _ = keys.ifGiven("timeout", .timeout, "how long the caller waits for one attempt")
    _ = keys.ifGiven("deadline", .timeout, "how long the caller waits for all attempts")
    _ = keys.ifGiven("retry", .retry, "retries of a failed attempt")
    _ = keys.ifGiven("breaker", .breaker, "a circuit breaker around the attempts")
    _ = keys.ifGiven("bulkhead", .bulkhead, "a limit on the calls under way")
    _ = keys.ifGiven("fallback", .fallback, "what stands in for a failed call")
    keys.later(["preset"], "presets of libraries come with a later version")
    keys.later(["hedge", "rate-limit", "outlier-detection", "budget"], "this policy comes with a later version")
    return { _ in PolicyBundle() }
  }

  /// The keys that a dependency adopts.
  static let adoptedKeys = section.keyNames
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

  init(in keys: inout Keys) {
    call = keys.required("call", .endpointPath, "the endpoint that is called, as `service.endpoint`")
    _ = keys.optional(
      "policy", ValueKind<String>.policyName.orNone(), standard: "none",
      "the policy that is adopted where nothing else is said")
    timeout = keys.optional(
      "timeout", .timeout, standard: "none", "how long the caller waits for one attempt, the bulkhead's queue included")
    deadline = keys.optional(
      "deadline", .timeout, standard: "none", "how long the caller waits for all attempts and the pauses between them")
    retry = keys.optional("retry", .retry, standard: "none", "retries of a failed attempt")
    breaker = keys.optional("breaker", .breaker, standard: "none", "a circuit breaker around the attempts")
    bulkhead = keys.optional("bulkhead", .bulkhead, standard: "none", "a limit on the calls under way")
    fallback = keys.optional("fallback", .fallback, standard: "none", "what stands in for a failed call")
    keys.later(["preset"], "presets of libraries come with a later version")
    keys.later(["hedge", "rate-limit", "outlier-detection", "budget"], "this policy comes with a later version")
  }

  /// The dependency, of a service or, where that is nil, of a workload.
  func dependency(_ fields: Fields, service: String?) -> Dependency? {
    let decoding = fields.decoding
    let vertex = CallGraph.Dependency(service: service ?? "", name: fields.name)
    let timeout = fields[timeout]
    decoding.calls.addDependency(
      vertex,
      CallGraph.Declaration(
        target: fields[call], timeout: timeout.map { ($0, fields.location(self.timeout)) }),
      at: fields.location(call))
    if let fallback = fields[fallback], let name = fallback.calls, service != nil {
      let place = fields.node(self.fallback)?["call"]?.location ?? fields.location(self.fallback)
      decoding.calls.addFallback(of: vertex, on: name, at: place)
    }
    return Dependency(
      name: fields.name, target: fields[call], timeout: timeout, deadline: fields[deadline],
      retry: fields[retry], breaker: fields[breaker], bulkhead: fields[bulkhead],
      fallback: fields[fallback])
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
