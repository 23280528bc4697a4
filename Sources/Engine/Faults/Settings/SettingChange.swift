/// A value that a `set` changes, and what it is then.
struct SettingChange: BitwiseCopyable {
  enum Field: UInt8 {
    // Of a replica.
    case threads, queue, cores
    // Of a service.
    case replicas, balancing, cancellation
    /// Of an autoscaler: its settings by their number.
    case scaler
    // Of an operation: the sampler of work, and the bits of the probability.
    case work, probability
    // Of an edge: nanoseconds, or for policies the number of an edge that has them.
    case timeout, deadline, retry, breaker, bulkhead, fallback
    /// Of a workload: the number of a law.
    case arrivals
  }
  var field: Field
  /// The number of the replica, the service and so on.
  var subject: Int32
  /// What it is at first and at last; the same where it does not move.
  var start: Int64
  var end: Int64

  init(_ field: Field, of subject: Int32, from start: Int64? = nil, to end: Int64) {
    self.field = field
    self.subject = subject
    self.start = start ?? end
    self.end = end
  }

  /// The value once this part of the way has been gone, from 0 to 1: whole numbers are rounded.
  func value(at part: Double) -> Int64 {
    if part >= 1 || start == end { return end }
    if field == .probability {
      let (first, last) = (Double(bitPattern: UInt64(bitPattern: start)), Double(bitPattern: UInt64(bitPattern: end)))
      return Int64(bitPattern: (first + (last - first) * part).bitPattern)
    }
    return Int64((Double(start) + (Double(end) - Double(start)) * part).rounded())
  }
}

/// All that `set` faults change, compiled.
struct CompiledSettings {
  /// Those of one fault stand together.
  var changes: [SettingChange] = []
  /// Edges with other policies.
  var edges: [Edge] = []
  var scalers: [ScalerSettings] = []
  var laws: [ArrivalLaw] = []
  /// The workloads whose arrivals are set, and how often at most they change in a replication.
  var arrivalChanges: [(workload: Int32, count: Int)] = []
}
