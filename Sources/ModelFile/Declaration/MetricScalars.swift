import Model

/// Metrics and their values, as a JSON Schema sees them.
extension ScalarShape {
  static let metric = ScalarShape(
    name: "metric", expectation: "a metric such as `availability(viewers) during faults`",
    schema: ["description": .string(Meaning.metric), "type": "string", "pattern": .string("^\(Pattern.metric)$")])

  static let hypothesis = ScalarShape(
    name: "hypothesis", expectation: "a hypothesis such as `availability(viewers) >= 99.9%`",
    schema: ["type": "string", "pattern": .string("^\(Pattern.metric) *(>=|<=|>|<) *\(Pattern.bound)$")])

  static let precision = ScalarShape(
    name: "precision", expectation: "a precision such as `availability(viewers) during faults +- 0.05%`",
    schema: ["type": "string", "pattern": .string("^\(Pattern.metric) *(\\+-|±) *\(Pattern.bound)$")])

  static let window = ScalarShape(
    name: "window", expectation: "`faults`, `after-faults`, `run` or a span such as `3min..6min`",
    schema: ["description": .string(Meaning.window), "type": "string", "pattern": .string("^\(Pattern.window)$")])

  static let bound = ScalarShape(
    name: "bound",
    expectation: "a value in the unit of its metric, such as `99.9%`, `250ms`, `200/s`, `3Mbps` or `10 USD`",
    schema: ["type": ["number", "string"], "pattern": .string("^\(Pattern.bound)$")])
}

extension Pattern {
  static let window = "(run|faults|after-faults|\(duration)\\.\\.\(duration))"

  /// Quantities of sessions may stand alone, where all sessions are meant.
  static let metric: String = {
    let all = Metric.Quantity.allCases
    let alone = all.filter { $0.subject == .sessions }
    let one = "(\(words(all.filter { $0.subject != .several }))) *\\( *\(name) *\\)"
    let several = "(\(words(all.filter { $0.subject == .several }))) *\\( *\(spared)( *, *\(spared))* *\\)"
    return "(\(one)|\(several)|(\(words(alone))))"
      + "( *during +\(window)| *among +(everyone|scoped))*"
  }()

  /// A fraction, a duration, a rate, a bit rate or money.
  static let bound = "(\(number)%?|\(duration)|\(number)/\(timeUnit)|\(bitrate)|\(number) +[A-Z]{3})"

  private static func words(_ quantities: [Metric.Quantity]) -> String {
    quantities.map(\.rawValue).joined(separator: "|")
  }
}

extension Meaning {
  static let metric = """
    `metric(whose)`, then perhaps `during` a window and `among everyone` or `among scoped`. Of workloads, `sessions` \
    and cohorts, whose starts are requests: `availability`, the part of requests that ended in success or degraded; \
    `full-fidelity`, in success. Of these, regions and CDNs, as the time to the first picture: `latency-mean`, \
    `latency-p50`, `latency-p90`, `latency-p95`, `latency-p99`, `latency-p999`, of success and degraded together. Of \
    workloads: `recovery`, from a fault's end to the first of three consecutive 10 s bins whose availability is within \
    the 95% band of the same run without faults. Of workloads, `sessions` and cohorts: `hurt` and `helped`, the parts \
    of the requests that came to something worse, or better, than in the same run without faults; of a list of them, \
    of services and endpoints `collateral`, the largest part that was hurt. Of `sessions` (which may be left out), \
    cohorts, regions and CDNs: `starts-lost`, `start-failures` and `exits-before-start`, parts of the starts; \
    `rebuffering-ratio`, stalled / (played + stalled) time, and `stalls-per-hour` of it; `playback-failures` and \
    `abandonments`, parts of the plays; `bitrate`; `starts-rate`. Of CDNs: `hit-ratio`, `shield-hit-ratio`, \
    `offload`, `origin-rate`, `egress`, and `cost`, where the CDN has a price.
    """

  static let window = """
    Requests belong to the window in which they arrived. `run`: all after the warm-up; `faults`: while an injected \
    fault is active; `after-faults`: from the end of the last one on; `3min..6min`: a span from the start of the \
    replication, the warm-up included.
    """
}
