/// A service and the operation that it ran.
struct Operation: Hashable, Comparable {
  let service: String
  let name: String

  static func < (a: Self, b: Self) -> Bool { (a.service, a.name) < (b.service, b.name) }
}

/// An interval on the clock, in nanoseconds.
struct Interval: Hashable {
  let start: Int64
  let end: Int64
  var duration: Int64 { end - start }
}

/// One call of an operation: a server's span, with the client's span around it merged into it.
struct Call {
  let operation: Operation
  /// As the callee saw it.
  let served: Interval
  /// As the caller saw it; `served` where the caller recorded nothing.
  let asked: Interval
  /// The calls that it waited for.
  let calls: [Call]
  /// Whether the operation was seen only by its callers: a database, a queue, a foreign service.
  let isInferred: Bool
  let host: String?
}

/// A request from its root on.
struct RootCall {
  let call: Call
  /// Whether it was started by another call that did not wait for it.
  let isAsynchronous: Bool
  /// How many requests it stands for: the inverse of the sampling probability.
  let weight: Double
}
