/// The cells of one CDN from several ticks, taken together in the order of time.
///
/// Sums are Doubles: 64-bit integers would not hold the nanoseconds that a large audience watches in hours.
struct SignalSums {
  private var reports = 0.0
  private var transfers = 0.0
  private var errors = 0.0
  private var timeouts = 0.0
  private var throughput = 0.0
  private var firstByte = 0.0
  private var watched = 0.0
  private var stalled = 0.0
  private var starts = 0.0
  private var failedStarts = 0.0
  private var lookups = 0.0
  private var hits = 0.0
  private var originRequests = 0.0
  private var originErrors = 0.0
  private var egress = 0.0
  private var sessions = 0.0
  private var share = 0.0
  private var shares = 0.0
  private var ticks = 0.0

  /// - Parameter all: how many sessions all CDNs had.
  mutating func add(_ cell: SignalCell, ofSessions all: Int64) {
    reports += Double(cell.reports)
    transfers += Double(cell.transfers)
    errors += Double(cell.errors)
    timeouts += Double(cell.timeouts)
    throughput += cell.throughput
    firstByte += Double(cell.firstByte)
    watched += Double(cell.watched)
    stalled += Double(cell.stalled)
    starts += Double(cell.starts)
    failedStarts += Double(cell.failedStarts)
    lookups += Double(cell.lookups)
    hits += Double(cell.hits)
    originRequests += Double(cell.originRequests)
    originErrors += Double(cell.originErrors)
    egress += Double(cell.egress)
    sessions = Double(cell.sessions)
    share = ratio(sessions, Double(all))
    shares += share
    ticks += 1
  }

  /// - Parameters:
  ///   - seconds: the length of a tick.
  ///   - capacity: bits per second; 0 for no limit.
  func write(to signals: inout CDNSignals, seconds: Double, capacity: Double) {
    let delivered = transfers - errors - timeouts
    signals.errorRatio = ratio(errors, transfers)
    signals.timeoutRatio = ratio(timeouts, transfers)
    signals.throughput = ratio(throughput, delivered)
    signals.firstByte = ratio(firstByte, delivered) / 1e9
    signals.rebuffering = ratio(stalled, watched)
    signals.startFailures = ratio(failedStarts, starts)
    signals.hitRatio = ratio(hits, lookups)
    signals.egress = ratio(egress, ticks * seconds)
    signals.load = ratio(signals.egress, capacity)
    signals.originErrors = ratio(originErrors, originRequests)
    signals.share = share
    signals.sessions = sessions
    signals.reports = reports
    signals.transfers = transfers
    signals.meanShare = ratio(shares, ticks)
  }

  /// 0 of nothing.
  @inline(always) private func ratio(_ part: Double, _ whole: Double) -> Double { whole == 0 ? 0 : part / whole }
}
