/// One attempt in a server: an endpoint's steps with a program counter, in an arena.
///
/// Two cache lines: what the common case reads and writes, then what only forks, failures and faults need. The second
/// is not initialised: `flags` and `state` say what of it holds.
struct Frame: Recyclable {
  enum State: UInt8 {
    case free
    /// On its way to the callee.
    case travelling
    /// Its reply is on the way back.
    case returning
    /// In the replica's queue for a thread, new or to go on (`style: async`).
    case queued
    /// In the queue of what is to be resumed within this event.
    case ready
    case working
    /// Waiting for callees.
    case waiting
    /// Held by a hang until the fault ends.
    case hung
  }
  struct Flags: OptionSet, BitwiseCopyable {
    let rawValue: UInt8
    static let degraded = Flags(rawValue: 1)
    static let holdsThread = Flags(rawValue: 2)
    /// It counts: it arrived after the warm-up.
    static let measured = Flags(rawValue: 4)
    /// The step it waits in has failed: `blame` says why.
    static let hasFailed = Flags(rawValue: 8)
    /// A fault may hold back its reply; a latency fault multiplies the time that the callee takes: `slowdown`.
    static let slowed = Flags(rawValue: 16)
    /// A hang holds it, or a partition or a loss on its way: `fault`.
    static let held = Flags(rawValue: 32)
    /// It waits in a fork: `needed` and `spare`.
    static let forked = Flags(rawValue: 64)
    /// It has had its first thread.
    static let started = Flags(rawValue: 128)
  }

  /// The attempt's key, from which all that it draws derives.
  var key: UInt64
  /// The logical request's key, for scope.
  var request: UInt64
  /// When it reached the server.
  var arrived: Int64
  /// While working: when that ends; while its replica is paused: the work that remains. On shared cores: the virtual
  /// time at which it ends, whose fraction of a nanosecond is `workFraction` x 2^-64. While its reply is held: when it would
  /// have come without a fault on the way.
  var workEnd: Int64
  /// The caller's call; -1 once the caller has gone.
  var call: Int32
  /// Neighbours in the replica's queue, or among the jobs that share its cores.
  var next: Int32
  var previous: Int32
  /// The first of the calls it waits for, linked through their `sibling`.
  var firstChild: Int32
  /// The next operation.
  var programCounter: Int32
  var replica: Int32
  var generation: UInt32
  var workload: Int16
  var state: State
  var flags: Flags

  /// Why the step it waits in has failed, or how its reply ends.
  var blame: Blame
  /// Successes still needed, and failures that can still be borne, in the fork it waits in.
  var needed: Int16
  var spare: Int16
  /// While held: the fault instance.
  var fault: Int32
  /// How many times as long the callee takes to answer.
  var slowdown: Double
  var workFraction: UInt64
  /// While its reply travels: how the caller will see a failure.
  var view: ReasonCode
  /// Where telemetry is recorded: the request at the root, and the attempt whose call it serves.
  var trace: UInt64
  var caller: UInt64
  /// While it travels or waits to be answered, where faults have made it wait, or kept a server's error from it: the edge,
  /// and how far it has come.
  var edge: Int32
  var leg: Leg

  static var vacant: Frame {
    Frame(
      key: 0, request: 0, arrived: 0, workEnd: 0, call: -1, next: -1, previous: -1, firstChild: -1, programCounter: 0,
      replica: 0, generation: 0, workload: 0, state: .free, flags: [], blame: .none, needed: 0, spare: 0, fault: -1,
      slowdown: 1, workFraction: 0, view: .error, trace: 0, caller: 0, edge: -1, leg: .way)
  }

  var link: Int32 {
    @inline(always) get { next }
    @inline(always) set { next = newValue }
  }

  /// The fault that holds it; -1 where none does.
  var holder: Int32 { flags.contains(.held) ? fault : -1 }
}

/// One logical call by a caller: its attempts, its timers, its place in a bulkhead; in an arena.
///
/// Two cache lines: what every attempt needs, then what only the requests of workloads and some policies need. Of the
/// second, what `flags`, `state` and `parent` do not call for is not initialised.
struct Call: Recyclable {
  enum State: UInt8 {
    case free
    /// In a bulkhead's queue.
    case queued
    /// The attempt has been issued.
    case outstanding
    /// Pausing before the next attempt.
    case backingOff
    /// In the fallback.
    case fallingBack
  }
  struct Flags: OptionSet, BitwiseCopyable {
    let rawValue: UInt8
    static let timerArmed = Flags(rawValue: 1)
    /// It holds a place of its bulkhead.
    static let holdsPlace = Flags(rawValue: 2)
    /// The breaker has permitted the attempt and awaits its result.
    static let permitted = Flags(rawValue: 4)
    /// The attempt is among the outstanding ones of `replica`.
    static let isCounted = Flags(rawValue: 8)
    /// It is one of two: the call that a fallback makes, which knows by `counterpart` whose fallback it is.
    static let isFallback = Flags(rawValue: 16)
    /// Its answer is kept by the caller: `windows` is the object, `client` and `bin` are its size.
    static let fillsCache = Flags(rawValue: 32)
  }

  var key: UInt64
  var request: UInt64
  /// When the caller issued the current attempt.
  var attemptBegan: Int64
  /// The armed timeout's order in the calendar.
  var dueOrder: UInt64
  /// The waiting frame; `root` for a request of its own, `orphan` once nobody waits; below these, part of a session.
  var parent: Int32
  /// The attempt's frame; -1 where there is none.
  var frame: Int32
  var sibling: Int32
  /// Neighbours in the timeout lane.
  var timerNext: Int32
  var timerPrevious: Int32
  var edge: Int32
  var edgeState: Int32
  var generation: UInt32

  var attempt: Int32
  var workload: Int16
  var state: State
  var flags: Flags
  /// When the caller made the call.
  var began: Int64
  /// Bit n is set where the request counts in window n, of root calls. Of a call that fills a cache: the object.
  var windows: UInt64
  /// Root calls: the closed client who asks, or -1, and the bin of the timeline in which it asked.
  var client: Int32
  var bin: Int32
  /// The last pause, for decorrelated jitter, in nanoseconds.
  var pause: Int64
  /// While falling back: why the call itself has failed.
  var blame: Blame
  /// Neighbours in the bulkhead's queue.
  var queueNext: Int32
  var queuePrevious: Int32
  var counterpart: Int32
  /// The callee's replica of the current attempt, for outstanding counts.
  var replica: Int32

  static let root: Int32 = -1
  static let orphan: Int32 = -2
  /// A call of a session's start, of a cache that lacks an object, and of a live channel for a segment: `client` is the
  /// session, the fill or the channel.
  static let session: Int32 = -3
  static let fill: Int32 = -4
  static let encoder: Int32 = -5
  /// A call of a player whose play is over: nobody waits for it.
  static let afterPlay: Int32 = -6

  static var vacant: Call {
    Call(
      key: 0, request: 0, attemptBegan: 0, dueOrder: 0, parent: orphan, frame: -1, sibling: -1, timerNext: -1,
      timerPrevious: -1, edge: 0, edgeState: 0, generation: 0, attempt: 0, workload: 0, state: .free, flags: [],
      began: 0, windows: 0, client: -1, bin: 0, pause: 0, blame: .none, queueNext: -1, queuePrevious: -1,
      counterpart: -1, replica: -1)
  }

  var link: Int32 {
    @inline(always) get { sibling }
    @inline(always) set { sibling = newValue }
  }
}
