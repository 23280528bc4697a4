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
  public let retry: Retry?
  public let breaker: CircuitBreaker?
  public let bulkhead: Bulkhead?
  public let fallback: Fallback?

  public init(
    name: String, target: EndpointPath, timeout: SimulationDuration? = nil,
    deadline: SimulationDuration? = nil, retry: Retry? = nil, breaker: CircuitBreaker? = nil,
    bulkhead: Bulkhead? = nil, fallback: Fallback? = nil
  ) {
    self.name = name
    self.target = target
    self.timeout = timeout
    self.deadline = deadline
    self.retry = retry
    self.breaker = breaker
    self.bulkhead = bulkhead
    self.fallback = fallback
  }
}
