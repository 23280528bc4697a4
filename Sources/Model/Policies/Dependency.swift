import Sampling

/// A call from one component to another, and the policies around it.
///
/// Outermost first: fallback, retry, breaker, timeout, bulkhead, as resilience4j stacks them.
/// Their state is one per replica of the caller.
public struct Dependency: Hashable, Sendable {
  public let name: String
  public let target: EndpointPath
  /// How long the caller waits for one attempt, the bulkhead's queue included; nil: for ever.
  public let timeout: SimulationDuration?
  /// How long the caller waits for all attempts and the pauses between them; nil: for ever.
  public let deadline: SimulationDuration?
  public private(set) var retry: Retry?
  public private(set) var breaker: CircuitBreaker?
  public let bulkhead: Bulkhead?
  public let fallback: Fallback?
  /// What the calling service keeps of the answers, by the object of the request, in one cache of all its replicas: what
  /// it has is not asked for. Requests that are about no object of a catalog pass it by. nil: nothing is kept.
  public let cache: CacheSettings?

  public init(
    name: String, target: EndpointPath, timeout: SimulationDuration? = nil,
    deadline: SimulationDuration? = nil, retry: Retry? = nil, breaker: CircuitBreaker? = nil,
    bulkhead: Bulkhead? = nil, fallback: Fallback? = nil, cache: CacheSettings? = nil
  ) {
    self.name = name
    self.target = target
    self.timeout = timeout
    self.deadline = deadline
    self.retry = retry
    self.breaker = breaker
    self.bulkhead = bulkhead
    self.fallback = fallback
    self.cache = cache
  }

  /// The same with one attempt a call.
  public var withoutRetry: Dependency {
    var dependency = self
    dependency.retry = nil
    return dependency
  }

  /// The same with nothing that refuses calls because others failed.
  public var withoutBreaker: Dependency {
    var dependency = self
    dependency.breaker = nil
    return dependency
  }

  /// The same under another name.
  public func named(_ name: String) -> Dependency {
    Dependency(
      name: name, target: target, timeout: timeout, deadline: deadline, retry: retry, breaker: breaker,
      bulkhead: bulkhead, fallback: fallback, cache: cache)
  }
}
