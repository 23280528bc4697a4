import Engine
import Model
import ModelFile
import Testing

/// A system as its user meets it: YAML in, outcomes out.
struct Experiment {
  private let program: Program

  /// - Parameters:
  ///   - model: the text of a model file.
  ///   - faults: the entries under `faults:` of a scenario on this model, each on lines of its own without indentation.
  init(_ model: String, faults: String? = nil, windows: [Window] = [.run]) throws {
    let document: Document
    if let faults {
      let entries = faults.split(separator: "\n").map { "  \($0)" }.joined(separator: "\n")
      document = try ModelFile.decode(
        text: "scenario: oracle\nmodel: model.yaml\nfaults:\n\(entries)\n", path: "scenario.yaml",
        files: ["model.yaml": model])
    } else {
      document = try ModelFile.decode(text: model)
    }
    switch document {
    case .model(let found):
      program = Program(model: found.model, scenario: nil, windows: windows)
    case .scenario(let found):
      program = Program(model: found.model.model, scenario: found.scenario, windows: windows)
    case .campaign:
      preconditionFailure("an oracle is a model or a scenario")
    }
  }

  /// Independent replications, of one seed that is the same every time.
  func replications(_ count: Int) throws -> [ReplicationOutcome] {
    var simulation = Simulation(program)
    var outcomes: [ReplicationOutcome] = []
    for replication in 0..<count {
      let outcome = simulation.run(seed: 20170, replication: replication)
      outcomes.append(try #require(outcome))
    }
    return outcomes
  }
}

/// A model of one service, `desk`, that one workload, `customers`, calls.
///
/// - Parameters:
///   - work: a time or a distribution; nil where a call takes no time.
///   - time: the lengths of the warm-up and of the whole replication.
///   - policies: further keys of the workload, separated by commas.
///   - failures: a mapping from the names of failure modes, on one line.
func desk(
  arrivals: String, work: String?, threads: String = "1", queue: String = "unbounded", time: (String, String),
  policies: String = "", failures: String = "{}"
) -> String {
  """
  model: queue
  workloads:
    customers: {arrivals: \(arrivals), call: desk.serve\(policies.isEmpty ? "" : ", " + policies)}
  services:
    desk:
      pool: {threads: \(threads), queue: \(queue)}
      failures: \(failures)
      endpoints: {serve: [\(work.map { "work: \($0)" } ?? "")]}
  time: {warmup: \(time.0), horizon: \(time.1)}
  """
}

extension ReplicationOutcome {
  func workload(_ name: String = "customers", window: Int = 0) throws -> RequestTally {
    try #require(workloads.first { $0.name == name }).windows[window]
  }

  func endpoint(_ name: String = "desk.serve") throws -> RequestTally {
    try #require(endpoints.first { $0.name == name }).tally
  }

  func service(_ name: String = "desk") throws -> ServiceOutcome {
    try #require(services.first { $0.name == name })
  }
}

extension RequestTally {
  /// Mean latency in seconds of what was served.
  var meanLatency: Double { get throws { try #require(latency.mean) } }
}

extension ServiceOutcome {
  /// Calls waiting and in service, averaged over time.
  var present: Double { queueMean + inServiceMean }
  /// Mean wait in seconds.
  var meanWait: Double { get throws { try #require(wait.mean) } }
  /// The part of the calls that found no thread free.
  var waiting: Double { Double(wait.count - wait.exactly(0)) / Double(wait.count) }
}

extension LatencyTally {
  /// How many took so many nanoseconds; below 128, where buckets hold one value each.
  func exactly(_ nanoseconds: Int) -> Int { buckets.first { $0.index == nanoseconds }?.count ?? 0 }

  /// The part that took longer than `seconds`, whose bucket is taken to be evenly filled.
  func exceedance(_ seconds: Double) -> Double {
    let limit = seconds * 1e9
    let above = buckets.reduce(0.0) { sum, bucket in
      let (low, high) = (Double(LatencyScale.low(of: bucket.index)), Double(LatencyScale.high(of: bucket.index)))
      return sum + Double(bucket.count) * Swift.min(1, Swift.max(0, (high - limit) / (high - low)))
    }
    return above / Double(count)
  }
}
