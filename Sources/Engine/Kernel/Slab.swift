/// Flat memory behind checked subscripts.
///
/// Invariants: `base` has room for `capacity` elements, those below `count` are initialised, and every index of a
/// subscript is checked against `count`; `EventHeap` alone reads through `base`, within bounds of its own. Elements are
/// plain bits: nothing is retained or released, and no exclusivity is tracked at run time, since the owner is a
/// non-copyable struct that is passed inout.
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

  @inline(always) subscript(index: Int) -> Element {
    unsafeAddress {
      precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "slab index out of range")
      return UnsafePointer(base + index)
    }
    unsafeMutableAddress {
      precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "slab index out of range")
      return base + index
    }
  }

  @inline(always) subscript(index: Int32) -> Element {
    unsafeAddress {
      precondition(UInt(bitPattern: Int(index)) < UInt(bitPattern: count), "slab index out of range")
      return UnsafePointer(base + Int(index))
    }
    unsafeMutableAddress {
      precondition(UInt(bitPattern: Int(index)) < UInt(bitPattern: count), "slab index out of range")
      return base + Int(index)
    }
  }

  /// An element by its place: valid until the slab grows.
  @inline(always) func at(_ index: Int32) -> Slot<Element> {
    precondition(UInt(bitPattern: Int(index)) < UInt(bitPattern: count), "slab index out of range")
    return Slot(index: index, place: base + Int(index))
  }

  /// Appends, doubling the room where there is none.
  @inline(always) mutating func append(_ element: Element) {
    if count == capacity { grow() }
    (base + count).initialize(to: element)
    count &+= 1
  }

  @inline(always) mutating func removeLast() -> Element {
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
