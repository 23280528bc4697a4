import Campaign
import Model
import Statistics

extension EstimateFormat {
  /// - Parameter arrivalsKey: `requests` of a workload, `arrivals` at an endpoint.
  func json(_ tally: TallySummary, arrivalsKey: String) -> JSONValue {
    .object([
      .init(arrivalsKey, json(tally.arrivals, total: tally.totals.arrivals)),
      .init("success", json(tally.success, total: tally.totals.success)),
      .init("degraded", json(tally.degraded, total: tally.totals.degraded)),
      .init("failed", json(tally.failed, total: tally.totals.failed)),
      .init("inFlight", json(tally.inFlight, total: tally.totals.inFlight)),
      .init("reasons", reasons(tally.reasons)),
      .init("failures", .array(tally.reasons.map(json))),
      .init("availability", json(tally.availability)),
      .init("unavailability", json(tally.unavailability)),
      .init("fullFidelity", json(tally.fullFidelity)),
      .init("latency", json(tally.latency)),
      .init("failedLatency", json(tally.failedLatency)),
    ])
  }

  /// Failures by reason, wherever it arose; the interval of a sum over components is not known.
  private func reasons(_ reasons: [ReasonSummary]) -> JSONValue {
    var seen: Set<FailureReason> = []
    let order = reasons.map(\.reason).filter { seen.insert($0).inserted }
    return .map(order) { reason in
      let parts = reasons.filter { $0.reason == reason }
      let total = parts.reduce(0) { $0 + $1.total }
      guard parts.count > 1, let first = parts.first?.count else {
        return (reason.rawValue, parts.first.map { json($0.count, total: total) } ?? .null)
      }
      let sum = Estimate(
        value: parts.reduce(0) { $0 + $1.count.value }, low: nil, high: nil, confidence: first.confidence,
        replications: first.replications)
      return (reason.rawValue, json(sum, total: total))
    }
  }

  private func json(_ reason: ReasonSummary) -> JSONValue {
    [
      "reason": .string(reason.reason.rawValue), "component": .string(reason.component),
      "count": json(reason.count, total: reason.total),
    ]
  }
}
