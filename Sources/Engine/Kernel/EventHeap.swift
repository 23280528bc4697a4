/// Events by their keys: a 4-ary heap with a lazy hole, for as many entries as it is told.
///
/// After a pop the root is a hole that the next insertion fills in one sift, since most events schedule another.
/// Below `count` stand the entries, the hole among them; from there on, four places beyond the capacity included, stands
/// `beyond`, so that every node has four children to compare. A level of a sift is one branch: whether to go on down.
/// With up to five entries that is never, so nothing is mispredicted.
///
/// D. B. Johnson, "Priority queues with update and finding minimum spanning trees", Information Processing Letters 4(3),
/// 1975 (d-ary heaps).
/// - Complexity: O(log n) for an insertion and a pop.
struct EventHeap: ~Copyable {
  /// What comes after every entry.
  static var beyond: CalendarEntry {
    CalendarEntry(time: -1, order: .max, payload: EventPayload(.boundary, 0))
  }

  private var places: Slab<CalendarEntry>
  /// How many entries there are, the hole included.
  private(set) var count = 0
  private var hasHole = false
  /// Up to how many entries `insert` takes.
  private(set) var capacity: Int

  init(capacity: Int) {
    places = Slab(repeating: Self.beyond, count: capacity + 4)
    self.capacity = capacity
  }

  var isEmpty: Bool { count == (hasHole ? 1 : 0) }

  /// Fills the hole, or a place at the end; false where there is neither.
  @inline(always) mutating func insert(_ entry: CalendarEntry) -> Bool {
    if hasHole {
      hasHole = false
      siftDown(entry, from: 0)
    } else {
      if count == capacity { return false }
      count &+= 1
      siftUp(entry)
    }
    return true
  }

  /// The first entry, which leaves a hole; nil where there is none, or another one comes before it.
  @inline(always) mutating func pop(before other: CalendarEntry) -> CalendarEntry? {
    fillHole()
    // Where there is none, the first place holds `beyond`.
    if !(places.base[0] < other) { return nil }
    hasHole = true
    return places.base[0]
  }

  /// Moves the last entry to where the first one was taken, if nothing has come there since.
  @inline(always) private mutating func fillHole() {
    if !hasHole { return }
    hasHole = false
    count &-= 1
    let last = places.base[count]
    places.base[count] = Self.beyond
    if count > 0 { siftDown(last, from: 0) }
  }

  /// Sets the capacity, for which there is memory from then on.
  mutating func reserve(_ capacity: Int) {
    precondition(capacity >= count, "a heap has room for its entries")
    self.capacity = capacity
    if capacity + 4 <= places.count { return }
    var larger = Slab(repeating: Self.beyond, count: max(capacity, 2 * places.count) + 4)
    for index in 0..<count { larger[index] = places[index] }
    places = larger
  }

  /// Puts an entry at the end, out of order: `order()` must follow.
  mutating func append(_ entry: CalendarEntry) {
    precondition(count < capacity && !hasHole, "an entry is appended within the capacity")
    places[count] = entry
    count += 1
  }

  /// Moves the entries into buckets, but for those that are too early for them.
  mutating func spill(into buckets: inout EventBuckets) {
    precondition(count > 0 && !hasHole, "it is the full heap that is spilt")
    let start = buckets.advance(to: places[0].instant)
    let entries = 0..<count
    count = 0
    for index in entries {
      let entry = places[index]
      places[index] = Self.beyond
      if entry.instant < start { append(entry) } else { buckets.insert(entry) }
    }
    order()
  }

  /// Restores the heap after entries were appended.
  /// - Complexity: O(n). R. W. Floyd, "Algorithm 245: Treesort 3", Communications of the ACM 7(12), 1964.
  mutating func order() {
    var node = (count + 2) / 4 - 1
    while node >= 0 {
      siftDown(places[node], from: node)
      node -= 1
    }
  }

  mutating func removeAll() {
    for index in 0..<count { places[index] = Self.beyond }
    count = 0
    hasHole = false
  }

  @inline(always) private func siftUp(_ entry: CalendarEntry) {
    let base = places.base
    var node = count &- 1
    while node > 0 {
      let parent = (node &- 1) &>> 2
      if !(entry < base[parent]) { break }
      base[node] = base[parent]
      node = parent
    }
    base[node] = entry
  }

  @inline(always) private func siftDown(_ entry: CalendarEntry, from start: Int) {
    let base = places.base
    let key = entry.key
    // The nodes below this one have children.
    let inner = (count &+ 2) &>> 2
    var node = start
    var descends: Bool
    repeat {
      let (child, childKey) = leastChild(of: node)
      descends = childKey < key
      // Where the entry stays at the node, it overwrites this at the end.
      base[node] = base[child]
      node = descends ? child : node
    } while descends && node < inner
    base[node] = entry
  }

  /// Found without a branch that could be mispredicted.
  @inline(always) private func leastChild(of node: Int) -> (index: Int, key: UInt128) {
    let first = node &* 4 &+ 1
    let children = places.base + first
    let keys = (children[0].key, children[1].key, children[2].key, children[3].key)
    let left = keys.1 < keys.0 ? (first &+ 1, keys.1) : (first, keys.0)
    let right = keys.3 < keys.2 ? (first &+ 3, keys.3) : (first &+ 2, keys.2)
    return right.1 < left.1 ? right : left
  }
}
