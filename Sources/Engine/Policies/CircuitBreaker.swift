import Model

/// The settings of a breaker, as the engine reads them.
struct BreakerSettings: BitwiseCopyable {
  /// Fractions of the calls in the window; it opens when one is reached.
  var failureRate: Double
  var slowCallRate: Double
  /// Nanoseconds; slower than this is slow.
  var slowCall: Int64
  /// Calls in a count window; whole seconds in a time window.
  var window: Int32
  var isTimeWindow: Bool
  var minimumCalls: Int32
  /// Nanoseconds.
  var open: Int64
  var halfOpenCalls: Int32

  init(_ breaker: CircuitBreaker) {
    failureRate = breaker.failureRate.value
    slowCallRate = breaker.slowCallRate.value
    slowCall = breaker.slowCall.nanoseconds
    switch breaker.window {
    case .calls(let calls):
      window = Int32(clamping: calls)
      isTimeWindow = false
      minimumCalls = Int32(clamping: min(breaker.minimumCalls, calls))
    case .time(let length):
      window = Int32(clamping: max(1, length.nanoseconds / 1_000_000_000))
      isTimeWindow = true
      minimumCalls = Int32(clamping: breaker.minimumCalls)
    }
    open = breaker.open.nanoseconds
    halfOpenCalls = Int32(clamping: breaker.halfOpenCalls)
  }

  /// How many cells of the shared ring a breaker with these settings needs.
  var cells: Int { Int(max(window, halfOpenCalls)) }
}

/// Outcomes in one cell of a window: of one call, or of one second.
struct BreakerCell: BitwiseCopyable {
  var calls: Int32 = 0
  var failed: Int32 = 0
  var slow: Int32 = 0
  static let empty = BreakerCell()
}

/// The state of one breaker, as resilience4j's `CircuitBreakerStateMachine`: closed, open, half-open.
///
/// Results are recorded in whatever state the breaker is in when they arrive; while open they change nothing.
struct BreakerState: BitwiseCopyable {
  enum Phase: UInt8 { case closed, open, halfOpen }
  var phase: Phase = .closed
  /// The first of its cells in the shared ring.
  var firstCell: Int32
  /// Cells in use in the present phase, the next to be written, and the second it stands for.
  var size: Int32
  var cursor: Int32 = 0
  var second: Int64 = 0
  var total = BreakerCell.empty
  /// Calls that half-open still permits.
  var permits: Int32 = 0
  /// When it opened.
  var openedAt: Int64 = 0
  /// Time since the last boundary during which it was not closed.
  var notClosedTime: Int64 = 0
  var changed: Int64 = 0
}

/// All breakers of one replication.
struct Breakers: ~Copyable {
  private var states: Slab<BreakerState>
  private var cells: Slab<BreakerCell>
  private let settings: Table<BreakerSettings>
  private let settingsOf: Table<Int32>
  /// The same as the model has them.
  private let original: Table<Int32>
  private let canChange: Bool

  /// - Parameters:
  ///   - settingsOf: for each breaker the index of its settings.
  ///   - cells: how many cells each breaker may come to need; nil: those of its settings.
  ///   - canChange: whether breakers may be replaced.
  init(
    settings: Table<BreakerSettings>, settingsOf: Table<Int32>, cells room: Table<Int32>? = nil, canChange: Bool = false
  ) {
    self.settings = settings
    self.settingsOf = canChange ? settingsOf.copy() : settingsOf
    original = settingsOf
    self.canChange = canChange
    states = Slab(capacity: settingsOf.count)
    cells = Slab()
    for breaker in 0..<settingsOf.count {
      let its = settings[settingsOf[breaker]]
      states.append(BreakerState(firstCell: Int32(cells.count), size: its.window))
      for _ in 0..<(room.map { Int($0[breaker]) } ?? its.cells) { cells.append(.empty) }
    }
  }

  mutating func reset() {
    cells.fill(with: .empty)
    if original.count > 0, canChange { settingsOf.restore(from: original) }
    for breaker in 0..<states.count {
      states[breaker] = BreakerState(
        firstCell: states[breaker].firstCell, size: settings[settingsOf[breaker]].window)
    }
  }

  /// Puts a new breaker, closed and with nothing in its window, in the place of one.
  ///
  /// - Parameter other: the index of its settings; -1 where there is to be none, and so it does not matter.
  mutating func replace(_ breaker: Int32, by other: Int32, at now: Int64) {
    integrate(breaker, to: now)
    if other >= 0 { settingsOf.change(breaker) { $0 = other } }
    enter(.closed, breaker, at: now)
  }

  func phase(of breaker: Int32) -> BreakerState.Phase { states[breaker].phase }

  /// Whether a call may go through. An open breaker turns half-open on the first call strictly after its wait.
  mutating func permits(_ breaker: Int32, at now: Int64) -> Bool {
    switch states[breaker].phase {
    case .closed: return true
    case .open:
      if now <= states[breaker].openedAt &+ settings[settingsOf[breaker]].open { return false }
      enter(.halfOpen, breaker, at: now)
      states[breaker].permits &-= 1
      return true
    case .halfOpen:
      if states[breaker].permits == 0 { return false }
      states[breaker].permits &-= 1
      return true
    }
  }

  /// Gives back a permission whose call ended without a result.
  mutating func release(_ breaker: Int32) {
    if states[breaker].phase == .halfOpen { states[breaker].permits &+= 1 }
  }

  /// Records a call's result: how long it took in nanoseconds, and whether it failed.
  mutating func record(_ breaker: Int32, took: Int64, failed: Bool, at now: Int64) {
    let its = settings[settingsOf[breaker]]
    let slow = took > its.slowCall
    let result = BreakerCell(calls: 1, failed: failed ? 1 : 0, slow: slow ? 1 : 0)
    switch states[breaker].phase {
    case .open: break
    case .closed:
      if its.isTimeWindow {
        addToSecond(result, breaker, at: now)
      } else {
        replaceOldest(with: result, breaker)
      }
      if states[breaker].total.calls >= its.minimumCalls, trips(breaker, its) {
        enter(.open, breaker, at: now)
      }
    case .halfOpen:
      replaceOldest(with: result, breaker)
      if states[breaker].total.calls >= its.halfOpenCalls {
        enter(trips(breaker, its) ? .open : .closed, breaker, at: now)
      }
    }
  }

  /// The time not spent closed since the last boundary, as thread of the timeline; restarts the count.
  mutating func takeNotClosedTime(of breaker: Int32, at now: Int64) -> Int64 {
    integrate(breaker, to: now)
    defer { states[breaker].notClosedTime = 0 }
    return states[breaker].notClosedTime
  }

  /// The same, and leaves the count as it is.
  func notClosedTime(of breaker: Int32, at now: Int64) -> Int64 {
    let state = states[breaker]
    return state.notClosedTime &+ (state.phase == .closed ? 0 : now &- state.changed)
  }

  private mutating func integrate(_ breaker: Int32, to now: Int64) {
    if states[breaker].phase != .closed {
      states[breaker].notClosedTime &+= now &- states[breaker].changed
    }
    states[breaker].changed = now
  }

  private func trips(_ breaker: Int32, _ its: BreakerSettings) -> Bool {
    let total = states[breaker].total
    // A rate that is reached exactly trips, also where its decimal fraction has no exact Double.
    let calls = Double(total.calls) * (1 - 1e-12)
    return Double(total.failed) >= its.failureRate * calls
      || Double(total.slow) >= its.slowCallRate * calls
  }

  private mutating func enter(_ phase: BreakerState.Phase, _ breaker: Int32, at now: Int64) {
    integrate(breaker, to: now)
    let its = settings[settingsOf[breaker]]
    states[breaker].phase = phase
    switch phase {
    case .open:
      states[breaker].openedAt = now
      return
    case .halfOpen:
      states[breaker].permits = its.halfOpenCalls
      states[breaker].size = its.halfOpenCalls
    case .closed:
      states[breaker].size = its.window
    }
    states[breaker].total = .empty
    states[breaker].cursor = 0
    states[breaker].second = now / 1_000_000_000
    let first = Int(states[breaker].firstCell)
    for cell in first..<first + its.cells { cells[cell] = .empty }
  }

  private mutating func replaceOldest(with result: BreakerCell, _ breaker: Int32) {
    let cell = states[breaker].firstCell &+ states[breaker].cursor
    states[breaker].total.exchange(cells[cell], for: result)
    cells[cell] = result
    states[breaker].cursor &+= 1
    if states[breaker].cursor == states[breaker].size { states[breaker].cursor = 0 }
  }

  /// Moves the window to the present second, dropping those that have left it, and adds the result there.
  private mutating func addToSecond(_ result: BreakerCell, _ breaker: Int32, at now: Int64) {
    let present = now / 1_000_000_000
    let passed = min(present &- states[breaker].second, Int64(states[breaker].size))
    for _ in 0..<passed {
      states[breaker].cursor &+= 1
      if states[breaker].cursor == states[breaker].size { states[breaker].cursor = 0 }
      let cell = states[breaker].firstCell &+ states[breaker].cursor
      states[breaker].total.exchange(cells[cell], for: .empty)
      cells[cell] = .empty
    }
    states[breaker].second = present
    let cell = states[breaker].firstCell &+ states[breaker].cursor
    states[breaker].total.exchange(.empty, for: result)
    cells[cell].exchange(.empty, for: result)
  }
}

extension BreakerCell {
  fileprivate mutating func exchange(_ old: BreakerCell, for new: BreakerCell) {
    calls &+= new.calls &- old.calls
    failed &+= new.failed &- old.failed
    slow &+= new.slow &- old.slow
  }
}
