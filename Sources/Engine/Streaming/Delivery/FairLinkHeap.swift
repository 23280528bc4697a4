/// Members by their keys, the least first, each of which can be changed or removed: a binary heap that knows where each
/// member stands.
///
/// J. W. J. Williams, "Algorithm 232: Heapsort", Communications of the ACM 7(6), 1964.
/// - Complexity: O(log n) for a change, O(1) for the first.
struct FairLinkHeap<Key: BitwiseCopyable & Comparable>: ~Copyable {
  private var entries = Slab<FairLinkHeapEntry<Key>>()
  /// By member; negative where it is not in the heap.
  private var places = Slab<Int32>()

  var isEmpty: Bool { entries.count == 0 }

  /// The member with the least key, of a heap that is not empty.
  @inline(always) var first: Int32 { entries[0].member }

  @inline(always) var firstKey: Key { entries[0].key }

  /// Gives a member its key, whether or not it is in the heap.
  mutating func set(_ member: Int32, _ key: Key) {
    while Int(member) >= places.count { places.append(-1) }
    let entry = FairLinkHeapEntry(key: key, member: member)
    var place = Int(places[member])
    if place < 0 {
      place = entries.count
      entries.append(entry)
    }
    settle(entry, from: place)
  }

  /// Takes out a member that is in the heap.
  mutating func remove(_ member: Int32) {
    let place = Int(places[member])
    precondition(place >= 0, "what is removed from a heap is in it")
    places[member] = -1
    let last = entries.removeLast()
    if place < entries.count { settle(last, from: place) }
  }

  /// Puts an entry where it belongs, given that the rest is in order and nobody stands at `start`.
  private mutating func settle(_ entry: FairLinkHeapEntry<Key>, from start: Int) {
    var place = start
    while place > 0, entry.key < entries[(place - 1) / 2].key {
      put(entries[(place - 1) / 2], at: place)
      place = (place - 1) / 2
    }
    if place == start {
      while true {
        var child = 2 * place + 1
        if child >= entries.count { break }
        if child + 1 < entries.count, entries[child + 1].key < entries[child].key { child += 1 }
        if !(entries[child].key < entry.key) { break }
        put(entries[child], at: place)
        place = child
      }
    }
    put(entry, at: place)
  }

  @inline(always) private mutating func put(_ entry: FairLinkHeapEntry<Key>, at place: Int) {
    entries[place] = entry
    places[entry.member] = Int32(truncatingIfNeeded: place)
  }
}

struct FairLinkHeapEntry<Key: BitwiseCopyable>: BitwiseCopyable {
  let key: Key
  let member: Int32
}
