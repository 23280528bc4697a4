/// What is known of one CDN from one tick.
struct SignalCell: BitwiseCopyable {
  /// Reports of players, of any kind.
  var reports: Int64 = 0
  var transfers: Int64 = 0
  var errors: Int64 = 0
  var timeouts: Int64 = 0
  /// Bits per second, summed over the transfers that were delivered.
  var throughput = 0.0
  /// Nanoseconds, summed over the same.
  var firstByte: Int64 = 0
  /// Nanoseconds.
  var watched: Int64 = 0
  var stalled: Int64 = 0
  var starts: Int64 = 0
  var failedStarts: Int64 = 0
  var lookups: Int64 = 0
  var hits: Int64 = 0
  var originRequests: Int64 = 0
  var originErrors: Int64 = 0
  /// Bits that were sent to players.
  var egress: Int64 = 0
  /// At the tick's end.
  var sessions: Int64 = 0
}

/// How a transfer ended for its player.
enum TransferEnd: UInt8, BitwiseCopyable {
  case delivered, error, timeout
}

extension SignalCell {
  /// A player's report of a transfer.
  /// - Parameters:
  ///   - throughput: bits per second of what was delivered; of no meaning otherwise.
  ///   - firstByte: nanoseconds until the first byte of what was delivered; of no meaning otherwise.
  @inline(always) mutating func addTransfer(_ end: TransferEnd, throughput: Double, firstByte: Int64) {
    reports &+= 1
    transfers &+= 1
    switch end {
    case .delivered:
      self.throughput += throughput
      self.firstByte &+= firstByte
    case .error: errors &+= 1
    case .timeout: timeouts &+= 1
    }
  }

  /// A player's report of time, in nanoseconds, that was watched and that it stood still.
  @inline(always) mutating func addPlayback(watched: Int64, stalled: Int64) {
    reports &+= 1
    self.watched &+= watched
    self.stalled &+= stalled
  }

  /// A player's report of a start.
  @inline(always) mutating func addStart(hasFailed: Bool) {
    reports &+= 1
    starts &+= 1
    if hasFailed { failedStarts &+= 1 }
  }

  /// A line of the CDN's log: a look-up in a cache.
  @inline(always) mutating func addLookup(isHit: Bool) {
    lookups &+= 1
    if isHit { hits &+= 1 }
  }

  /// A line of the CDN's log: a request to the origin.
  @inline(always) mutating func addOriginRequest(hasFailed: Bool) {
    originRequests &+= 1
    if hasFailed { originErrors &+= 1 }
  }
}
