/// Requests whose completions and timers stand in one indexed heap, out of which a cancelled timer is taken.
struct TimersInOneHeap: ~Copyable {
  private let inFlight: Int
  private var heap: IndexedHeap
  private var begun = 0
  private let work: [Int64]
  private let timeouts: [Int64]

  init(inFlight: Int, work: [Int64], timeouts: [Int64]) {
    self.inFlight = inFlight
    self.work = work
    self.timeouts = timeouts
    heap = IndexedHeap(capacity: 2 * inFlight)
    for request in 0..<inFlight { begin(request, at: 0) }
  }

  /// - Returns: how many timers have fired.
  mutating func finish(_ requests: Int) -> Int {
    var (done, fired) = (0, 0)
    while done < requests, let event = heap.pop() {
      let request = Int(event.payload)
      if request < inFlight {
        heap.remove(inFlight + request)
        begin(request, at: event.time)
        done += 1
      } else {
        fired += 1
      }
    }
    return fired
  }

  @inline(__always) private mutating func begin(_ request: Int, at now: Int64) {
    begun &+= 1
    let order = UInt64(begun) << 1
    heap.insert(
      TimedEvent(time: now &+ work[begun & (work.count - 1)], order: order, payload: UInt64(request)))
    heap.insert(
      TimedEvent(
        time: now &+ timeouts[begun & (timeouts.count - 1)], order: order | 1,
        payload: UInt64(inFlight + request)))
  }
}

/// Requests whose completions stand in a 4-ary heap, and the timers in an indexed one beside it.
struct TimersInTwoHeaps: ~Copyable {
  private var completions: LazyHoleHeap
  private var timers: IndexedHeap
  private var begun = 0
  private let work: [Int64]
  private let timeouts: [Int64]

  init(inFlight: Int, work: [Int64], timeouts: [Int64]) {
    self.work = work
    self.timeouts = timeouts
    completions = LazyHoleHeap(capacity: inFlight)
    timers = IndexedHeap(capacity: inFlight)
    for request in 0..<inFlight { begin(request, at: 0) }
  }

  mutating func finish(_ requests: Int) -> Int {
    var (done, fired) = (0, 0)
    while done < requests, let completion = completions.pop() {
      while let timer = timers.first, timer < completion {
        _ = timers.pop()
        fired += 1
      }
      timers.remove(Int(completion.payload))
      begin(Int(completion.payload), at: completion.time)
      done += 1
    }
    return fired
  }

  @inline(__always) private mutating func begin(_ request: Int, at now: Int64) {
    begun &+= 1
    let order = UInt64(begun) << 1
    completions.insert(
      TimedEvent(time: now &+ work[begun & (work.count - 1)], order: order, payload: UInt64(request)))
    timers.insert(
      TimedEvent(
        time: now &+ timeouts[begun & (timeouts.count - 1)], order: order | 1, payload: UInt64(request)))
  }
}
