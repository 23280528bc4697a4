/// A circuit breaker as resilience4j's: count-based window, lazy transition to half-open.
public struct CircuitBreaker: Hashable, Sendable {
  public enum Window: Hashable, Sendable {
    /// The last n calls.
    case calls(Int)
    /// The calls of the last n whole seconds.
    case time(SimulationDuration)
  }

  /// Opens when failures / calls >= this.
  public let failureRate: Probability
  /// Opens when slow calls / calls >= this.
  public let slowCallRate: Probability
  /// A call is slow when it took longer than this.
  public let slowCall: SimulationDuration
  public let window: Window
  /// No rate is computed from fewer calls than this; at most the size of a count window.
  public let minimumCalls: Int
  /// How long it stays open; the first call strictly later finds it half-open.
  public let open: SimulationDuration
  /// Calls permitted in half-open, whose rates decide what follows.
  public let halfOpenCalls: Int

  public init(
    failureRate: Probability, slowCallRate: Probability, slowCall: SimulationDuration,
    window: Window, minimumCalls: Int, open: SimulationDuration, halfOpenCalls: Int
  ) {
    self.failureRate = failureRate
    self.slowCallRate = slowCallRate
    self.slowCall = slowCall
    self.window = window
    self.minimumCalls = minimumCalls
    self.open = open
    self.halfOpenCalls = halfOpenCalls
  }
}
