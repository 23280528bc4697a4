import Engine
import Model

extension ReplicationOutcome {
  subscript(workload name: String, window window: Int = 0) -> RequestTally {
    guard let found = workloads.first(where: { $0.name == name }) else { preconditionFailure("no workload \(name)") }
    return found.windows[window]
  }

  subscript(endpoint name: String) -> RequestTally {
    guard let found = endpoints.first(where: { $0.name == name }) else { preconditionFailure("no endpoint \(name)") }
    return found.tally
  }

  subscript(service name: String) -> ServiceOutcome {
    guard let found = services.first(where: { $0.name == name }) else { preconditionFailure("no service \(name)") }
    return found
  }

  /// What came of a workload that asks once: `success after 100 ms`, `failed after 5 ms: timeout at a -> b`.
  func story(_ name: String) -> String { self[workload: name].story }
}

extension RequestTally {
  var story: String {
    guard arrivals == 1 else { return counts }
    let ending = success == 1 ? "success" : degraded == 1 ? "degraded" : failed == 1 ? "failed" : "in flight"
    if inFlight == 1 { return ending }
    let why = reasons.map { ": \($0.reason.rawValue) at \($0.component)" }.joined()
    return "\(ending) after \(Self.time(latency.sum + failedLatency.sum))\(why)"
  }

  /// `4 = 1 success + 2 degraded + 1 failed`, without what is zero.
  var counts: String {
    let parts = [(success, "success"), (degraded, "degraded"), (failed, "failed"), (inFlight, "in flight")]
    return "\(arrivals) = " + parts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: " + ")
  }

  /// How many failed for a reason, wherever it arose.
  func failures(_ reason: FailureReason) -> Int {
    reasons.filter { $0.reason == reason }.reduce(0) { $0 + $1.count }
  }

  private static func time(_ nanoseconds: UInt128) -> String {
    let (whole, rest) = nanoseconds.quotientAndRemainder(dividingBy: 1_000_000)
    return rest == 0 ? "\(whole) ms" : "\(nanoseconds) ns"
  }
}
