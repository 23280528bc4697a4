/// What the hand-written chain has still to do, as 128-bit numbers in a 4-ary heap.
///
/// A number is the time in nanoseconds (64 bits), what goes first at equal times (40) and whom it resumes (24). The four
/// children of a node lie in one cache line; behind the last entry stands the greatest number, so that the least of
/// four is found without asking how many there are. A pop leaves a hole at the root, which the next push fills.
struct PackedCalendar: ~Copyable {
  static var never: UInt128 { .max }

  /// The heap's root is here, so that children begin at multiples of four.
  private static var root: Int { 3 }

  private var slots: UnsafeMutablePointer<UInt128>
  private var end = root
  private var capacity = 1 << 12
  private var hasHole = false

  init() { slots = Self.allocate(capacity) }

  deinit { UnsafeMutableRawPointer(slots).deallocate() }

  private static func allocate(_ capacity: Int) -> UnsafeMutablePointer<UInt128> {
    let bytes = UnsafeMutableRawPointer.allocate(byteCount: capacity * 16, alignment: 64)
    let slots = bytes.bindMemory(to: UInt128.self, capacity: capacity)
    slots.initialize(repeating: never, count: capacity)
    return slots
  }

  /// The next entry, or `never`.
  @inline(__always) mutating func least() -> UInt128 {
    if hasHole {
      hasHole = false
      end &-= 1
      let last = slots[end]
      slots[end] = Self.never
      if end > Self.root { siftDown(last) }
    }
    return slots[Self.root]
  }

  /// Takes the entry out that `least` has just told.
  @inline(__always) mutating func removeLeast() { hasHole = true }

  @inline(__always) mutating func push(_ entry: UInt128) {
    if hasHole {
      hasHole = false
      siftDown(entry)
      return
    }
    if end &+ 4 >= capacity { grow() }
    var slot = end
    end &+= 1
    while slot > Self.root {
      let parent = slot >> 2 &+ 2
      if slots[parent] <= entry { break }
      slots[slot] = slots[parent]
      slot = parent
    }
    slots[slot] = entry
  }

  @inline(__always) private mutating func siftDown(_ entry: UInt128) {
    var slot = Self.root
    while true {
      let first = (slot &- 2) << 2
      if first >= end { break }
      let left = Self.isLess(slots[first &+ 1], slots[first])
      let right = Self.isLess(slots[first &+ 3], slots[first &+ 2])
      let isRight = Self.isLess(slots[first &+ 2 &+ right], slots[first &+ left])
      let child = first &+ isRight << 1 &+ (left ^ ((left ^ right) & isRight))
      if entry <= slots[child] { break }
      slots[slot] = slots[child]
      slot = child
    }
    slots[slot] = entry
  }

  /// 1 or 0, so that no branch is made of it: which of four is the least can't be predicted.
  @inline(__always) private static func isLess(_ a: UInt128, _ b: UInt128) -> Int { a < b ? 1 : 0 }

  @inline(never) private mutating func grow() {
    let larger = Self.allocate(capacity * 2)
    larger.update(from: slots, count: capacity)
    UnsafeMutableRawPointer(slots).deallocate()
    slots = larger
    capacity *= 2
  }
}
