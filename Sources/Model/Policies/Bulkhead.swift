/// A limit on the calls that one caller replica has under way to one dependency.
///
/// The caller's own thread stays held in either kind. A caller that times out frees its place.
public enum Bulkhead: Hashable, Sendable {
  /// A thread pool of its own with a bounded queue; what finds the queue full is refused.
  case threads(Int, queue: QueueLimit)
  /// A semaphore; what finds it taken is refused at once, or after having waited `maxWait`.
  case concurrent(Int, maxWait: SimulationDuration)
}
