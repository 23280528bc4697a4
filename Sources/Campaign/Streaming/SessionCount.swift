import Engine

/// What is counted or added up of sessions in a window; its name as in result files.
public enum SessionCount: String, Hashable, Sendable, CaseIterable {
  case attempts, starts
  case startFailures = "start_failures"
  case exitsBeforeStart = "exits_before_start"
  /// Neither started nor given up at the horizon.
  case starting
  case plays, ended, abandoned
  case playbackFailures = "playback_failures"
  case stalls, segments
  case bitrateChanges = "bitrate_changes"
  case cdnChanges = "cdn_changes"
  /// Times in seconds.
  case startupSeconds = "startup_s"
  case playedSeconds = "played_s"
  case stalledSeconds = "stalled_s"
  case pausedSeconds = "paused_s"
  case fetchedSeconds = "fetched_s"
  case nominalBits = "nominal_bits"
  /// The absolute sizes of all changes, in bits per second.
  case bitrateChangeSum = "bitrate_change_bps"

  public func value(in tally: SessionTally) -> Double {
    switch self {
    case .attempts: Double(tally.attempts)
    case .starts: Double(tally.starts)
    case .startFailures: Double(tally.startFailures)
    case .exitsBeforeStart: Double(tally.exitsBeforeStart)
    case .starting: Double(tally.attempts - tally.endedStarts)
    case .plays: Double(tally.plays)
    case .ended: Double(tally.ended)
    case .abandoned: Double(tally.abandoned)
    case .playbackFailures: Double(tally.playbackFailures)
    case .stalls: Double(tally.stalls)
    case .segments: Double(tally.segments)
    case .bitrateChanges: Double(tally.bitrateChanges)
    case .cdnChanges: Double(tally.cdnChanges)
    case .startupSeconds: Double(tally.startupNanoseconds) / 1e9
    case .playedSeconds: Double(tally.playedNanoseconds) / 1e9
    case .stalledSeconds: Double(tally.stalledNanoseconds) / 1e9
    case .pausedSeconds: Double(tally.pausedNanoseconds) / 1e9
    case .fetchedSeconds: Double(tally.fetchedNanoseconds) / 1e9
    case .nominalBits: tally.nominalBits
    case .bitrateChangeSum: Double(tally.bitrateChangeSum)
    }
  }
}
