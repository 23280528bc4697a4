import Sampling

/// The objects that a site holds, by bytes.
///
/// Each is fresh until it expires. An expired one stays, to be served while it is revalidated or while the origin fails
/// (RFC 5861), for as long as the cache keeps stale objects, or until it is evicted. A store counts as an insertion, whether
/// or not it replaces an object, and no hit moves an expiry.
///
/// Invariants: the list runs through the entries that are held, from the oldest to the newest, each is found by `index`, and
/// `bytes` is the sum of their sizes, at most the capacity. In a steady state nothing is allocated.
/// - Complexity: O(1) expected for everything but `removeAll`, amortised over the evictions.
struct ObjectCache: ~Copyable {
  enum Policy: UInt8, BitwiseCopyable, Sendable {
    /// Evicts what was not used for the longest time.
    case lru
    /// Evicts what was stored first, used or not.
    case fifo
    /// As `fifo` where it has a capacity; with each store it drops those at the old end that are stale for too long to be
    /// kept, so that without a capacity, and with one time to live, it holds no object for ever.
    case ttl
  }

  enum Lookup: Equatable {
    case fresh
    /// Held, but expired this many nanoseconds ago.
    case stale(age: Int64)
    case absent
  }

  struct Entry: BitwiseCopyable {
    let key: UInt64
    /// In bytes.
    let size: Int64
    /// When it was stored, in nanoseconds.
    let storedAt: Int64
    /// From when on it is stale, in nanoseconds; `never` for always fresh.
    let expires: Int64
  }

  static var never: Int64 { .max }
  static var unlimited: Int64 { .max }

  let policy: Policy
  /// In bytes; `unlimited` is no limit.
  let capacity: Int64
  /// An object that expired this long ago, in nanoseconds, is absent: 0 for one that serves nothing stale, `never` for one
  /// that keeps what is stale until it evicts it.
  let keep: Int64
  /// The sum of the sizes of what it holds, stale objects included.
  private(set) var bytes: Int64 = 0
  private var entries = Slab<Entry>()
  var links = Slab<Links>()
  /// The next one to be evicted, and the last; negative where there is none.
  var oldest: Int32 = -1
  var newest: Int32 = -1
  var firstVacant: Int32 = -1
  private var index = SlotIndex()

  init(_ policy: Policy, capacity: Int64, keep: Int64) {
    precondition(capacity >= 0 && keep >= 0, "a cache's room and the time it keeps stale objects are not negative")
    self.policy = policy
    self.capacity = capacity
    self.keep = keep
  }

  /// How many objects it holds, stale ones included.
  var count: Int { index.count }

  /// Asks for an object: a use of it, fresh or stale, which makes it the newest of an LRU cache.
  @inline(always) mutating func look(up key: UInt64, at now: Int64) -> Lookup {
    let place = place(of: key)
    if place < 0 { return .absent }
    let entry = index[place].index
    let expires = entries[entry].expires
    if now < expires || expires == Self.never {
      if policy == .lru { promote(entry) }
      return .fresh
    }
    if isDead(expires, at: now) {
      drop(entry, at: place)
      return .absent
    }
    if policy == .lru { promote(entry) }
    return .stale(age: now &- expires)
  }

  /// What is held of an object, which is no use of it.
  func entry(of key: UInt64) -> Entry? {
    let place = place(of: key)
    return place < 0 ? nil : entries[index[place].index]
  }

  /// Stores an object in place of what was held of it, and evicts others until there is room for it.
  ///
  /// One that is larger than the whole cache is not stored; what was held of it is dropped all the same.
  /// - Parameters:
  ///   - size: in bytes, not negative.
  ///   - expires: in nanoseconds of the simulation's time, `never` included.
  /// - Returns: whether it is stored.
  @discardableResult
  @inline(always) mutating func store(_ key: UInt64, size: Int64, expires: Int64, at now: Int64) -> Bool {
    precondition(size >= 0, "an object's size is not negative")
    let object = Entry(key: key, size: size, storedAt: now, expires: expires)
    let place = place(of: key)
    var entry: Int32 = -1
    if place >= 0 {
      entry = index[place].index
      if size > capacity {
        drop(entry, at: place)
        return false
      }
      unlink(entry)
      bytes -= entries[entry].size
    }
    if size > capacity { return false }
    makeRoom(for: size, at: now)
    if entry < 0 {
      entry = take()
      index.insert(entry, tag: Self.tag(of: key))
    }
    entries[entry] = object
    bytes += size
    append(entry)
    return true
  }

  /// Drops an object: a purge of it.
  /// - Returns: whether it was held.
  @discardableResult mutating func remove(_ key: UInt64) -> Bool {
    let place = place(of: key)
    if place < 0 { return false }
    drop(index[place].index, at: place)
    return true
  }

  /// Drops everything: a flush.
  /// - Complexity: O(the most it ever held).
  mutating func removeAll() {
    index.removeAll()
    entries.removeAll()
    links.removeAll()
    bytes = 0
    (oldest, newest, firstVacant) = (-1, -1, -1)
  }

  @inline(always) private static func tag(of key: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: DrawKey.mix(key)) }

  /// The object's slot in the index; negative where it is not held.
  @inline(always) private func place(of key: UInt64) -> Int {
    let tag = Self.tag(of: key)
    var place = index.home(of: tag)
    while true {
      let slot = index[place]
      if slot.index < 0 { return -1 }
      if slot.tag == tag, entries[slot.index].key == key { return place }
      place = index.place(after: place)
    }
  }

  @inline(always) private func isDead(_ expires: Int64, at now: Int64) -> Bool {
    keep != Self.never && expires != Self.never && now >= expires && now &- expires >= keep
  }

  @inline(always) private mutating func makeRoom(for size: Int64, at now: Int64) {
    if policy == .ttl {
      while oldest >= 0, isDead(entries[oldest].expires, at: now) { evictOldest() }
    }
    while bytes > capacity &- size { evictOldest() }
  }

  private mutating func evictOldest() {
    let entry = oldest
    drop(entry, at: place(of: entries[entry].key))
  }

  @inline(always) private mutating func drop(_ entry: Int32, at place: Int) {
    index.remove(at: place)
    bytes -= entries[entry].size
    unlink(entry)
    links[entry].newer = firstVacant
    firstVacant = entry
  }

  /// A vacant entry, in no list.
  @inline(always) private mutating func take() -> Int32 {
    if firstVacant >= 0 {
      let entry = firstVacant
      firstVacant = links[entry].newer
      return entry
    }
    precondition(entries.count < Int(Int32.max), "more objects than a cache can number")
    entries.append(Entry(key: 0, size: 0, storedAt: 0, expires: 0))
    links.append(Links())
    return Int32(entries.count - 1)
  }
}
