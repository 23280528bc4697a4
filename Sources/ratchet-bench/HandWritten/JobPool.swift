/// An attempt at a tier, or one that pauses before it; 64 bytes.
struct Job: BitwiseCopyable {
  /// The key of the call and of this attempt.
  var call: UInt64
  var key: UInt64 = 0
  /// When the call was made, and when this attempt was, in nanoseconds.
  var began: Int64
  var arrived: Int64 = 0
  /// The timeout's place among what is due at the same time.
  var timeoutSequence: UInt64 = 0
  /// The job of the tier before that waits for this one; -1 for the asker.
  var parent: Int32
  /// The next in the tier's queue, or among the free ones.
  var next: Int32 = -1
  /// Counts how often a timeout of this record has become void.
  var generation: UInt32
  var tier: UInt8
  var attempt: UInt8
  /// Whether whoever made the attempt still waits for it.
  var isAwaited = true
  private var padding: UInt64 = 0

  init(call: UInt64, began: Int64, parent: Int32, generation: UInt32, tier: UInt8, attempt: UInt8) {
    self.call = call
    self.began = began
    self.parent = parent
    self.generation = generation
    self.tier = tier
    self.attempt = attempt
  }
}

/// All jobs, in flat memory; those that are free form a list.
struct JobPool: ~Copyable {
  private var base = UnsafeMutablePointer<Job>.allocate(capacity: 4096)
  private var capacity: Int32 = 4096
  private var count: Int32 = 0
  private var firstFree: Int32 = -1

  deinit { base.deallocate() }

  @inline(__always) subscript(job: Int32) -> Job {
    unsafeAddress { UnsafePointer(base + Int(job)) }
    nonmutating unsafeMutableAddress { base + Int(job) }
  }

  @inline(__always) mutating func take(
    call: UInt64, began: Int64, parent: Int32, tier: UInt8, attempt: UInt8
  ) -> Int32 {
    let job = firstFree
    if job < 0 {
      return append(Job(call: call, began: began, parent: parent, generation: 0, tier: tier, attempt: attempt))
    }
    firstFree = base[Int(job)].next
    let generation = base[Int(job)].generation
    base[Int(job)] = Job(
      call: call, began: began, parent: parent, generation: generation, tier: tier, attempt: attempt)
    return job
  }

  @inline(__always) mutating func give(back job: Int32) {
    base[Int(job)].next = firstFree
    firstFree = job
  }

  @inline(never) private mutating func append(_ job: Job) -> Int32 {
    if count == capacity {
      let larger = UnsafeMutablePointer<Job>.allocate(capacity: Int(capacity) * 2)
      larger.moveInitialize(from: base, count: Int(count))
      base.deallocate()
      base = larger
      capacity *= 2
    }
    (base + Int(count)).initialize(to: job)
    count += 1
    return count - 1
  }
}

/// A tier's threads, its queue, and the timeouts of the attempts made at it.
struct Tier: BitwiseCopyable {
  struct Timeout: BitwiseCopyable {
    var job: Int32
    var generation: UInt32
  }

  var threads: Int32
  var busy: Int32 = 0
  private(set) var queued: Int32 = 0
  private var first: Int32 = -1
  private var last: Int32 = -1
  var laneIsArmed = false
  /// A ring of timeouts in the order in which they are due, void ones included until they come first.
  private(set) var lane: UnsafeMutablePointer<Timeout>
  private var capacity = 4096
  private var head = 0
  private var tail = 0

  init(threads: Int32) {
    self.threads = threads
    lane = .allocate(capacity: capacity)
  }

  @inline(__always) mutating func enqueue(_ job: Int32, in jobs: inout JobPool) {
    jobs[job].next = -1
    if queued > 0 { jobs[last].next = job } else { first = job }
    last = job
    queued &+= 1
  }

  @inline(__always) mutating func dequeue(from jobs: borrowing JobPool) -> Int32 {
    let job = first
    first = jobs[job].next
    queued &-= 1
    return job
  }

  @inline(__always) mutating func appendToLane(_ job: Int32, _ generation: UInt32) {
    if tail &- head == capacity { grow() }
    (lane + tail & (capacity &- 1)).initialize(to: Timeout(job: job, generation: generation))
    tail &+= 1
  }

  /// The job whose timeout is due first, void ones having been dropped.
  @inline(__always) mutating func headOfLane(_ jobs: borrowing JobPool) -> Int32? {
    while head < tail {
      let timeout = lane[head & (capacity &- 1)]
      if jobs[timeout.job].generation == timeout.generation { return timeout.job }
      head &+= 1
    }
    return nil
  }

  /// The job of the timeout that has come first and is due now; nil where it has become void.
  mutating func takeFromLane(_ jobs: borrowing JobPool) -> Int32? {
    let timeout = lane[head & (capacity &- 1)]
    head &+= 1
    return jobs[timeout.job].generation == timeout.generation ? timeout.job : nil
  }

  @inline(never) private mutating func grow() {
    let larger = UnsafeMutablePointer<Timeout>.allocate(capacity: capacity * 2)
    for offset in 0..<capacity {
      (larger + offset).initialize(to: lane[(head &+ offset) & (capacity &- 1)])
    }
    lane.deallocate()
    lane = larger
    head = 0
    tail = capacity
    capacity *= 2
  }
}
