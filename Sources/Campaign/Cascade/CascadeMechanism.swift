/// In which way a component is outside its normal band.
public enum CascadeMechanism: String, Hashable, Sendable, Codable, CaseIterable {
  // Of a service.
  case load = "more load"
  case slow = "slow"
  case poolFull = "pool full"
  case queueGrows = "queue grows"
  case rejecting = "queue full, rejecting"
  case down = "replicas down"
  case scaledIn = "scaled in"
  case unreachable = "unreachable"
  case errors = "errors"
  case failsBelow = "fails with what it calls"
  case deadWork = "works for callers that have gone"
  // Of a dependency.
  case timeouts = "timeouts"
  case attemptsFail = "attempts fail"
  case retries = "retries"
  case breakerOpen = "breaker open"
  case bulkheadFull = "bulkhead full"
  case callsFail = "calls fail"
  case fallback = "fallback in use"
  // Of a CDN.
  case requests = "more requests"
  case misses = "more misses"
  case originFails = "origin fails"
  case answersFail = "answers players with errors"
  case playersTimeOut = "players time out"
  case atCapacity = "at capacity"
  // Of a cohort of players.
  case startsFail = "starts fail"
  case exits = "viewers leave before the start"
  case stalls = "playback stalls"
  case abandonments = "viewers leave in stalls"
  case playbackFails = "playback fails"
  // Of a workload.
  case requestsFail = "requests fail"
  case degraded = "degraded answers"
}

extension CascadeMechanism {
  /// Whether it is a lack of what a fault may take away.
  var isOfScarcity: Bool {
    switch self {
    case .poolFull, .queueGrows, .rejecting, .down, .unreachable, .errors, .misses: true
    case .load, .slow, .scaledIn, .failsBelow, .deadWork, .timeouts, .attemptsFail, .retries, .breakerOpen,
      .bulkheadFull,
      .callsFail, .fallback, .requests, .originFails, .answersFail, .playersTimeOut, .atCapacity, .startsFail, .exits,
      .stalls,
      .abandonments, .playbackFails, .requestsFail, .degraded:
      false
    }
  }

  /// Whether it is what callers and players are answered, or miss an answer: only whoever asked sees it.
  var isAnAnswer: Bool {
    switch self {
    case .timeouts, .attemptsFail, .retries, .callsFail, .answersFail, .playersTimeOut: true
    case .load, .slow, .poolFull, .queueGrows, .rejecting, .down, .scaledIn, .unreachable, .errors, .failsBelow,
      .deadWork, .breakerOpen, .bulkheadFull, .fallback, .requests, .misses, .originFails, .atCapacity, .startsFail,
      .exits, .stalls, .abandonments, .playbackFails, .requestsFail, .degraded:
      false
    }
  }
}
