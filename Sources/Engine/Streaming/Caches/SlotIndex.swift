/// Finds records in flat storage by a hash of what identifies them: an open-addressing table of their indices.
///
/// Linear probing, at most half full, deletions shift the rest of the run back, so that there are no tombstones and a
/// table in a steady state neither grows nor degrades. It holds 32 bits of each hash: the owner compares the identities
/// themselves where 32 bits agree. D. E. Knuth, The Art of Computer Programming 3, 2nd ed., section 6.4, algorithms L
/// and R.
/// - Complexity: O(1) expected for everything but `removeAll`.
struct SlotIndex: ~Copyable {
  struct Slot: BitwiseCopyable {
    /// The low bits of the hash.
    let tag: UInt32
    /// The record's index; negative where the slot is vacant.
    let index: Int32

    static var vacant: Slot { Slot(tag: 0, index: -1) }
  }

  private var slots: Slab<Slot>
  private var mask: Int
  private(set) var count = 0

  /// - Parameter capacity: for how many records there is room before the table grows.
  init(capacity: Int = 8) {
    var size = 16
    while size < 2 * capacity { size *= 2 }
    slots = Slab(repeating: .vacant, count: size)
    mask = size - 1
  }

  /// Where the search for a hash begins. It ends at a vacant slot.
  @inline(always) func home(of tag: UInt32) -> Int { Int(tag) & mask }

  @inline(always) func place(after place: Int) -> Int { (place &+ 1) & mask }

  @inline(always) subscript(place: Int) -> Slot { slots[place] }

  /// Adds a record that is not there yet.
  @inline(always) mutating func insert(_ index: Int32, tag: UInt32) {
    if 2 &* count >= slots.count { grow() }
    put(Slot(tag: tag, index: index))
    count &+= 1
  }

  /// Removes the record of a slot.
  @inline(always) mutating func remove(at place: Int) {
    var hole = place
    var next = self.place(after: place)
    while slots[next].index >= 0 {
      // A record may not move to before its home.
      let distance = (next &- home(of: slots[next].tag)) & mask
      if distance >= (next &- hole) & mask {
        slots[hole] = slots[next]
        hole = next
      }
      next = self.place(after: next)
    }
    slots[hole] = .vacant
    count &-= 1
  }

  mutating func removeAll() {
    slots.fill(with: .vacant)
    count = 0
  }

  @inline(always) private mutating func put(_ slot: Slot) {
    var place = home(of: slot.tag)
    while slots[place].index >= 0 { place = self.place(after: place) }
    slots[place] = slot
  }

  @inline(never) private mutating func grow() {
    precondition(slots.count < 1 << 32, "more records than an index can number")
    var smaller = Slab<Slot>(repeating: .vacant, count: 2 * slots.count)
    swap(&slots, &smaller)
    mask = slots.count - 1
    for place in 0..<smaller.count where smaller[place].index >= 0 { put(smaller[place]) }
  }
}
