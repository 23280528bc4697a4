/// A binary heap, as every textbook has it.
struct BinaryHeap: CandidateCalendar, ~Copyable {
  private let base: UnsafeMutablePointer<TimedEvent>
  private var count = 0

  init(capacity: Int) { base = .allocate(capacity: capacity) }
  deinit { base.deallocate() }

  @inline(__always) mutating func insert(_ event: TimedEvent) {
    var node = count
    count += 1
    while node > 0 {
      let parent = (node - 1) / 2
      if !(event < base[parent]) { break }
      base[node] = base[parent]
      node = parent
    }
    base[node] = event
  }

  @inline(__always) mutating func pop() -> TimedEvent? {
    if count == 0 { return nil }
    let first = base[0]
    count -= 1
    let event = base[count]
    var node = 0
    while true {
      var child = 2 * node + 1
      if child >= count { break }
      if child + 1 < count, base[child + 1] < base[child] { child += 1 }
      if !(base[child] < event) { break }
      base[node] = base[child]
      node = child
    }
    base[node] = event
    return first
  }
}

/// A 4-ary heap with a lazy hole: the root that was popped is filled by the next insertion.
struct LazyHoleHeap: CandidateCalendar, ~Copyable {
  private let base: UnsafeMutablePointer<TimedEvent>
  private var count = 0
  private var hasHole = false

  init(capacity: Int) { base = .allocate(capacity: capacity) }
  deinit { base.deallocate() }

  @inline(__always) mutating func insert(_ event: TimedEvent) {
    if hasHole {
      hasHole = false
      siftDown(event)
      return
    }
    var node = count
    count += 1
    while node > 0 {
      let parent = (node - 1) >> 2
      if !(event < base[parent]) { break }
      base[node] = base[parent]
      node = parent
    }
    base[node] = event
  }

  @inline(__always) mutating func pop() -> TimedEvent? {
    if hasHole {
      hasHole = false
      count -= 1
      if count > 0 { siftDown(base[count]) }
    }
    if count == 0 { return nil }
    hasHole = true
    return base[0]
  }

  @inline(__always) private func siftDown(_ event: TimedEvent) {
    var node = 0
    while true {
      let first = node &* 4 &+ 1
      if first >= count { break }
      let least = first &+ 3 < count ? leastOfFour(first) : leastOfLast(first)
      if !(base[least] < event) { break }
      base[node] = base[least]
      node = least
    }
    base[node] = event
  }

  @inline(__always) private func leastOfFour(_ first: Int) -> Int {
    let left = base[first &+ 1] < base[first] ? first &+ 1 : first
    let right = base[first &+ 3] < base[first &+ 2] ? first &+ 3 : first &+ 2
    return base[right] < base[left] ? right : left
  }

  private func leastOfLast(_ first: Int) -> Int {
    var least = first
    for index in first..<count where base[index] < base[least] { least = index }
    return least
  }
}
