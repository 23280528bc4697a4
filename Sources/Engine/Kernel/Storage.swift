/// The only unsafe storage of the engine: flat memory behind checked subscripts.
///
/// Invariants: `base` has room for `capacity` elements, those below `count` are initialised, and every
/// index is checked against `count`. Elements are plain bits: nothing is retained or released, and no
/// exclusivity is tracked at run time, since the owner is a non-copyable struct that is passed inout.
struct Slab<Element: BitwiseCopyable>: ~Copyable {
  private(set) var base: UnsafeMutablePointer<Element>
  private(set) var count: Int
  private var capacity: Int

  init(capacity: Int = 16) {
    self.capacity = max(capacity, 1)
    base = .allocate(capacity: self.capacity)
    count = 0
  }

  init(repeating element: Element, count: Int) {
    self.init(capacity: count)
    base.initialize(repeating: element, count: count)
    self.count = count
  }

  deinit { base.deallocate() }

  @inline(__always) subscript(index: Int) -> Element {
    unsafeAddress {
      precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "slab index out of range")
      return UnsafePointer(base + index)
    }
    unsafeMutableAddress {
      precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "slab index out of range")
      return base + index
    }
  }

  @inline(__always) subscript(index: Int32) -> Element {
    unsafeAddress {
      precondition(UInt(bitPattern: Int(index)) < UInt(bitPattern: count), "slab index out of range")
      return UnsafePointer(base + Int(index))
    }
    unsafeMutableAddress {
      precondition(UInt(bitPattern: Int(index)) < UInt(bitPattern: count), "slab index out of range")
      return base + Int(index)
    }
  }

  /// Appends, doubling the room where there is none.
  @inline(__always) mutating func append(_ element: Element) {
    if count == capacity { grow() }
    (base + count).initialize(to: element)
    count += 1
  }

  @inline(__always) mutating func removeLast() -> Element {
    precondition(count > 0, "removing from an empty slab")
    count -= 1
    return base[count]
  }

  mutating func removeAll() { count = 0 }

  mutating func fill(with element: Element) { base.update(repeating: element, count: count) }

  @inline(never) private mutating func grow() {
    let larger = UnsafeMutablePointer<Element>.allocate(capacity: capacity * 2)
    larger.moveInitialize(from: base, count: count)
    base.deallocate()
    base = larger
    capacity *= 2
  }
}

/// Read-only flat memory, shared by all simulations of a program.
///
/// Invariants: `base` points to `count` initialised elements that nobody writes; `owner` keeps them alive.
struct Table<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
  private final class Owner {
    let base: UnsafeMutablePointer<Element>
    init(_ elements: [Element]) {
      base = .allocate(capacity: max(elements.count, 1))
      for (offset, element) in elements.enumerated() { (base + offset).initialize(to: element) }
    }
    deinit { base.deallocate() }
  }

  private let owner: Owner
  private let base: UnsafeMutablePointer<Element>
  let count: Int

  init(_ elements: [Element]) {
    owner = Owner(elements)
    base = owner.base
    count = elements.count
  }

  @inline(__always) subscript(index: Int) -> Element {
    unsafeAddress {
      precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "table index out of range")
      return UnsafePointer(base + index)
    }
  }

  @inline(__always) subscript(index: Int32) -> Element {
    unsafeAddress {
      precondition(UInt(bitPattern: Int(index)) < UInt(bitPattern: count), "table index out of range")
      return UnsafePointer(base + Int(index))
    }
  }
}

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

  @inline(__always) mutating func append(_ element: Element) {
    if count == capacity { grow() }
    (base + ((head + count) & (capacity - 1))).initialize(to: element)
    count += 1
  }

  @inline(__always) mutating func popFirst() -> Element? {
    if count == 0 { return nil }
    let element = base[head]
    head = (head + 1) & (capacity - 1)
    count -= 1
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
