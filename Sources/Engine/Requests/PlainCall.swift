import Sampling

/// What is to know of an edge for the short way of a call: an attempt that nothing but its callee's pool and its own
/// timeout can hold up, and that begins with work. See `Simulation.startPlainly`.
///
/// Retries and fallbacks are no obstacle: they act on failures, which take the long way.
struct PlainCall: BitwiseCopyable {
  /// Whether calls along the edge may take the short way.
  var isPlain: Bool
  /// The callee, its first replica and its endpoint.
  var service: Int32
  var firstReplica: Int32
  var endpoint: Int32
  /// The edge's first state.
  var firstState: Int32
  /// The callee's second operation; of the first, which is work, the sampler and the purpose of its draw.
  var second: Int32
  var sampler: Int32
  var purpose: UInt64
  var hasTimeout: Bool

  /// - Parameter first: the callee's first operation.
  init(_ edge: Edge, first: Operation) {
    isPlain =
      edge.beginsWithWork && edge.deadline == Edge.noLimit && edge.breaker < 0 && edge.places == 0 && edge.cache < 0
      && !edge.countsOutstanding
    service = edge.service
    firstReplica = edge.firstReplica
    endpoint = edge.endpoint
    firstState = edge.firstState
    second = edge.start + 1
    sampler = first.argument
    hasTimeout = edge.timeout != Edge.noLimit
    purpose = first.key &+ Purpose.work
  }
}
