import Model

/// What is known about one CDN at an evaluation.
///
/// Ratios and means are 0 where nothing was reported. See `SteeringRule.Signal` for what each means.
struct CDNSignals: BitwiseCopyable {
  var errorRatio = 0.0
  var timeoutRatio = 0.0
  /// Bits per second.
  var throughput = 0.0
  /// Seconds.
  var firstByte = 0.0
  var rebuffering = 0.0
  var startFailures = 0.0
  var hitRatio = 0.0
  var load = 0.0
  /// Bits per second.
  var egress = 0.0
  var originErrors = 0.0
  /// Money per GB.
  var cost = 0.0
  /// Its part of all weights before this evaluation.
  var weight = 0.0
  /// Its part of the sessions at the end of the last tick that is seen.
  var share = 0.0
  var sessions = 0.0
  /// Seconds.
  var age = 0.0
  var reports = 0.0
  /// How many of the reports are of transfers.
  var transfers = 0.0
  /// Its mean part of the sessions over the ticks that `egress` and `load` are of.
  var meanShare = 0.0

  /// The part of its transfers that ended with an error or ran into a timeout.
  @inline(always) var failureRatio: Double { errorRatio + timeoutRatio }

  @inline(always) subscript(signal: SteeringRule.Signal) -> Double {
    switch signal {
    case .errorRatio: errorRatio
    case .timeoutRatio: timeoutRatio
    case .throughput: throughput
    case .firstByte: firstByte
    case .rebuffering: rebuffering
    case .startFailures: startFailures
    case .hitRatio: hitRatio
    case .load: load
    case .egress: egress
    case .originErrors: originErrors
    case .cost: cost
    case .weight: weight
    case .share: share
    case .sessions: sessions
    case .age: age
    case .reports: reports
    }
  }
}
