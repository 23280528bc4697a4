/// A first-in-first-out list of plain values that reuses its memory.
struct RingQueue<Element: BitwiseCopyable>: ~Copyable {
  private var base: UnsafeMutablePointer<Element>
  private var capacity: Int
  private var head = 0
  private(set) var count = 0

  /// - Parameter capacity: a power of two.
  init(capacity: Int = 64) {
    precondition(capacity > 0 && capacity & (capacity - 1) == 0, "the capacity is a power of two")
    self.capacity = capacity
    base = .allocate(capacity: capacity)
  }

  deinit { base.deallocate() }

  @inline(always) mutating func append(_ element: Element) {
    if count == capacity { grow() }
    (base + ((head &+ count) & (capacity &- 1))).initialize(to: element)
    count &+= 1
  }

  @inline(always) mutating func popFirst() -> Element? {
    if count == 0 { return nil }
    let element = base[head]
    head = (head &+ 1) & (capacity &- 1)
    count &-= 1
    return element
  }

  mutating func removeAll() {
    head = 0
    count = 0
  }

  @inline(never) private mutating func grow() {
    let larger = UnsafeMutablePointer<Element>.allocate(capacity: capacity * 2)
    for offset in 0..<count {
      (larger + offset).initialize(to: base[(head + offset) & (capacity - 1)])
    }
    base.deallocate()
    base = larger
    head = 0
    capacity *= 2
  }
}
