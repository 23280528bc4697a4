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
  /// Attempts at an endpoint, as the server saw them: in the whole measured time, and by window.
  public struct Endpoint: Hashable, Sendable, Codable {
    /// `service.endpoint`.
    public let name: String
    public let attempts: Int
    public let failed: Int
    public let failedInTwin: Int
    /// Not ended by the horizon. Nil, as `windows`, in results that were written before it was told.
    public let unfinished: Int?
    public let unfinishedInTwin: Int?
    /// The same of each window of the program, by when the attempts arrived; those that count only whom a scope picks have
    /// none.
    public let windows: [Attempts]?
  }
  /// Attempts at an endpoint in one window.
  public struct Attempts: Hashable, Sendable, Codable {
    public let attempts: Int
    public let failed: Int
    public let failedInTwin: Int
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
    endpoints = zip(run.outcome.endpoints, twin.outcome.endpoints).enumerated().map { number, pair in
      Endpoint(
        name: pair.0.name, attempts: pair.0.tally.arrivals, failed: pair.0.tally.failed,
        failedInTwin: pair.1.tally.failed, unfinished: pair.0.tally.inFlight, unfinishedInTwin: pair.1.tally.inFlight,
        windows: (number * windows..<(number + 1) * windows).map { cell in
          let told = run.log.attempts[cell]
          return Attempts(
            attempts: told.arrivals, failed: told.failed, failedInTwin: twin.log.attempts[cell].failed)
        })
    }
  }

  /// Of a workload, `sessions` or a cohort in a window.
  func counts(of name: String, window: Int) -> Counts? {
    subjects.first { $0.name == name }?.windows[window]
  }

  /// How much of what bears a name was hurt: of a workload, `sessions` or a cohort the part of its requests that ended in
  /// both; of a service or an endpoint the failed attempts that the twin does not have, as a part of all attempts. Nothing
  /// where there were none; nil where it is not told, as of attempts by whom a scope picks.
  ///
  /// - Parameter window: its place among the program's, and what it is.
  func harm(to name: String, window: (place: Int, its: Window)) -> Double? {
    if let counts = counts(of: name, window: window.place) {
      return counts.compared == 0 ? 0 : Double(counts.hurt) / Double(counts.compared)
    }
    return attempts(at: name, window: window)?.harm
  }

  /// All attempts at a service or an endpoint in a window; nil where they are not told.
  ///
  /// Those that had not ended are told of the whole run: any of them may have arrived in the window.
  func attempts(at name: String, window: (place: Int, its: Window)) -> AttemptHarm? {
    let isWhole = window.its == .run
    if !isWhole, window.its.among == .scoped { return nil }
    var all = AttemptHarm()
    for endpoint in endpoints where endpoint.name == name || endpoint.name.hasPrefix("\(name).") {
      guard let told = isWhole ? endpoint.whole : endpoint.windows?[window.place] else { return nil }
      all.attempts += told.attempts
      all.more += told.failed - told.failedInTwin
      all.unfinished += min(endpoint.unfinished ?? 0, told.attempts)
      all.unfinishedInTwin += endpoint.unfinishedInTwin ?? 0
    }
    return all
  }
}

/// How many more attempts failed than in the twin.
struct AttemptHarm {
  var attempts = 0
  /// Below 0 where fewer failed.
  var more = 0
  var unfinished = 0
  var unfinishedInTwin = 0

  /// As a part of all attempts; nothing where there were none.
  var harm: Double { part(more) }

  /// Between what the harm lies, whatever becomes of the attempts that had not ended, in the run and in the twin.
  var possibleHarm: ClosedRange<Double> { part(more - unfinishedInTwin)...part(more + unfinished) }

  private func part(_ count: Int) -> Double { attempts == 0 ? 0 : Double(max(0, count)) / Double(attempts) }
}

extension TwinHarm.Endpoint {
  fileprivate var whole: TwinHarm.Attempts {
    TwinHarm.Attempts(attempts: attempts, failed: failed, failedInTwin: failedInTwin)
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
