import Engine
import Sampling

/// The three-tier chain as one loop for this one model: the floor under what the general engine takes.
///
/// It means what `Models/chain.yaml` means and draws the same numbers, so its answers must be the engine's to the last
/// nanosecond. It knows its topology by heart, keeps the next arrival in a variable, its timeouts in first-in-first-out
/// lanes and all else in flat memory, and checks nothing that can't happen in it.
struct HandWrittenChain: ~Copyable {
  private static var tierCount: Int { 3 }
  private static let threads: [Int32] = [64, 32, 16]
  private static var timeout: Int64 { 1_000_000_000 }
  private static var pause: Int64 { 50_000_000 }
  private static var attempts: UInt8 { 3 }

  private let samplers: SamplerBank
  private let work: Sampler
  private let interarrival: Sampler
  private let queueLimit: Int32
  private let horizon: Int64

  private var now: Int64 = 0
  private var calendar = PackedCalendar()
  private var sequence: UInt64 = 0
  private var jobs = JobPool()
  private let tiers: UnsafeMutablePointer<Tier>
  private(set) var measures = ChainMeasures()

  private let workKey: UInt64
  private let callKeys: (UInt64, UInt64)

  /// - Parameters:
  ///   - rate: requests a second.
  ///   - queue: how many attempts wait at each tier at most.
  ///   - horizon: nanoseconds.
  init(rate: Double, queue: Int, horizon: Int64) throws {
    samplers = SamplerBank([try .lognormal(mean: 0.01, cv: 1), try .exponential(mean: 1 / rate)])
    work = samplers[0]
    interarrival = samplers[1]
    queueLimit = Int32(queue)
    self.horizon = horizon
    tiers = .allocate(capacity: Self.tierCount)
    for tier in 0..<Self.tierCount { (tiers + tier).initialize(to: Tier(threads: Self.threads[tier])) }
    workKey = DrawKey.hash(of: "own work") &+ 1
    callKeys = (DrawKey.hash(of: "b"), DrawKey.hash(of: "c"))
  }

  deinit {
    for tier in 0..<Self.tierCount { tiers[tier].lane.deallocate() }
    tiers.deallocate()
  }

  mutating func run(seed: UInt64) {
    let stream = DrawKey(seed: seed, replication: 0).child(named: "workload").child(named: "w")
    var index: UInt64 = 1
    var request = stream.child(index)
    var arrival = interarrival.nanoseconds(request.draw(10))
    while true {
      let entry = calendar.least()
      let time = Int64(truncatingIfNeeded: UInt64(truncatingIfNeeded: entry >> 64) & UInt64(Int64.max))
      // At equal times arrivals come last.
      if arrival < time {
        if arrival >= horizon { break }
        now = arrival
        let key = request
        index &+= 1
        request = stream.child(index)
        arrival &+= interarrival.nanoseconds(request.draw(10))
        measures.arrivals &+= 1
        attempt(jobs.take(call: key.bits, began: now, parent: -1, tier: 0, attempt: 1), at: 0)
      } else {
        if time >= horizon { break }
        now = time
        calendar.removeLeast()
        let low = UInt64(truncatingIfNeeded: entry)
        let job = Int32(truncatingIfNeeded: low & 0x1F_FFFF)
        switch (low >> 21) & 7 {
        case 0: callNext(job, callKeys.0, at: 1)
        case 1: callNext(job, callKeys.1, at: 2)
        case 2: answer(job)
        case Kind.lane: fireLane(Int(job))
        default: attemptAgain(job)
        }
      }
    }
  }

  /// What an entry of the calendar stands for, besides work that is done at tier 0, 1 or 2.
  private enum Kind {
    static var lane: UInt64 { 3 }
    static var backoff: UInt64 { 4 }

    /// Completions before timers, as in the engine; then in the order in which they came up.
    @inline(__always) static func order(_ kind: UInt64, _ sequence: UInt64, _ index: Int32) -> UInt64 {
      (kind < lane ? 1 : 2) << 62 | sequence << 24 | kind << 21 | UInt64(truncatingIfNeeded: index)
    }
  }

  @inline(__always) private mutating func push(_ kind: UInt64, at time: Int64, _ index: Int32) {
    sequence &+= 1
    calendar.push(
      UInt128(truncatingIfNeeded: time) << 64 | UInt128(Kind.order(kind, sequence, index)))
  }

  @inline(never) private mutating func attemptAgain(_ job: Int32) { attempt(job, at: Int(jobs[job].tier)) }

  /// The job's attempt reaches its tier: it takes a thread, waits for one, or is refused.
  @inline(__always) private mutating func attempt(_ job: Int32, at tier: Int) {
    jobs[job].key = DrawKey(bits: jobs[job].call).child(UInt64(jobs[job].attempt)).bits
    jobs[job].arrived = now
    sequence &+= 1
    jobs[job].timeoutSequence = sequence
    let isFree = tiers[tier].busy < tiers[tier].threads
    if !isFree, tiers[tier].queued >= queueLimit {
      measures.record(tier, failed: true, 0)
      fail(job)
      return
    }
    tiers[tier].appendToLane(job, jobs[job].generation)
    if !tiers[tier].laneIsArmed { armLane(tier) }
    if isFree {
      tiers[tier].busy &+= 1
      start(job, at: tier)
    } else {
      tiers[tier].enqueue(job, in: &jobs)
    }
  }

  @inline(__always) private mutating func start(_ job: Int32, at tier: Int) {
    let duration = work.nanoseconds(DrawKey(bits: jobs[job].key).draw(workKey))
    push(UInt64(truncatingIfNeeded: tier), at: now &+ duration, job)
  }

  /// Own work is done, and the next tier is called.
  @inline(__always) private mutating func callNext(_ job: Int32, _ callKey: UInt64, at tier: UInt8) {
    let key = DrawKey(bits: jobs[job].key).child(callKey)
    attempt(jobs.take(call: key.bits, began: now, parent: job, tier: tier, attempt: 1), at: Int(tier))
  }

  /// The last tier has done its work, and with it all who wait for it are done.
  @inline(__always) private mutating func answer(_ c: Int32) {
    guard let b = leave(c, 2, failed: false) else { return }
    jobs.give(back: c)
    guard let a = leave(b, 1, failed: false) else { return }
    jobs.give(back: b)
    guard leave(a, 0, failed: false) != nil else { return }
    measures.record(3, failed: false, now &- jobs[a].began)
    jobs.give(back: a)
  }

  /// The job leaves its tier.
  /// - Returns: who waits for it; nil where it has been given up, and its record is free.
  @inline(__always) private mutating func leave(_ job: Int32, _ tier: Int, failed: Bool) -> Int32? {
    measures.record(tier, failed: failed, now &- jobs[job].arrived)
    jobs[job].generation &+= 1
    if tiers[tier].queued > 0 {
      start(tiers[tier].dequeue(from: jobs), at: tier)
    } else {
      tiers[tier].busy &-= 1
    }
    if jobs[job].isAwaited { return jobs[job].parent }
    jobs.give(back: job)
    return nil
  }

  /// The attempt has failed: another one after the pause, in the same record, or the failure of the call.
  @inline(never) private mutating func fail(_ job: Int32) {
    if jobs[job].attempt < Self.attempts {
      jobs[job].attempt &+= 1
      push(Kind.backoff, at: now &+ Self.pause, job)
      return
    }
    let parent = jobs[job].parent
    if parent < 0 { measures.record(3, failed: true, now &- jobs[job].began) }
    jobs.give(back: job)
    // What it called has failed, and so does the attempt that waits for it.
    if parent >= 0, leave(parent, Int(jobs[parent].tier), failed: true) != nil { fail(parent) }
  }

  @inline(__always) private mutating func armLane(_ tier: Int) {
    guard let job = tiers[tier].headOfLane(jobs) else { return }
    tiers[tier].laneIsArmed = true
    let order = Kind.order(Kind.lane, jobs[job].timeoutSequence, Int32(tier))
    calendar.push(UInt128(truncatingIfNeeded: jobs[job].arrived &+ Self.timeout) << 64 | UInt128(order))
  }

  @inline(never) private mutating func fireLane(_ tier: Int) {
    tiers[tier].laneIsArmed = false
    let due = tiers[tier].takeFromLane(jobs)
    armLane(tier)
    guard let due else { return }
    measures.timeouts &+= 1
    jobs[due].isAwaited = false
    jobs[due].generation &+= 1
    // The attempt works on by itself; the call goes on in a record of its own.
    let late = jobs[due]
    fail(jobs.take(call: late.call, began: late.began, parent: late.parent, tier: late.tier, attempt: late.attempt))
  }
}
