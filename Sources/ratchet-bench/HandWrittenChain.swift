import Engine
import Sampling

/// The three-tier chain as a loop for this one model: what the general engine is measured against.
///
/// Same meaning as `Workloads.chain`: a request takes a thread of the first tier, works, calls the next tier with a
/// timeout of 1 s and three attempts, and answers. Same random numbers a draw, same histograms; arrays, one binary heap,
/// first-in-first-out timeouts. It knows its topology by heart and checks nothing that cannot happen in it.
struct HandWrittenChain: ~Copyable {
  private struct Job {
    var key: UInt64 = 0
    var arrived: Int64 = 0
    var began: Int64 = 0
    /// The job of the tier before that waits for this one; -1 once it has given up, or for the asker.
    var parent: Int32 = -1
    /// The job of the next tier that this one waits for.
    var child: Int32 = -1
    var tier: Int8 = 0
    var attempt: Int8 = 0
    var isAlive = false
    var timeoutNumber: UInt64 = 0
  }
  private struct Event {
    var time: Int64
    var sequence: UInt64
    /// 0 arrival, 1 work done, 2 the head of a timeout lane (`job` is the tier), 3 a retry (`job` is its number).
    var kind: Int32
    var job: Int32
  }
  /// An attempt that is made again after the pause.
  private struct Retry {
    var key: UInt64
    var began: Int64
    var parent: Int32
    var tier: Int
    var attempt: Int8
  }
  private struct Timeout {
    var due: Int64
    var job: Int32
    var number: UInt64
  }

  private let threads = [64, 32, 16]
  private let timeout: Int64 = 1_000_000_000
  private let pause: Int64 = 50_000_000
  private let attempts: Int8 = 3
  private let queueLimit = 1000
  private let work: Sampler
  private let exponential: Sampler
  private let bank: SamplerBank
  private let meanGap: Double

  private var jobs: [Job] = []
  private var free: [Int32] = []
  private var heap: [Event] = []
  private var sequence: UInt64 = 0
  private var busy = [0, 0, 0]
  /// One ring a tier of those that wait, and one of the timeouts, answered ones included until they come first.
  private var queues = [Int32](repeating: 0, count: 3 * 1024)
  private var queueHeads = [0, 0, 0]
  private var queueTails = [0, 0, 0]
  private var lanes = [Timeout](repeating: Timeout(due: 0, job: 0, number: 0), count: 3 * 16384)
  private var laneHeads = [0, 0, 0]
  private var laneTails = [0, 0, 0]
  private var laneArmed = [false, false, false]
  private var retries: [Retry] = []
  private var now: Int64 = 0
  private var histograms = [UInt32](repeating: 0, count: 4 * LatencyScale.bucketCount)
  private(set) var finished = 0

  init(rate: Double, work distribution: Distribution, unitExponential: Distribution) {
    bank = SamplerBank([distribution, unitExponential])
    work = bank[0]
    exponential = bank[1]
    meanGap = 1e9 / rate
  }

  /// Runs until `requests` have arrived; returns how many have been answered.
  mutating func run(seed: UInt64, requests: Int) -> Int {
    let root = DrawKey(seed: seed, replication: 0).child(named: "w")
    var arrived = 0
    push(Event(time: gap(root.child(0)), sequence: 0, kind: 0, job: 0))
    while let event = pop() {
      now = event.time
      switch event.kind {
      case 0:
        let key = root.child(UInt64(arrived))
        arrived += 1
        if arrived < requests {
          push(Event(time: now + gap(root.child(UInt64(arrived))), sequence: 0, kind: 0, job: 0))
        }
        call(tier: 0, parent: -1, key: key.bits, began: now, attempt: 1)
      case 1: workDone(event.job)
      case 2: fireLane(Int(event.job))
      default:
        let again = retries[Int(event.job)]
        call(tier: again.tier, parent: again.parent, key: again.key, began: again.began, attempt: again.attempt)
      }
    }
    return finished
  }

  private func gap(_ key: DrawKey) -> Int64 { Int64((exponential.seconds(key.draw(1)) * meanGap).rounded()) }

  private mutating func call(tier: Int, parent: Int32, key: UInt64, began: Int64, attempt: Int8) {
    if busy[tier] >= threads[tier], queueTails[tier] - queueHeads[tier] >= queueLimit {
      fail(Retry(key: key, began: began, parent: parent, tier: tier, attempt: attempt))
      return
    }
    let job: Int32
    if let known = free.popLast() {
      job = known
    } else {
      job = Int32(jobs.count)
      jobs.append(Job())
    }
    let number = jobs[Int(job)].timeoutNumber + 1
    jobs[Int(job)] = Job(
      key: DrawKey(bits: key).child(UInt64(attempt)).bits, arrived: now, began: began, parent: parent, child: -1,
      tier: Int8(tier), attempt: attempt, isAlive: true, timeoutNumber: number)
    if parent >= 0 { jobs[Int(parent)].child = job }
    lanes[tier * 16384 + laneTails[tier] & 16383] = Timeout(due: now + timeout, job: job, number: number)
    laneTails[tier] += 1
    if !laneArmed[tier] { armLane(tier) }
    if busy[tier] < threads[tier] {
      busy[tier] += 1
      start(job)
    } else {
      queues[tier * 1024 + queueTails[tier] & 1023] = job
      queueTails[tier] += 1
    }
  }

  private mutating func start(_ job: Int32) {
    let duration = work.nanoseconds(DrawKey(bits: jobs[Int(job)].key).draw(2))
    push(Event(time: now + duration, sequence: 0, kind: 1, job: job))
  }

  private mutating func workDone(_ job: Int32) {
    let tier = Int(jobs[Int(job)].tier)
    if tier == 2 {
      end(job, failed: false)
    } else {
      call(
        tier: tier + 1, parent: job, key: DrawKey(bits: jobs[Int(job)].key).child(3).bits, began: now, attempt: 1)
    }
  }

  private mutating func end(_ job: Int32, failed: Bool) {
    let tier = Int(jobs[Int(job)].tier)
    histograms[tier * LatencyScale.bucketCount + LatencyScale.index(of: now - jobs[Int(job)].arrived)] += 1
    let parent = jobs[Int(job)].parent
    let began = jobs[Int(job)].began
    let alive = jobs[Int(job)].isAlive
    jobs[Int(job)].isAlive = false
    jobs[Int(job)].timeoutNumber += 1
    free.append(job)
    if queueHeads[tier] < queueTails[tier] {
      let next = queues[tier * 1024 + queueHeads[tier] & 1023]
      queueHeads[tier] += 1
      start(next)
    } else {
      busy[tier] -= 1
    }
    guard alive else { return }
    if tier == 0 { finish(began: began, failed: failed) } else { answer(parent, failed: failed) }
  }

  private mutating func finish(began: Int64, failed: Bool) {
    finished += 1
    histograms[3 * LatencyScale.bucketCount + LatencyScale.index(of: now - began)] += 1
  }

  private mutating func answer(_ parent: Int32, failed: Bool) {
    jobs[Int(parent)].child = -1
    end(parent, failed: failed)
  }

  private mutating func armLane(_ tier: Int) {
    while laneHeads[tier] < laneTails[tier] {
      let head = lanes[tier * 16384 + laneHeads[tier] & 16383]
      if jobs[Int(head.job)].timeoutNumber == head.number {
        laneArmed[tier] = true
        push(Event(time: head.due, sequence: 0, kind: 2, job: Int32(tier)))
        break
      }
      laneHeads[tier] += 1
    }
  }

  private mutating func fireLane(_ tier: Int) {
    laneArmed[tier] = false
    let head = lanes[tier * 16384 + laneHeads[tier] & 16383]
    laneHeads[tier] += 1
    if jobs[Int(head.job)].timeoutNumber == head.number {
      jobs[Int(head.job)].isAlive = false
      jobs[Int(head.job)].timeoutNumber += 1
      let job = jobs[Int(head.job)]
      fail(Retry(key: job.key, began: job.began, parent: job.parent, tier: tier, attempt: job.attempt))
    }
    armLane(tier)
  }

  /// The attempt has failed: another one after the pause, or the failure of the call.
  private mutating func fail(_ failed: Retry) {
    if failed.attempt < attempts {
      var again = failed
      again.attempt += 1
      retries.append(again)
      push(Event(time: now + pause, sequence: 0, kind: 3, job: Int32(retries.count - 1)))
    } else if failed.tier == 0 {
      finish(began: failed.began, failed: true)
    } else {
      answer(failed.parent, failed: true)
    }
  }

  private mutating func push(_ event: Event) {
    var placed = event
    sequence += 1
    placed.sequence = sequence
    heap.append(placed)
    var index = heap.count - 1
    while index > 0 {
      let parent = (index - 1) / 2
      if !precedes(placed, heap[parent]) { break }
      heap[index] = heap[parent]
      index = parent
    }
    heap[index] = placed
  }

  private mutating func pop() -> Event? {
    guard let first = heap.first else { return nil }
    let last = heap.removeLast()
    let count = heap.count
    if count == 0 { return first }
    var index = 0
    while true {
      var child = 2 * index + 1
      if child >= count { break }
      if child + 1 < count, precedes(heap[child + 1], heap[child]) { child += 1 }
      if !precedes(heap[child], last) { break }
      heap[index] = heap[child]
      index = child
    }
    heap[index] = last
    return first
  }

  private func precedes(_ a: Event, _ b: Event) -> Bool {
    a.time < b.time || (a.time == b.time && a.sequence < b.sequence)
  }
}
