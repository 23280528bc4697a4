import Engine

/// What a player keeps between two reports of one session.
struct PlayerSession: Hashable {
  /// CMCD's `sta`.
  var state = "s"
  /// Nanoseconds since the start: play was pressed; the present stall began (-1: there is none).
  var attempted: Int64
  var stalled: Int64 = -1
  /// CMCD's `sn` of the next report.
  var sequence: Int64 = 0
  /// Whether nothing plays for want of media: CMCD's `su`.
  var isUrgent = true
  /// The latest segment that was delivered to it, or the latest failure.
  var delivery: DeliveryLine?

  init(attempted: Int64) { self.attempted = attempted }
}

/// The sessions under way.
struct PlayerSessions {
  private var sessions: [UInt64: PlayerSession] = [:]

  /// Nothing where the session has ended.
  mutating func note(_ delivery: DeliveryLine) {
    if !delivery.isManifest { sessions[delivery.session]?.delivery = delivery }
  }

  /// The session before an event and after it.
  mutating func advance(_ event: PlayerEvent) -> (before: PlayerSession, after: PlayerSession) {
    let before = sessions[event.session] ?? PlayerSession(attempted: event.time)
    var after = before
    after.sequence += 1
    switch event.kind {
    case .attempt: after.state = "s"
    case .start, .resume:
      after.state = "p"
      after.isUrgent = false
      after.stalled = -1
    case .stall:
      after.state = "r"
      after.isUrgent = true
      after.stalled = event.time
    case .pause: after.state = "a"
    case .unpause: after.state = "p"
    case .end: after.state = "e"
    case .exitBeforeStart, .abandonment: after.state = "q"
    case .startFailure, .playbackFailure: after.state = "f"
    case .bitrateChange, .cdnChange, .error, .segment: break
    }
    sessions[event.session] = event.kind.isLast ? nil : after
    return (before, after)
  }

  var count: Int { sessions.count }
}

extension PlayerEvent.Kind {
  /// Whether the session is over with it.
  var isLast: Bool {
    switch self {
    case .startFailure, .exitBeforeStart, .end, .abandonment, .playbackFailure: true
    case .attempt, .start, .stall, .resume, .pause, .unpause, .bitrateChange, .cdnChange, .error, .segment: false
    }
  }

  /// CMCD's `e`: play state, bitrate change, hostname change, error, response received.
  var cmcdEvent: String {
    switch self {
    case .attempt, .start, .startFailure, .exitBeforeStart, .stall, .resume, .pause, .unpause, .end, .abandonment,
      .playbackFailure:
      "ps"
    case .bitrateChange: "bc"
    case .cdnChange: "h"
    case .error: "e"
    case .segment: "rr"
    }
  }

  /// Tells apart what has the same event and state in CMCD.
  var name: String {
    switch self {
    case .attempt: "attempt"
    case .start: "start"
    case .startFailure: "start-failure"
    case .exitBeforeStart: "exit-before-start"
    case .stall: "stall"
    case .resume: "resume"
    case .pause: "pause"
    case .unpause: "unpause"
    case .bitrateChange: "bitrate-change"
    case .cdnChange: "cdn-change"
    case .error: "error"
    case .end: "end"
    case .abandonment: "abandonment"
    case .playbackFailure: "playback-failure"
    case .segment: "segment"
    }
  }
}
