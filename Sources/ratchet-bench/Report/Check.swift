/// Whether what is compared came to the same.
struct Check: Encodable {
  let name: String
  let title: String
  let holds: Bool
  /// What was compared.
  let detail: String
}

extension Check {
  /// Whether the engine and the hand-written loop came to the same answers in each run; nil where one is missing.
  static func handWritten(_ name: String, _ title: String, _ engine: [Measurement]?, _ loop: [Measurement]?) -> Check? {
    guard let engine, let loop else { return nil }
    let same = zip(engine, loop).count { $0.latencyDigest == $1.latencyDigest && $0.requests == $1.requests }
    let timeouts = loop.reduce(0) { $0 + ($1.timeouts ?? 0) }
    return Check(
      name: name, title: title, holds: same == engine.count,
      detail: "\(same) of \(engine.count) runs, \(timeouts) attempts timed out")
  }

  /// Whether replications yield the same with any number of workers; nil where one is missing.
  static func replications(_ runs: [Workload: [Measurement]]) -> Check? {
    guard let all = runs[.replications], let one = runs[.replicationsOnOneCore] else { return nil }
    let same = zip(all, one).count { $0.fingerprint == $1.fingerprint }
    return Check(
      name: "replications-identical", title: "replications are bit-identical on one core and on all",
      holds: same == all.count, detail: "\(same) of \(all.count) runs")
  }

  /// Whether the engine's M/M/1 customers spend 1 / (μ - λ) = 5 s in the system; nil where there are none.
  static func queueingTheory(_ runs: [Workload: [Measurement]]) -> Check? {
    guard let runs = runs[.mm1], let error = SimPy.Peer.mm1.meanErrors["customers"] else { return nil }
    return equal(
      "mm1-mean", "the engine's mean latency of M/M/1 agrees with queueing theory",
      Mean("customers", runs.map { ($0.requests, $0.meanSeconds) }), Mean(seconds: 5), error)
  }

  /// Whether SimPy's mean latencies and waits are the engine's.
  static func simPy(_ peer: SimPy.Peer, _ theirs: [SimPy.Run], _ ours: [Measurement]) -> [Check] {
    peer.meanErrors.sorted { $0.key < $1.key }.compactMap { name, error in
      equal(
        "simpy-\(peer.workload.rawValue)-mean-\(name.replacing(" ", with: "-"))",
        "SimPy's mean of \(name) agrees with the engine's",
        Mean(name, theirs.map { ($0.requests, $0.meanSeconds) }),
        Mean(name, ours.map { ($0.requests, $0.meanSeconds) }), error)
    }
  }

  /// Whether two means differ by no more than four standard errors of their difference; nil where these are more than a
  /// tenth, which would tell nothing.
  private static func equal(_ name: String, _ title: String, _ a: Mean?, _ b: Mean?, _ error: Double) -> Check? {
    guard let a, let b else { return nil }
    let allowed = 4 * error * (1 / a.requests + 1 / b.requests).squareRoot()
    if allowed > 0.1 { return nil }
    return Check(
      name: name, title: "\(title) within \((allowed * 100).digits(2))%",
      holds: abs(a.seconds - b.seconds) <= allowed * b.seconds,
      detail: "\(a.seconds.digits(4)) s and \(b.seconds.digits(4)) s")
  }
}

/// A mean over all runs together.
private struct Mean {
  let seconds: Double
  let requests: Double

  /// A mean that is known.
  init(seconds: Double) {
    self.seconds = seconds
    requests = .infinity
  }

  /// Nil where a run does not tell it.
  init?(_ name: String, _ runs: [(requests: Int, meanSeconds: [String: Double])]) {
    var sum = 0.0
    var count = 0
    for run in runs {
      guard let mean = run.meanSeconds[name] else { return nil }
      sum += mean * Double(run.requests)
      count += run.requests
    }
    guard count > 0 else { return nil }
    seconds = sum / Double(count)
    requests = Double(count)
  }
}
