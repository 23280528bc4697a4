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
  /// The longest queue since the last reading.
  private var longestQueue: Int32 = 0
  /// Crashes that hold it down, and capacity faults that keep it out of balancing.
  var down: Int32 = 0
  var drained: Int32 = 0
  /// 1 unless slowed; 0 while paused.
  var speed: Double = 1

  // Integrals over time since the last boundary, in thread-nanoseconds and nanoseconds. What rises at an instant is
  // entered as minus that instant, what falls as plus it: so a change costs one addition, and the sum is whole once
  // what is still up is taken to have fallen. See `readMeter`.
  private var busyTime: Int128 = 0
  private var queueTime: Int128 = 0
  private var fullTime: Int64 = 0
  private var idleTime: Int64 = 0
  private var upTime: Int64 = 0
  private var readyTime: Int64 = 0

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

  // Autoscaling, where the service has it.
  /// Takes calls, as far as no fault keeps it from them.
  private(set) var isReady = true
  var isBooting = false
  /// How often it has begun to boot.
  var boots: UInt32 = 0
  /// Nanoseconds.
  private(set) var readySince: Int64 = 0
  /// Core- and thread-nanoseconds in use since the autoscaler looked last.
  var coreUse: Int64 = 0
  private(set) var threadUse: Int64 = 0
  private var busyRead: Int64 = 0
  /// The number of threads in use at which it is idle; one that never is while it is not ready.
  private var idleLevel: Int32 = 0

  init(service: Int32, threads: Int32, queueLimit: Int32, cores: Int32) {
    self.service = service
    self.threads = threads
    self.queueLimit = queueLimit
    self.cores = cores
  }

  @inline(always) private var isIdle: Bool { busy == idleLevel }
  @inline(always) private var isFull: Bool { busy >= threads }
  @inline(always) private var isUp: Bool { down == 0 && isReady }

  /// A call takes a thread.
  @inline(always) mutating func take(at now: Int64) {
    if isIdle { idleTime &+= now }
    let wasFull = isFull
    busy &+= 1
    busyTime &-= Int128(now)
    if isFull, !wasFull { fullTime &-= now }
  }

  /// A call gives its thread back.
  @inline(always) mutating func release(at now: Int64) {
    let wasFull = isFull
    busy &-= 1
    busyTime &+= Int128(now)
    if wasFull, !isFull { fullTime &+= now }
    if isIdle { idleTime &-= now }
  }

  /// A call joins the queue.
  @inline(always) mutating func join(at now: Int64) {
    queued &+= 1
    queueTime &-= Int128(now)
    if queued > longestQueue { longestQueue = queued }
  }

  /// A call leaves the queue.
  @inline(always) mutating func leave(at now: Int64) {
    queued &-= 1
    queueTime &+= Int128(now)
  }

  /// Faults take threads, or crash the replica.
  mutating func change(threads: Int32, down: Int32, at now: Int64) {
    if isFull { fullTime &+= now }
    if isUp { upTime &+= now }
    self.threads = threads
    self.down = down
    if isFull { fullTime &-= now }
    if isUp { upTime &-= now }
  }

  /// An autoscaler makes it take calls, or no more of them.
  mutating func changeReadiness(to ready: Bool, at now: Int64) {
    if isIdle { idleTime &+= now }
    if isUp { upTime &+= now }
    if isReady { readyTime &+= now }
    isReady = ready
    idleLevel = ready ? 0 : -1
    readySince = now
    forgetUse(at: now)
    if isIdle { idleTime &-= now }
    if isUp { upTime &-= now }
    if isReady { readyTime &-= now }
  }

  /// Enters which threads were in use since the last reading of meters or of this.
  mutating func readThreadUse(at now: Int64) {
    let busyNow = Int64(truncatingIfNeeded: busyTime &+ Int128(busy) &* Int128(now))
    threadUse &+= busyNow &- busyRead
    busyRead = busyNow
  }

  /// The autoscaler has looked.
  mutating func forgetUse(at now: Int64) {
    readThreadUse(at: now)
    threadUse = 0
    coreUse = 0
  }

  /// What the queue was before does not count.
  mutating func restartLongestQueue() { longestQueue = queued }

  /// What has been since the last reading, and begins anew.
  mutating func readMeter(at now: Int64) -> ReplicaReading {
    let reading = reading(at: now)
    longestQueue = queued
    readThreadUse(at: now)
    busyRead = 0
    busyTime = 0 &- Int128(busy) &* Int128(now)
    queueTime = 0 &- Int128(queued) &* Int128(now)
    fullTime = isFull ? 0 &- now : 0
    idleTime = isIdle ? 0 &- now : 0
    upTime = isUp ? 0 &- now : 0
    readyTime = isReady ? 0 &- now : 0
    return reading
  }

  /// What has been since the last reading that began anew.
  func reading(at now: Int64) -> ReplicaReading {
    ReplicaReading(
      busy: busyTime &+ Int128(busy) &* Int128(now), queue: queueTime &+ Int128(queued) &* Int128(now),
      full: fullTime &+ (isFull ? now : 0), idle: idleTime &+ (isIdle ? now : 0), up: upTime &+ (isUp ? now : 0),
      ready: readyTime &+ (isReady ? now : 0), longestQueue: longestQueue)
  }
}

/// What a replica has done over a stretch of time.
struct ReplicaReading: BitwiseCopyable {
  /// Thread-nanoseconds in use, and call-nanoseconds in the queue.
  var busy: Int128 = 0
  var queue: Int128 = 0
  /// Nanoseconds with all threads in use, with none, and not crashed.
  var full: Int64 = 0
  var idle: Int64 = 0
  var up: Int64 = 0
  /// Nanoseconds in which an autoscaler let it take calls; all where there is none.
  var ready: Int64 = 0
  var longestQueue: Int32 = 0
}
