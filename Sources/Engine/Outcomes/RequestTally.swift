import Model

/// Counts that conserve: arrivals = success + degraded + failed + inFlight.
public struct RequestTally: Hashable, Sendable, Codable {
  public let arrivals: Int
  public let success: Int
  /// A fallback stood in.
  public let degraded: Int
  public let failed: Int
  /// Not ended at the horizon; outside availability.
  public let inFlight: Int
  /// Failures by reason and the component where the reason arose, in the order of both.
  public let reasons: [ReasonCount]
  /// Of success and degraded together.
  public let latency: LatencyTally
  /// Of failures.
  public let failedLatency: LatencyTally

  public init(
    arrivals: Int, success: Int, degraded: Int, failed: Int, inFlight: Int,
    reasons: [ReasonCount], latency: LatencyTally, failedLatency: LatencyTally
  ) {
    self.arrivals = arrivals
    self.success = success
    self.degraded = degraded
    self.failed = failed
    self.inFlight = inFlight
    self.reasons = reasons
    self.latency = latency
    self.failedLatency = failedLatency
  }

  /// Requests that ended.
  public var ended: Int { success + degraded + failed }
  /// (success + degraded) / ended; nil where none ended.
  public var availability: Double? { unavailability.map { 1 - $0 } }
  /// failed / ended, accumulated directly; nil where none ended.
  public var unavailability: Double? { ended == 0 ? nil : Double(failed) / Double(ended) }
  /// success / ended; nil where none ended.
  public var fullFidelity: Double? { ended == 0 ? nil : Double(success) / Double(ended) }
}

public struct ReasonCount: Hashable, Sendable, Codable {
  public let reason: FailureReason
  /// A service (where it refused, erred or was away) or an edge `caller -> dependency` (where the caller gave up or refused).
  public let component: String
  public let count: Int

  public init(reason: FailureReason, component: String, count: Int) {
    self.reason = reason
    self.component = component
    self.count = count
  }
}
