/// One attempt in a server: an endpoint's steps with a program counter, in a slab.
struct Frame: BitwiseCopyable {
  enum State: UInt8 {
    case free
    /// On its way to the callee, or its reply on the way back.
    case travelling
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
  /// The attempt's key, from which all that it draws derives.
  var key: UInt64
  /// The logical request's key, for scope.
  var request: UInt64
  /// When it reached the server.
  var arrived: Int64
  /// While working: when that ends; while its replica is paused: the work that remains. On shared cores: the virtual
  /// time at which it ends, whose fraction of a nanosecond is `workFraction` x 2^-64.
  var workEnd: Int64
  /// The caller's call; -1 once the caller has gone.
  var call: Int32
  /// Neighbours in the replica's queue, or among the jobs that share its cores.
  var next: Int32
  var previous: Int32
  /// The first of the calls it waits for, linked through their `sibling`.
  var firstChild: Int32
  var programCounter: Int32
  var replica: Int32
  var endpoint: Int32
  /// While hung: the fault instance.
  var fault: Int32
  var generation: UInt32
  /// Why the step it waits in has failed; `none` while it has not.
  var blame: Blame
  /// Successes still needed, and failures that can still be borne, in the step it waits in.
  var needed: Int16
  var spare: Int16
  var workload: Int16
  var state: State
  var degraded: Bool
  var holdsThread: Bool
  /// Whether it counts: it arrived after the warm-up.
  var measured: Bool
  /// Latency faults: how many times as long the callee takes to answer.
  var slowdown: Double
  /// While its reply travels: how the caller will see a failure.
  var view: ReasonCode
  var workFraction: UInt64
}

/// One logical call by a caller: its attempts, its timers, its place in a bulkhead; in a slab.
struct Call: BitwiseCopyable {
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
  var key: UInt64
  var request: UInt64
  /// When the caller made the call, and when it issued the current attempt.
  var began: Int64
  var attemptBegan: Int64
  /// The armed timeout: due when, and its order in the calendar.
  var due: Int64
  var dueOrder: UInt64
  /// The last pause, for decorrelated jitter, in nanoseconds.
  var pause: Int64
  /// Bit n is set where the request counts in window n; root calls only.
  var windows: UInt64
  /// The waiting frame; `root` for a request of its own, `orphan` once nobody waits.
  var parent: Int32
  /// The attempt's frame; -1 where there is none.
  var frame: Int32
  var sibling: Int32
  var edge: Int32
  var edgeState: Int32
  /// The callee's replica of the current attempt, for outstanding counts; -1 where there is none.
  var replica: Int32
  /// Neighbours in the timeout lane; neighbours in the bulkhead's queue.
  var timerNext: Int32
  var timerPrevious: Int32
  var queueNext: Int32
  var queuePrevious: Int32
  var generation: UInt32
  var blame: Blame
  var attempt: Int32
  /// Root calls: the closed client who asks, or -1, and the bin of the timeline in which it asked.
  var client: Int32
  var bin: Int32
  var workload: Int16
  var state: State
  var timerArmed: Bool
  var holdsPlace: Bool
  /// Whether the breaker has permitted the attempt and awaits its result.
  var permitted: Bool
  /// The call that its fallback makes, or the one whose fallback it is; -1 where neither.
  var counterpart: Int32

  static let root: Int32 = -1
  static let orphan: Int32 = -2
}
