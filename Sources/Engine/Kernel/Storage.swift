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

  /// Where an element stands, for several looks at it: valid as long as the table.
  @inline(always) func at(_ index: Int32) -> UnsafePointer<Element> {
    precondition(UInt(bitPattern: Int(index)) < UInt(bitPattern: count), "table index out of range")
    return UnsafePointer(base + Int(index))
  }
}

/// A record by its number and by its place, for several looks at it: valid as long as the storage that gave it, and, of a
/// slab, until that grows.
struct Slot<Record: BitwiseCopyable>: BitwiseCopyable {
  let index: Int32
  fileprivate let place: UnsafeMutablePointer<Record>

  @inline(always) var its: Record {
    unsafeAddress { UnsafePointer(place) }
    nonmutating unsafeMutableAddress { place }
  }
}

/// A record of an `Arena`.
protocol Recyclable: BitwiseCopyable {
  static var vacant: Self { get }
  /// Which of those that have used the record's place it is: what refers to an earlier one is stale.
  var generation: UInt32 { get set }
  /// While vacant: the next vacant record.
  var link: Int32 { get set }
}

/// Records that are taken and given back, last back first taken, each at an address of its own as long as the arena lives.
///
/// Invariants: `chunks` holds `chunkCount` addresses of `chunkSize` records each, those below `count` are initialised, and
/// every index is checked against `count`. Growing adds a chunk and moves no record, so a pointer to one stays valid.
struct Arena<Record: Recyclable>: ~Copyable {
  private static var chunkBits: Int32 { 12 }
  private static var chunkSize: Int { 1 << Int(chunkBits) }

  private var chunks = Slab<UnsafeMutablePointer<Record>>(capacity: 16)
  private(set) var count: Int32 = 0
  private var firstVacant: Int32 = -1

  deinit {
    for chunk in 0..<chunks.count { UnsafeMutableRawPointer(chunks[chunk]).deallocate() }
  }

  @inline(always) func at(_ index: Int32) -> Slot<Record> {
    precondition(UInt32(bitPattern: index) < UInt32(bitPattern: count), "arena index out of range")
    return Slot(index: index, place: place(index))
  }

  @inline(always) private func place(_ index: Int32) -> UnsafeMutablePointer<Record> {
    chunks.base[Int(index >> Self.chunkBits)] + (Int(index) & (Self.chunkSize - 1))
  }

  /// The record that an event was meant for; nil where the event is stale.
  @inline(always) func current(_ index: Int32, _ generation: UInt32) -> Slot<Record>? {
    let slot = at(index)
    return slot.its.generation & EventPayload.generationMask == generation ? slot : nil
  }

  @inline(__always) subscript(index: Int32) -> Record {
    unsafeAddress { UnsafePointer(at(index).place) }
    nonmutating unsafeMutableAddress { at(index).place }
  }

  /// A record to use: its generation stands, and the rest is what it was.
  @inline(always) mutating func take() -> Slot<Record> {
    if firstVacant < 0 { return extend() }
    let slot = Slot(index: firstVacant, place: place(firstVacant))
    firstVacant = slot.its.link
    return slot
  }

  /// The record is vacant from now on, and what refers to it is stale.
  @inline(always) mutating func giveBack(_ slot: Slot<Record>) {
    slot.its.generation &+= 1
    slot.its.link = firstVacant
    firstVacant = slot.index
  }

  mutating func removeAll() {
    count = 0
    firstVacant = -1
  }

  @inline(never) private mutating func extend() -> Slot<Record> {
    precondition(count < Int32.max, "more under way than the engine can number")
    if Int(count) == chunks.count << Int(Self.chunkBits) {
      // Aligned to cache lines.
      chunks.append(
        UnsafeMutableRawPointer.allocate(byteCount: Self.chunkSize * MemoryLayout<Record>.stride, alignment: 64)
          .bindMemory(to: Record.self, capacity: Self.chunkSize))
    }
    let slot = Slot(index: count, place: place(count))
    count += 1
    slot.place.initialize(to: .vacant)
    return slot
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
