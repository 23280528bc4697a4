/// What happens first at equal times. The raw values are part of the calendar's key.
enum EventClass: UInt64 {
  case fault = 0
  case completion = 1
  case timer = 2
  case arrival = 3
}

/// What an event resumes; its index says which one.
enum EventKind: UInt8 {
  /// The next edge of a bin or a window.
  case boundary
  /// A fault instance begins or ends, or a failure process moves on.
  case faultBegins, faultEnds, failureTransition
  /// A frame's work is done.
  case workDone
  /// The first of a replica's jobs that share its cores is done.
  case sharedWorkDone
  /// A call reaches its callee, or a reply its caller, after added latency.
  case delivery, replyDelivery
  /// The head of a timeout lane is due.
  case lane
  /// A call's whole deadline, the pause before a retry, the end of a fallback, the longest wait for a semaphore.
  case deadline, backoff, fallback, bulkheadWait
  /// A workload's next request; a closed client has thought.
  case arrival, thought
}

/// A thing that will happen: its kind, whom it resumes, and the generation of that one, by which a stale event is known.
struct EventPayload: BitwiseCopyable {
  static var generationMask: UInt32 { 0xFF_FFFF }
  let bits: UInt64
  @inline(__always) init(_ kind: EventKind, _ index: Int32, generation: UInt32 = 0) {
    bits =
      UInt64(kind.rawValue) << 56 | UInt64(generation & Self.generationMask) << 32
      | UInt64(UInt32(bitPattern: index))
  }
  @inline(__always) var kind: EventKind {
    // The raw values are 0, 1, 2 and so on, and `init` alone writes them.
    unsafeBitCast(UInt8(truncatingIfNeeded: bits >> 56), to: EventKind.self)
  }
  @inline(__always) var index: Int32 { Int32(truncatingIfNeeded: Int64(bitPattern: bits)) }
  @inline(__always) var generation: UInt32 { UInt32(truncatingIfNeeded: bits >> 32) & Self.generationMask }
}

struct CalendarEntry: BitwiseCopyable {
  /// Nanoseconds.
  var time: Int64
  /// Class in the two highest bits, then the sequence number.
  var order: UInt64
  var payload: EventPayload

  /// Time and order as one number, which compares without a branch.
  @inline(__always) var key: UInt128 { UInt128(UInt64(bitPattern: time)) << 64 | UInt128(order) }

  @inline(__always) static func < (a: CalendarEntry, b: CalendarEntry) -> Bool { a.key < b.key }
}

/// The pending events in the order of (time, class, sequence): a 4-ary heap.
///
/// After a pop the root is a hole that the next push fills in one sift, since most events schedule another.
/// - Complexity: O(log n) for a pop and a push.
struct Calendar: ~Copyable {
  private var heap = Slab<CalendarEntry>(capacity: 1024)
  private var hasHole = false
  private var sequence: UInt64 = 0

  var isEmpty: Bool { heap.count == (hasHole ? 1 : 0) }

  mutating func removeAll() {
    heap.removeAll()
    hasHole = false
    sequence = 0
  }

  /// The first of so many orders of a class, which stand for things that are scheduled now and inserted one by one.
  mutating func nextOrders(_ eventClass: EventClass, count: Int) -> UInt64 {
    let first = eventClass.rawValue << 62 | (sequence + 1)
    sequence += UInt64(count)
    return first
  }

  /// The key's second half for something of this class that is scheduled now.
  @inline(__always) mutating func nextOrder(_ eventClass: EventClass) -> UInt64 {
    sequence += 1
    return eventClass.rawValue << 62 | sequence
  }

  @inline(__always) mutating func schedule(
    _ payload: EventPayload, at time: Int64, _ eventClass: EventClass
  ) {
    let order = nextOrder(eventClass)
    insert(CalendarEntry(time: time, order: order, payload: payload))
  }

  @inline(__always) mutating func insert(_ entry: CalendarEntry) {
    if hasHole {
      hasHole = false
      siftDown(entry)
    } else {
      heap.append(entry)
      siftUp(entry)
    }
  }

  @inline(__always) mutating func pop() -> CalendarEntry? {
    if hasHole {
      hasHole = false
      let last = heap.removeLast()
      if heap.count > 0 { siftDown(last) }
    }
    guard heap.count > 0 else { return nil }
    hasHole = true
    return heap[0]
  }

  @inline(__always) private mutating func siftUp(_ entry: CalendarEntry) {
    let base = heap.base
    var index = heap.count - 1
    while index > 0 {
      let parent = (index - 1) >> 2
      if !(entry < base[parent]) { break }
      base[index] = base[parent]
      index = parent
    }
    base[index] = entry
  }

  @inline(__always) private mutating func siftDown(_ entry: CalendarEntry) {
    let base = heap.base
    let count = heap.count
    var index = 0
    while true {
      let first = index &* 4 &+ 1
      if first >= count { break }
      let least = first &+ 3 < count ? leastOfFour(base, first) : leastOf(base, first..<count)
      if !(base[least] < entry) { break }
      base[index] = base[least]
      index = least
    }
    base[index] = entry
  }

  /// The index of the least of four neighbours, found without a branch that could be mispredicted.
  @inline(__always) private func leastOfFour(_ base: UnsafeMutablePointer<CalendarEntry>, _ first: Int) -> Int {
    let left = base[first &+ 1] < base[first] ? first &+ 1 : first
    let right = base[first &+ 3] < base[first &+ 2] ? first &+ 3 : first &+ 2
    return base[right] < base[left] ? right : left
  }

  private func leastOf(_ base: UnsafeMutablePointer<CalendarEntry>, _ range: Range<Int>) -> Int {
    var least = range.lowerBound
    for index in range where base[index] < base[least] { least = index }
    return least
  }
}
