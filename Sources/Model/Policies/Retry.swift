/// Retries of a failed attempt.
public struct Retry: Hashable, Sendable {
  /// The first call counts too; at least 1.
  public let attempts: Int
  public let backoff: Backoff
  public let jitter: Jitter
  /// The reasons after which a further attempt is made.
  public let retryOn: Set<FailureReason>

  public init(attempts: Int, backoff: Backoff, jitter: Jitter, retryOn: Set<FailureReason>) {
    self.attempts = attempts
    self.backoff = backoff
    self.jitter = jitter
    self.retryOn = retryOn
  }

  /// What a bulkhead or an open breaker refuses is not retried unless asked for.
  public static let defaultRetryOn: Set<FailureReason> = [.timeout, .rejected, .error, .unreachable]

  /// The pause before the n-th retry, n from 1, before jitter.
  public enum Backoff: Hashable, Sendable {
    case constant(SimulationDuration)
    /// min(max, base x factor^(n-1)).
    case exponential(base: SimulationDuration, factor: Double, max: SimulationDuration)
  }

  /// How the pause b is spread.
  public enum Jitter: String, Hashable, Sendable, CaseIterable {
    /// b.
    case none
    /// U(0, b).
    case full
    /// b/2 + U(0, b/2).
    case equal
    /// min(max, U(base, 3 x the previous pause)), starting from base.
    case decorrelated
  }
}

/// Why a request or an attempt failed.
public enum FailureReason: String, Hashable, Sendable, CaseIterable, Codable {
  /// The caller gave up waiting.
  case timeout
  /// The queue of the callee's pool was full.
  case rejected
  /// The bulkhead around the call was full.
  case bulkheadFull = "bulkhead-full"
  /// The breaker around the call was open.
  case breakerOpen = "breaker-open"
  /// The callee answered with an error.
  case error
  /// The callee could not be reached, or went away with the call.
  case unreachable
  /// The viewer left before the first picture; of sessions only.
  case abandoned

  /// Those that an attempt can have, after which another one may be made.
  public static let ofAttempts: [FailureReason] = allCases.filter { $0 != .abandoned }
}
