import Engine
import Model
import ModelFile
import Testing

/// A streaming service as its user meets it: YAML in; outcomes, and what is told while it runs, out.
struct Broadcast {
  let program: Program

  /// - Parameters:
  ///   - model: the text of a model file.
  ///   - faults: the entries under `faults:` of a scenario on this model, each on lines of its own without indentation.
  ///   - files: what the model names beside itself, by path.
  init(_ model: String, faults: String? = nil, files: [String: String] = [:], windows: [Window] = [.run]) throws {
    let document: Document
    if let faults {
      let entries = faults.split(separator: "\n").map { "  \($0)" }.joined(separator: "\n")
      document = try ModelFile.decode(
        text: "scenario: oracle\nmodel: model.yaml\nfaults:\n\(entries)\n", path: "scenario.yaml",
        files: files.merging(["model.yaml": model]) { $1 })
    } else {
      document = try ModelFile.decode(text: model, files: files)
    }
    switch document {
    case .model(let found): program = Program(model: found.model, scenario: nil, windows: windows)
    case .scenario(let found):
      program = Program(model: found.model.model, scenario: found.scenario, windows: windows)
    case .campaign: preconditionFailure("an oracle is a model or a scenario")
    }
  }

  /// Independent replications, of one seed that is the same every time.
  func replications(_ count: Int) throws -> [ReplicationOutcome] {
    var simulation = Simulation(program)
    var outcomes: [ReplicationOutcome] = []
    for replication in 0..<count {
      let outcome = simulation.run(seed: 20260, replication: replication)
      outcomes.append(try #require(outcome))
    }
    return outcomes
  }

  /// One replication, whose invariants are checked after every event, and what it tells.
  func told() throws -> (outcome: ReplicationOutcome, records: [TelemetryRecord]) {
    var simulation = Simulation(program, checkingInvariants: true)
    var records: [TelemetryRecord] = []
    let outcome = simulation.run(seed: 20260, replication: 0, recording: { records += $0 })
    return (try #require(outcome), records)
  }

  /// One replication, whose invariants are checked after every event, and the log of its sessions.
  func logged() throws -> RequestLog {
    var simulation = Simulation(program, checkingInvariants: true)
    var log: RequestLog?
    _ = simulation.run(seed: 20260, replication: 0, logging: { log = $0 })
    return try #require(log)
  }
}

/// Arrivals at stated seconds, as `replay(plays.csv column=t unit=s)` reads them.
func plays(at seconds: [Double]) -> [String: String] {
  ["plays.csv": "t\n" + seconds.map { "\($0)\n" }.joined()]
}

/// The arrivals of `plays(at:)`.
let replayed = "replay(plays.csv column=t unit=s)"

extension ReplicationOutcome {
  /// The counts of all sessions.
  func sessions(window: Int = 0) throws -> SessionTally {
    try #require(streaming?.groups.first { $0.kind == .all }).windows[window]
  }

  func cdn(_ name: String = "alpha", window: Int = 0) throws -> CDNTally {
    try #require(streaming?.cdns.first { $0.name == name }).windows[window]
  }

  /// Calls of a CDN's origin a second.
  func originRate(_ name: String = "alpha") throws -> Double {
    let cdn = try #require(streaming?.cdns.first { $0.name == name })
    return Double(cdn.windows[0].originRequests) / cdn.windowSeconds[0]
  }
}

extension TierTally {
  /// The part of the requests that found what they asked for, fresh.
  var hitRatio: Double { Double(hits) / Double(requests) }
}

extension [TelemetryRecord] {
  /// What CDNs delivered or failed to, as the requests ended.
  var deliveries: [DeliveryLine] {
    compactMap { if case .delivery(let line) = $0 { line } else { nil } }
  }

  /// What happened in sessions.
  var events: [PlayerEvent] {
    compactMap { if case .player(let event) = $0 { event } else { nil } }
  }
}

/// Nanoseconds of so many milliseconds.
func ms(_ milliseconds: Int64) -> Int64 { milliseconds * 1_000_000 }
