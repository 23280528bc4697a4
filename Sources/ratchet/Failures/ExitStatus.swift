import Statistics

/// What the process ends with.
enum ExitStatus: Int32 {
  /// Done, or every expectation is supported.
  case done = 0
  /// An expectation is refuted.
  case refuted = 1
  case invalidInput = 2
  /// An expectation is neither supported nor refuted.
  case inconclusive = 3
  /// Disk, permission and the like.
  case machineFailed = 4
  case wrongUsage = 64
  /// Stopped by a signal; what was done is saved.
  case interrupted = 130

  /// What a verdict on all hypotheses means.
  init(_ verdict: Verdict) {
    switch verdict {
    case .supported: self = .done
    case .refuted: self = .refuted
    case .inconclusive: self = .inconclusive
    }
  }
}
