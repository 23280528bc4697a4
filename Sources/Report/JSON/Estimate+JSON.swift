import Campaign
import Model
import Statistics

/// How estimates are written: as a bare number where there is one replication, with their interval else.
struct EstimateFormat: Hashable, Sendable {
  let isSingle: Bool

  init(replications: Int) { isSingle = replications == 1 }

  func json(_ estimate: Estimate?) -> JSONValue {
    guard let estimate else { return .null }
    return isSingle ? .number(estimate.value) : JSONValue(estimate)
  }

  /// A count: a whole number where there is one replication.
  func json(_ estimate: Estimate, total: Int) -> JSONValue {
    isSingle ? .integer(total) : JSONValue(estimate)
  }
}

extension JSONValue {
  init(_ estimate: Estimate) {
    self = [
      "value": .number(estimate.value), "low": JSONValue(estimate.low), "high": JSONValue(estimate.high),
      "confidence": .number(estimate.confidence), "replications": .integer(estimate.replications),
    ]
  }
}

extension EstimateFormat {
  func json(_ metric: MetricEstimate) -> JSONValue {
    var members: [JSONValue.Member] = [.init("estimate", json(metric.estimate))]
    if let loss = metric.loss { members.append(.init("loss", json(loss))) }
    if metric.metric.quantity == .recovery { members.append(.init("censored", .integer(metric.censored))) }
    members.append(.init("missing", .integer(metric.missing)))
    return .object(members)
  }

  func json(_ latency: LatencySummary) -> JSONValue {
    var members: [JSONValue.Member] = [.init("mean", json(latency.mean))]
    members += latency.quantiles.map { .init($0.quantile.rawValue, json($0.estimate)) }
    members.append(.init("max", JSONValue(latency.max)))
    return .object(members)
  }
}
