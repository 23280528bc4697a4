import Model
import Statistics

/// A comparison in plain words.
struct ComparisonSentence {
  let metric: Metric
  let variant: String
  let comparison: PairedComparison?
  let verdict: Comparison.Verdict
  let pool: PoolChange
  /// Of the price of the metric's CDN, where it has one.
  var currency: String?

  var text: String { "\(variant): \(statement)\(interval)\(explanation)" }

  private var workload: String { "`\(metric.workload)`" }

  private var statement: String {
    guard let comparison else { return "no replication tells \(noun) of \(workload)\(window)" }
    let difference = comparison.difference
    switch verdict {
    case .noDifferenceShown:
      switch comparison.method {
      case .identical: return "\(noun) of \(workload)\(window) is the same in every replication"
      case .tooFew: return "one replication shows no difference in \(noun) of \(workload)\(window)"
      case .pairedT, .bca, .signTest: return "no difference shown in \(noun) of \(workload)\(window)"
      }
    case .worse, .better:
      let amount = PlainNumber.amount(
        difference.value.magnitude, unit: unit, precision: difference.halfWidth)
      return change(by: amount, isRise: difference.value > 0)
    }
  }

  private func change(by amount: String, isRise: Bool) -> String {
    switch metric.quantity {
    case .availability, .fullFidelity:
      "\(workload) \(isRise ? "gains" : "loses") \(amount) of \(noun)\(window)"
    case .recovery:
      isRise ? "\(workload) takes \(amount) longer to recover" : "\(workload) recovers \(amount) sooner"
    default: "\(noun) of \(workload) \(isRise ? "rises" : "falls") by \(amount)\(window)"
    }
  }

  /// The interval, in the direction that the statement has named.
  private var interval: String {
    guard let difference = comparison?.difference, let interval = difference.interval,
      comparison?.method != .identical
    else { return "" }
    if difference.isDegenerate { return " in every replication" }
    let isFall = verdict != .noDifferenceShown && difference.value < 0
    let (low, high) = isFall ? (-interval.high, -interval.low) : (interval.low, interval.high)
    var range = PlainNumber.range(low, high, unit: unit)
    // The statement has named the unit already.
    if verdict != .noDifferenceShown, range.hasSuffix(" points") { range.removeLast(" points".count) }
    let alone =
      verdict == .noDifferenceShown && !interval.contains(0)
      ? " for this comparison taken alone" : ""
    return ", \(PlainNumber.percent(interval.confidence)) CI \(range)\(alone)"
  }

  private var explanation: String {
    switch verdict {
    case .noDifferenceShown: return ""
    case .worse:
      guard let pool = pool.risen else { return "" }
      return "; \(pool.service)'s pool was full for \(PlainNumber.duration(pool.seconds))\(instead(pool))"
    case .better:
      guard let pool = pool.fallen else { return "" }
      return "; \(pool.service)'s pool was full for \(PlainNumber.duration(pool.seconds))\(instead(pool))"
    }
  }

  private func instead(_ pool: PoolChange.Pool) -> String {
    pool.baseline < 0.5 ? "" : " instead of \(PlainNumber.duration(pool.baseline))"
  }

  private var unit: PlainNumber.Unit { PlainNumber.Unit(metric.quantity.unit, currency: currency) }

  private var noun: String {
    switch metric.quantity {
    case .availability: "availability"
    case .fullFidelity: "full-fidelity availability"
    case .recovery: "recovery"
    case .hurt: "the share of requests hurt"
    case .helped: "the share of requests helped"
    case .collateral: "the collateral damage"
    case .latencyMean: "mean latency"
    case .latencyP50: "median latency"
    case .latencyP90: "p90 latency"
    case .latencyP95: "p95 latency"
    case .latencyP99: "p99 latency"
    case .latencyP999: "p99.9 latency"
    case .startsLost: "the share of starts lost"
    case .startFailures: "the share of start failures"
    case .exitsBeforeStart: "the share of exits before start"
    case .rebufferingRatio: "the rebuffering ratio"
    case .stallsPerHour: "the rate of stalls"
    case .playbackFailures: "the share of playback failures"
    case .abandonments: "the share of viewers who left in a stall"
    case .bitrate: "the bit rate"
    case .startsRate: "the rate of starts"
    case .hitRatio: "the hit ratio"
    case .shieldHitRatio: "the shield's hit ratio"
    case .offload: "the offload"
    case .originRate: "the rate of origin requests"
    case .egress: "the egress"
    case .cost: "the cost"
    }
  }

  private var window: String {
    let period =
      switch metric.window.period {
      case .run: ""
      case .duringFaults: " during faults"
      case .afterFaults: " after the faults"
      case .between(let from, let to): " from \(from.text) to \(to.text)"
      }
    switch metric.window.among {
    case .everyone: return period
    case .scoped: return "\(period) among those the faults reach"
    }
  }
}
