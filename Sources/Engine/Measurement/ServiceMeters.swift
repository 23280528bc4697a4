/// What a service's replicas have done over a stretch of time, added up over replicas.
///
/// In seconds: each stretch between two boundaries is an exact integer of nanoseconds before it is added.
struct ServiceMeter: BitwiseCopyable {
  var busy: Double = 0
  var queue: Double = 0
  var full: Double = 0
  var idle: Double = 0
  var up: Double = 0
  /// In which an autoscaler let replicas take calls.
  var ready: Double = 0
  /// The longest queue of any one replica.
  var longestQueue: Int32 = 0

  mutating func add(_ other: ServiceMeter) {
    busy += other.busy
    queue += other.queue
    full += other.full
    idle += other.idle
    up += other.up
    ready += other.ready
    longestQueue = max(longestQueue, other.longestQueue)
  }
}
