/// What steering has been told of each CDN, tick by tick, and what an evaluation may see of it.
///
/// A tick is the time from one evaluation to the next. What is added belongs to the tick that is under way. An
/// evaluation sees whole ticks alone: the youngest one it sees is the lag, rounded up to whole ticks, behind the one
/// that has just ended, and it sees as many as the look-back has, rounded up, fewer at the beginning.
struct SignalWindow: ~Copyable {
  private let cdnCount: Int
  /// Nanoseconds.
  private let tick: Int64
  /// Whole ticks.
  private let lag: Int64
  private let lookBack: Int64
  /// Bits per second of each CDN; 0 for no limit.
  private let capacities: Table<Double>
  /// A ring of ticks, each with a cell for every CDN.
  private var cells: Slab<SignalCell>
  /// How many ticks have ended.
  private var ended: Int64 = 0

  /// - Parameters:
  ///   - tick: nanoseconds, at least 1; so are `lag` and `lookBack`.
  init(tick: Int64, lag: Int64, lookBack: Int64, capacities: Table<Double>) {
    precondition(tick > 0 && lag >= 0 && lookBack > 0, "ticks and the look-back last, and lags don't run backwards")
    self.tick = tick
    self.lag = lag / tick + (lag % tick > 0 ? 1 : 0)
    self.lookBack = lookBack / tick + (lookBack % tick > 0 ? 1 : 0)
    self.capacities = capacities
    cdnCount = capacities.count
    cells = Slab(repeating: SignalCell(), count: Int(self.lag + self.lookBack + 1) * capacities.count)
  }

  mutating func reset() {
    cells.fill(with: SignalCell())
    ended = 0
  }

  /// The cell of a CDN for the tick under way, to add to.
  subscript(cdn: Int32) -> SignalCell {
    unsafeAddress { UnsafePointer(cells.at(index(ended, cdn)).place) }
    unsafeMutableAddress { cells.at(index(ended, cdn)).place }
  }

  /// Ends the tick under way, whose cells have their `sessions` by now, and begins the next.
  mutating func advance() {
    ended += 1
    for cdn in 0..<Int32(cdnCount) { cells[index(ended, cdn)] = SignalCell() }
  }

  /// Writes what an evaluation sees now; `cost`, `weight` and `age` are not of it, and stay.
  func read(into signals: inout Slab<CDNSignals>) {
    let end = ended - lag
    let first = max(0, end - lookBack)
    for cdn in 0..<Int32(cdnCount) {
      var sums = SignalSums()
      for time in stride(from: first, to: end, by: 1) {
        sums.add(cells[index(time, cdn)], ofSessions: sessions(at: time))
      }
      sums.write(to: &signals[cdn], seconds: Double(tick) / 1e9, capacity: capacities[cdn])
    }
  }

  private func sessions(at time: Int64) -> Int64 {
    var sum: Int64 = 0
    for cdn in 0..<Int32(cdnCount) { sum += cells[index(time, cdn)].sessions }
    return sum
  }

  @inline(always) private func index(_ time: Int64, _ cdn: Int32) -> Int32 {
    Int32(time % (lag + lookBack + 1)) * Int32(cdnCount) + cdn
  }
}
