import Engine

/// A request, or a session, as it was in the run and in its counterfactual twin: the same replication without faults.
struct TwinPair {
  let run: LoggedRequest
  let twin: LoggedRequest
  /// Where a session has started.
  let runPlay: LoggedPlay?
  let twinPlay: LoggedPlay?
}

/// What the faults did to a request that the twin has too.
public enum TwinEffect: String, Hashable, Sendable, CaseIterable {
  case hurt, helped, same
  /// It had not ended by the horizon in one of the two, so nothing can be said.
  case unfinished
}

extension TwinPair {
  /// By what it came to: success is better than degraded, and degraded better than failed. Sessions whose starts came to
  /// the same are told apart by their plays, as they stand at the horizon: see `LoggedPlay.isWorse`.
  var effect: TwinEffect {
    if run.ending == .inFlight || twin.ending == .inFlight { return .unfinished }
    if run.ending != twin.ending { return run.ending.rawValue > twin.ending.rawValue ? .hurt : .helped }
    guard let runPlay, let twinPlay else { return .same }
    if runPlay.isWorse(than: twinPlay) { return .hurt }
    return twinPlay.isWorse(than: runPlay) ? .helped : .same
  }

  /// Nanoseconds by which it took longer to be served; nil where it was not served in both.
  var slowdown: Int64? {
    guard run.isServed, twin.isServed, let run = run.latency, let twin = twin.latency else { return nil }
    return run - twin
  }

  /// More than twice as long, and more than 100 ms longer.
  var isSlower: Bool { Self.isSlower(run, than: twin) }
  /// The same the other way round.
  var isFaster: Bool { Self.isSlower(twin, than: run) }

  private static func isSlower(_ one: LoggedRequest, than other: LoggedRequest) -> Bool {
    guard one.isServed, other.isServed, let long = one.latency, let short = other.latency else { return false }
    return long - short > LoggedPlay.noticeable && long - short > short
  }
}

extension LoggedRequest {
  var isServed: Bool { ending == .success || ending == .degraded }
}

extension LoggedPlay {
  /// Nanoseconds: what is shorter passes as instantaneous. R. B. Miller, "Response time in man-computer conversational
  /// transactions", AFIPS FJCC 33 (1968), topic 1: 0.1 s.
  static var noticeable: Int64 { 100_000_000 }

  /// The viewer left in a stall, or playback failed.
  var isLost: Bool { ending == .abandoned || ending == .failed }

  /// How bad the end is: none yet or all seen, the viewer left in a stall, playback failed.
  private var rank: Int {
    switch ending {
    case .ended, .inFlight: 0
    case .abandoned: 1
    case .failed: 2
    }
  }

  /// By the end; of plays that were lost in the same way the one of which less was played; then the one that stalled for
  /// more time. What was cut off early has had less time to stall in, so that stalls count only where all else is alike.
  /// Times differ where that is noticeable, and more than a hundredth of the shorter one.
  func isWorse(than other: Self) -> Bool {
    if rank != other.rank { return rank > other.rank }
    if isLost {
      if Self.isLonger(other.played, than: played) { return true }
      if Self.isLonger(played, than: other.played) { return false }
    }
    return Self.isLonger(stalled, than: other.stalled)
  }

  private static func isLonger(_ one: Int64, than other: Int64) -> Bool {
    let difference = one - other
    return difference > noticeable && difference > other / 100
  }
}

/// A replication with the log of its requests.
public struct LoggedReplication: Sendable {
  public let outcome: ReplicationOutcome
  public let log: RequestLog

  public init(outcome: ReplicationOutcome, log: RequestLog) {
    self.outcome = outcome
    self.log = log
  }
}

/// The requests of a run and of its twin, joined by their keys.
enum TwinJoin {
  enum Item {
    case both(TwinPair)
    /// What a surge has added, and the further requests of clients that were answered sooner.
    case onlyInRun(LoggedRequest)
    /// Requests that clients had no time left for.
    case onlyInTwin(LoggedRequest)
  }

  /// Visits the requests in the order in which they came up in the run, then those of the twin alone.
  ///
  /// - Complexity: O(n) for n requests; the twin's keys are kept in memory.
  static func visit(_ run: RequestLog, _ twin: RequestLog, _ body: (Item) -> Void) {
    let places = places(of: twin.requests.map(\.key))
    let runPlays = Self.places(of: run.plays.map(\.key))
    let twinPlays = Self.places(of: twin.plays.map(\.key))
    var isPaired = [Bool](repeating: false, count: twin.requests.count)
    for request in run.requests {
      guard let place = places[request.key] else {
        body(.onlyInRun(request))
        continue
      }
      isPaired[Int(place)] = true
      body(
        .both(
          TwinPair(
            run: request, twin: twin.requests[Int(place)], runPlay: runPlays[request.key].map { run.plays[Int($0)] },
            twinPlay: twinPlays[request.key].map { twin.plays[Int($0)] })))
    }
    for (place, request) in twin.requests.enumerated() where !isPaired[place] { body(.onlyInTwin(request)) }
  }

  private static func places(of keys: [UInt64]) -> [UInt64: Int32] {
    var places: [UInt64: Int32] = [:]
    places.reserveCapacity(keys.count)
    for (place, key) in keys.enumerated() { places[key] = Int32(truncatingIfNeeded: place) }
    return places
  }
}
