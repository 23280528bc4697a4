/// One replica of a service: its threads, the queue before them, and what faults have done to it.
struct Replica: BitwiseCopyable {
  var service: Int32
  var busy: Int32 = 0
  /// Threads that may be in use: those of the pool less those a fault has taken.
  var threads: Int32
  var queueLimit: Int32
  var queued: Int32 = 0
  var firstQueued: Int32 = -1
  var lastQueued: Int32 = -1
  /// The longest queue after the warm-up.
  var longestQueue: Int32 = 0
  /// Crashes that hold it down, and capacity faults that keep it out of balancing.
  var down: Int32 = 0
  var drained: Int32 = 0
  /// 1 unless slowed; 0 while paused.
  var speed: Double = 1

  // Integrals over time since the last boundary, in thread-nanoseconds and nanoseconds.
  var changed: Int64 = 0
  var busyTime: Int128 = 0
  var queueTime: Int128 = 0
  var fullTime: Int64 = 0
  var idleTime: Int64 = 0
  var upTime: Int64 = 0

  // Processor sharing, where the service has cores: see SharedCores.
  /// Cores shared by running work; 0 where work does not contend.
  var cores: Int32
  var running: Int32 = 0
  var sharedGeneration: UInt32 = 0
  /// Service that each running job has had since time 0, in nanoseconds with 64 bits of fraction.
  var virtualTime: UInt128 = 0
  var virtualChanged: Int64 = 0
  /// The running job that ends first; the others follow through their `next`.
  var firstJob: Int32 = -1

  /// Brings the integrals up to `now`; to be called before busy, queued, threads or down change.
  @inline(__always) mutating func integrate(to now: Int64) {
    let elapsed = now &- changed
    if elapsed == 0 { return }
    changed = now
    busyTime &+= Int128(busy) &* Int128(elapsed)
    queueTime &+= Int128(queued) &* Int128(elapsed)
    if busy == 0 { idleTime &+= elapsed }
    if busy >= threads { fullTime &+= elapsed }
    if down == 0 { upTime &+= elapsed }
  }
}
