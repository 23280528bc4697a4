/// A record by its number and by its place, for several looks at it: valid as long as the storage that gave it, and, of a
/// slab, until that grows.
struct Slot<Record: BitwiseCopyable>: BitwiseCopyable {
  let index: Int32
  let place: UnsafeMutablePointer<Record>

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
/// every index is checked against `count`. Growing adds chunks and moves no record, so a pointer to one stays valid.
struct Arena<Record: Recyclable>: ~Copyable {
  private static var chunkBits: Int32 { 12 }
  private static var chunkSize: Int { 1 << Int(chunkBits) }

  private var chunks = Slab<UnsafeMutablePointer<Record>>(capacity: 256)
  /// What was allocated: one or more chunks each.
  private var blocks = Slab<UnsafeMutableRawPointer>()
  private(set) var count: Int32 = 0
  private var firstVacant: Int32 = -1

  deinit {
    for block in 0..<blocks.count { blocks[block].deallocate() }
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

  @inline(always) subscript(index: Int32) -> Record {
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
    if Int(count) == chunks.count << Int(Self.chunkBits) { addChunks() }
    let slot = Slot(index: count, place: place(count))
    count += 1
    slot.place.initialize(to: .vacant)
    return slot
  }

  /// Four times as many chunks as there are, so that it is rare to grow at all. Untouched, they are memory in name only.
  private mutating func addChunks() {
    let added = max(1, 3 * chunks.count)
    // Aligned to cache lines.
    let block = UnsafeMutableRawPointer.allocate(
      byteCount: added * Self.chunkSize * MemoryLayout<Record>.stride, alignment: 64)
    let records = block.bindMemory(to: Record.self, capacity: added * Self.chunkSize)
    for chunk in 0..<added { chunks.append(records + chunk * Self.chunkSize) }
    blocks.append(block)
  }
}
