import Engine
import Model

/// What a replication's faults did to its requests, by comparison with its twin: what metrics need of it.
public struct TwinHarm: Hashable, Sendable, Codable {
  /// Requests of a workload, or sessions, in one window.
  public struct Counts: Hashable, Sendable, Codable {
    public internal(set) var hurt = 0
    public internal(set) var helped = 0
    /// Ended in both, `hurt` and `helped` among them.
    public internal(set) var compared = 0
    /// Not ended by the horizon in one of the two.
    public internal(set) var unfinished = 0
  }
  public struct Subject: Hashable, Sendable, Codable {
    /// A workload, `sessions` or a cohort.
    public let name: String
    /// One per window of the program, in the program's order.
    public let windows: [Counts]
  }
  /// Attempts at an endpoint, as the server saw them, in the whole measured time.
  public struct Endpoint: Hashable, Sendable, Codable {
    /// `service.endpoint`.
    public let name: String
    public let attempts: Int
    public let failed: Int
    public let failedInTwin: Int
    /// Not ended by the horizon.
    public let unfinished: Int
    public let unfinishedInTwin: Int
  }
  public let subjects: [Subject]
  public let endpoints: [Endpoint]

  public init(subjects: [Subject], endpoints: [Endpoint]) {
    self.subjects = subjects
    self.endpoints = endpoints
  }

  /// - Parameter windows: of the run's program.
  init(run: LoggedReplication, twin: LoggedReplication, windows: Int) {
    let names = run.log.workloads
    let everySession = run.log.workload(named: Streaming.everySession)
    var counts = [Counts](repeating: Counts(), count: names.count * windows)
    TwinJoin.visit(run.log, twin.log) { item in
      guard case .both(let pair) = item, pair.run.windows != 0 else { return }
      let effect = pair.effect
      let subjects =
        [Int(pair.run.workload)] + (pair.run.flags.contains(.session) ? everySession.map { [$0] } ?? [] : [])
      for subject in subjects {
        for window in 0..<windows where pair.run.windows >> UInt64(window) & 1 == 1 {
          counts[subject * windows + window].add(effect)
        }
      }
    }
    subjects = names.enumerated().map { index, name in
      Subject(name: name, windows: Array(counts[index * windows..<(index + 1) * windows]))
    }
    endpoints = zip(run.outcome.endpoints, twin.outcome.endpoints).map {
      Endpoint(
        name: $0.name, attempts: $0.tally.arrivals, failed: $0.tally.failed, failedInTwin: $1.tally.failed,
        unfinished: $0.tally.inFlight, unfinishedInTwin: $1.tally.inFlight)
    }
  }

  /// Of a workload, `sessions` or a cohort in a window.
  func counts(of name: String, window: Int) -> Counts? {
    subjects.first { $0.name == name }?.windows[window]
  }

  /// How much of what bears a name was hurt: of a workload, `sessions` or a cohort the part of its requests that ended in
  /// both; of a service or an endpoint the failed attempts that the twin does not have, as a part of all attempts. Nothing
  /// where there were none.
  func harm(to name: String, window: Int) -> Double {
    if let counts = counts(of: name, window: window) {
      return counts.compared == 0 ? 0 : Double(counts.hurt) / Double(counts.compared)
    }
    let attempts = attempts(at: name)
    return attempts.harm(attempts.failed - attempts.failedInTwin)
  }

  /// All attempts at a service or an endpoint.
  func attempts(at name: String) -> Endpoint {
    let struck = endpoints.filter { $0.name == name || $0.name.hasPrefix("\(name).") }
    func sum(_ count: KeyPath<Endpoint, Int>) -> Int { struck.reduce(0) { $0 + $1[keyPath: count] } }
    return Endpoint(
      name: name, attempts: sum(\.attempts), failed: sum(\.failed), failedInTwin: sum(\.failedInTwin),
      unfinished: sum(\.unfinished), unfinishedInTwin: sum(\.unfinishedInTwin))
  }
}

extension TwinHarm.Endpoint {
  /// The part of the attempts by which more failed than in the twin; nothing where there were none.
  fileprivate func harm(_ more: Int) -> Double { attempts == 0 ? 0 : Double(max(0, more)) / Double(attempts) }

  /// Between what the harm lies, whatever becomes of the attempts that had not ended, in the run and in the twin.
  var possibleHarm: ClosedRange<Double> {
    let more = failed - failedInTwin
    return harm(more - unfinishedInTwin)...harm(more + unfinished)
  }
}

extension TwinHarm.Counts {
  fileprivate mutating func add(_ effect: TwinEffect) {
    switch effect {
    case .hurt:
      hurt += 1
      compared += 1
    case .helped:
      helped += 1
      compared += 1
    case .same: compared += 1
    case .unfinished: unfinished += 1
    }
  }
}
