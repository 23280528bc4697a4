import Model
import Sampling

/// A compiled dependency: who calls, whom, and the policies around the call.
struct Edge: BitwiseCopyable {
  /// The calling service; -1 where a workload calls.
  var caller: Int32
  /// The calling workload; -1 where a service calls.
  var workload: Int32
  var service: Int32
  var endpoint: Int32
  /// The callee's first operation.
  var start: Int32 = 0
  /// Whether that is work which is always done.
  var beginsWithWork = false
  /// The callee's first replica.
  var firstReplica: Int32 = 0
  /// Whether the callee's balancing counts what is outstanding.
  var countsOutstanding = false
  /// The index of this edge among components, for blame.
  var component: Int32
  /// The first of the edge's states, one per replica of the caller.
  var firstState: Int32
  /// Nanoseconds; `noLimit` where none.
  var timeout: Int64
  var deadline: Int64

  // Retry
  var attempts: Int32
  /// The first of `attempts - 1` pauses, in nanoseconds, before jitter.
  var firstPause: Int32
  /// The longest pause, in nanoseconds.
  var longestPause: Int64
  var jitter: UInt8
  /// Bit n is set where a failure with the reason of raw index n is retried.
  var retryOn: UInt8

  /// Index of the breaker's settings; -1 where there is none.
  var breaker: Int32

  // Bulkhead: 0 places where there is none.
  var places: Int32
  var bulkheadQueue: Int32
  /// The longest wait for a place, in nanoseconds; `noLimit` in a thread pool's queue.
  var bulkheadWait: Int64

  // Fallback: sampler -1 where there is none.
  var fallbackSampler: Int32
  /// The fallback fails when the keyed draw is below this.
  var fallbackFails: UInt64
  /// The edge that the fallback calls; -1 for a static response.
  var fallbackEdge: Int32

  var balancing: UInt8
  /// Whether the callee ends a call that its caller gave up.
  var cancels: Bool
  /// Index among the caches of answers; -1 where none are kept.
  var cache: Int32 = -1

  static let noLimit = Int64.max
}

/// What one caller replica knows about one edge.
struct EdgeState: BitwiseCopyable {
  var edge: Int32
  /// Bulkhead places in use, and those waiting for one.
  var inUse: Int32 = 0
  var waiting: Int32 = 0
  var firstWaiting: Int32 = -1
  var lastWaiting: Int32 = -1
  /// The next turn of a round robin.
  var turn: UInt32 = 0
  /// The first of the outstanding counts, one per replica of the callee; -1 unless least-request.
  var firstOutstanding: Int32
  /// Index of the breaker's state; -1 where there is none.
  var breaker: Int32
}

extension Balancing {
  var code: UInt8 {
    switch self {
    case .roundRobin: 0
    case .random: 1
    case .leastRequest: 2
    }
  }
}

extension Retry.Jitter {
  var code: UInt8 {
    switch self {
    case .none: 0
    case .full: 1
    case .equal: 2
    case .decorrelated: 3
    }
  }
}
