import Sampling

/// A map from 64-bit keys to two numbers, in open addressing without tombstones.
///
/// Invariants: `slots` is a power of two long and at most half full; a key stands in the first free place from its home
/// on, and removal closes the gap. No key is 0: callers mix theirs, and 0 is taken as 1.
struct KeyTable: ~Copyable {
  struct Entry: BitwiseCopyable {
    var key: UInt64 = 0
    var first: Int64 = 0
    var second: Int64 = 0
  }
  private var slots = Slab(repeating: Entry(), count: 64)
  private(set) var count = 0

  private var mask: Int { slots.count - 1 }

  private func home(_ key: UInt64) -> Int { Int(truncatingIfNeeded: DrawKey.mix(key)) & mask }

  /// Where a key stands, or the free place where it would.
  private func place(_ key: UInt64) -> Int {
    var index = home(key)
    while slots[index].key != 0, slots[index].key != key { index = (index + 1) & mask }
    return index
  }

  private static func legal(_ key: UInt64) -> UInt64 { key == 0 ? 1 : key }

  subscript(key: UInt64) -> Entry? {
    if count == 0 { return nil }
    let entry = slots[place(Self.legal(key))]
    return entry.key == 0 ? nil : entry
  }

  mutating func insert(_ key: UInt64, _ first: Int64, _ second: Int64 = 0) {
    if 2 * (count + 1) > slots.count { grow() }
    let key = Self.legal(key)
    let index = place(key)
    if slots[index].key == 0 { count += 1 }
    slots[index] = Entry(key: key, first: first, second: second)
  }

  mutating func remove(_ key: UInt64) {
    var hole = place(Self.legal(key))
    if slots[hole].key == 0 { return }
    count -= 1
    var index = hole
    while true {
      index = (index + 1) & mask
      if slots[index].key == 0 { break }
      let home = home(slots[index].key)
      // It may move back unless its home lies behind the hole.
      let isBehind = hole <= index ? hole < home && home <= index : hole < home || home <= index
      if !isBehind {
        slots[hole] = slots[index]
        hole = index
      }
    }
    slots[hole] = Entry()
  }

  mutating func removeAll() {
    if count > 0 { slots.fill(with: Entry()) }
    count = 0
  }

  /// Removes the entries whose first number is at most a bound.
  mutating func removeAll(firstAtMost bound: Int64) {
    var kept: [Entry] = []
    for index in 0..<slots.count where slots[index].key != 0 && slots[index].first > bound { kept.append(slots[index]) }
    removeAll()
    for entry in kept { insert(entry.key, entry.first, entry.second) }
  }

  private mutating func grow() {
    var old = Slab(repeating: Entry(), count: slots.count * 2)
    swap(&slots, &old)
    count = 0
    for index in 0..<old.count where old[index].key != 0 { insert(old[index].key, old[index].first, old[index].second) }
  }
}
