/// One small operation of a compiled endpoint.
struct Operation: BitwiseCopyable {
  enum Code: UInt8 {
    /// Time on the thread: `argument` is the sampler.
    case work
    /// A call: `argument` is the edge.
    case call
    /// The same, unless the caller's cache has what it would answer.
    case cachedCall
    /// Several calls at once: `argument` is the first of `count` branches, `needed` of which must succeed.
    case fork
    /// The end of the endpoint.
    case reply
  }
  var code: Code
  /// Taken when the keyed draw is below this; `UInt64.max` means always.
  var threshold: UInt64
  var argument: Int32
  /// The key, under the frame's, of what this operation draws: names and occurrences, never a position.
  var key: UInt64
  var count: Int16
  var needed: Int16
  /// The endpoint whose operation it is, and the first replica of its service.
  var endpoint: Int32
  var firstReplica: Int32
  /// Whether its service gives a thread back while it waits for callees.
  var isAsync: Bool
  /// Of a call that is always made: whether it may take the short way, see `PlainCall`.
  var isPlain = false
}

/// A branch of a fork.
struct Branch: BitwiseCopyable {
  var edge: Int32
  var key: UInt64
}

/// What a draw is for; the last part of its key.
enum Purpose {
  static let work: UInt64 = 1
  static let taken: UInt64 = 2
  static let replica: UInt64 = 3
  static let secondReplica: UInt64 = 4
  static let jitter: UInt64 = 5
  static let fallbackFails: UInt64 = 6
  static let fallbackTakes: UInt64 = 7
  static let device: UInt64 = 8
  static let scope: UInt64 = 9
  static let interarrival: UInt64 = 10
  static let thinning: UInt64 = 11
  static let think: UInt64 = 12
  static let latency: UInt64 = 13
  static let errs: UInt64 = 14
  static let timeToFailure: UInt64 = 15
  static let timeToRepair: UInt64 = 16
  static let initialState: UInt64 = 17
  static let boot: UInt64 = 18
  static let requestLoss: UInt64 = 21
  static let replyLoss: UInt64 = 19
  static let surge: UInt64 = 20
}

/// The threshold below which a uniform 64-bit draw falls with probability `p`; `UInt64.max` stands for always.
func drawThreshold(_ p: Double) -> UInt64 {
  if p >= 1 { return UInt64.max }
  if p <= 0 { return 0 }
  return UInt64(p * 0x1p64)
}
