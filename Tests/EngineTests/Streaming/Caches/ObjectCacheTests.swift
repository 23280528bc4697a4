import Sampling
import Testing

@testable import Engine

/// A cache that does the same by searching an array, the oldest object first.
private struct ListedCache {
  var held: [ObjectCache.Entry] = []
  var bytes: Int64 = 0
  let policy: ObjectCache.Policy
  let capacity: Int64
  let keep: Int64

  init(_ policy: ObjectCache.Policy, capacity: Int64, keep: Int64) {
    self.policy = policy
    self.capacity = capacity
    self.keep = keep
  }

  private func place(of key: UInt64) -> Int? {
    for place in 0..<held.count where held[place].key == key { return place }
    return nil
  }

  private mutating func drop(at place: Int) { bytes -= held.remove(at: place).size }

  private func isDead(_ entry: ObjectCache.Entry, at now: Int64) -> Bool {
    entry.expires != .max && now >= entry.expires && keep != .max && now - entry.expires >= keep
  }

  mutating func look(up key: UInt64, at now: Int64) -> ObjectCache.Lookup {
    guard let place = place(of: key) else { return .absent }
    let entry = held[place]
    if isDead(entry, at: now) {
      drop(at: place)
      return .absent
    }
    if policy == .lru { held.append(held.remove(at: place)) }
    return now < entry.expires || entry.expires == .max ? .fresh : .stale(age: now - entry.expires)
  }

  mutating func store(_ key: UInt64, size: Int64, expires: Int64, at now: Int64) {
    _ = remove(key)
    if size > capacity { return }
    while policy == .ttl, let first = held.first, isDead(first, at: now) { drop(at: 0) }
    while bytes > capacity - size { drop(at: 0) }
    bytes += size
    held.append(ObjectCache.Entry(key: key, size: size, storedAt: now, expires: expires))
  }

  mutating func remove(_ key: UInt64) -> Bool {
    guard let place = place(of: key) else { return false }
    drop(at: place)
    return true
  }

  mutating func removeAll() {
    held = []
    bytes = 0
  }
}

/// Mutations: a hit of a FIFO cache that promotes; a replacement that does not give back the replaced bytes; a deletion that
/// leaves a hole in a run of the index; freshness at the very time of the expiry; a TTL cache that does not sweep.
@Suite struct `A cache of objects` {
  @Test(arguments: [ObjectCache.Policy.lru, .fifo, .ttl], [Int64.max, 40])
  func `does what one that searches a list does`(policy: ObjectCache.Policy, keep: Int64) {
    // Without room that binds, a TTL cache lives by its sweep.
    let capacity: Int64 = policy == .ttl && keep != .max ? .max : 6000
    var cache = ObjectCache(policy, capacity: capacity, keep: keep)
    var reference = ListedCache(policy, capacity: capacity, keep: keep)
    let root = DrawKey(seed: 4, replication: Int(policy.rawValue))
    var now: Int64 = 0
    var differences = 0
    var outcomes: [String: Int] = [:]
    for step in 0..<100_000 as Range<UInt64> {
      let draws = root.child(step)
      now += Int64(draws.draw(0) % 3)
      // Products of uniform numbers: some keys are popular.
      let key = UInt64(200 * draws.uniform(1) * draws.uniform(2))
      let deed = draws.uniform(3)
      if deed < 0.6 {
        let (found, expected) = (cache.look(up: key, at: now), reference.look(up: key, at: now))
        if found != expected { differences += 1 }
        outcomes["\(found)".prefix(5).description, default: 0] += 1
      } else if deed < 0.95 {
        // Now and then one that is larger than the cache, or that never expires.
        let size = draws.uniform(4) < 0.01 ? 7000 : Int64(draws.draw(5) % 400)
        let expires = draws.uniform(6) < 0.05 ? .max : now + Int64(draws.draw(7) % 200)
        cache.store(key, size: size, expires: expires, at: now)
        reference.store(key, size: size, expires: expires, at: now)
      } else if deed < 0.9999 {
        let (isRemoved, isExpected) = (cache.remove(key), reference.remove(key))
        if isRemoved != isExpected { differences += 1 }
      } else {
        cache.removeAll()
        reference.removeAll()
      }
      if cache.count != reference.held.count || cache.bytes != reference.bytes { differences += 1 }
    }
    #expect(differences == 0)
    // The script reaches everything.
    #expect(outcomes.count == 3 && outcomes.values.allSatisfy { $0 > 1000 }, "\(outcomes)")
  }

  @Test func `is fresh up to its expiry and stale from then on, however often it is hit`() {
    var cache = ObjectCache(.ttl, capacity: ObjectCache.unlimited, keep: ObjectCache.never)
    cache.store(1, size: 10, expires: 100, at: 0)
    let looks = [99, 100, 107].map { cache.look(up: 1, at: $0) }
    #expect(looks == [.fresh, .stale(age: 0), .stale(age: 7)])
    let entry = cache.entry(of: 1)
    #expect(entry?.storedAt == 0 && entry?.expires == 100 && entry?.size == 10)
  }

  @Test func `keeps nothing stale where it is told so`() {
    var cache = ObjectCache(.lru, capacity: 100, keep: 0)
    cache.store(1, size: 10, expires: 100, at: 0)
    let (look, count) = (cache.look(up: 1, at: 100), cache.count)
    #expect(look == .absent && count == 0)
  }

  @Test func `evicts the least recently used, or the first stored`() {
    for (policy, victim) in [(ObjectCache.Policy.lru, 2), (.fifo, 1)] as [(ObjectCache.Policy, UInt64)] {
      var cache = ObjectCache(policy, capacity: 30, keep: ObjectCache.never)
      for key in 1...3 as ClosedRange<UInt64> { cache.store(key, size: 10, expires: .max, at: 0) }
      _ = cache.look(up: 1, at: 1)
      cache.store(4, size: 10, expires: .max, at: 2)
      let absent = (1...4 as ClosedRange<UInt64>).filter { cache.entry(of: $0) == nil }
      #expect(absent == [victim])
    }
  }

  @Test func `does not store what is larger than itself, and drops what it replaces`() {
    var cache = ObjectCache(.lru, capacity: 30, keep: ObjectCache.never)
    cache.store(1, size: 10, expires: .max, at: 0)
    cache.store(2, size: 10, expires: .max, at: 0)
    let isStored = cache.store(1, size: 31, expires: .max, at: 1)
    let (look, bytes) = (cache.look(up: 1, at: 1), cache.bytes)
    #expect(!isStored && look == .absent && bytes == 10)
  }

  /// A live stream asks for ever new objects.
  @Test func `without a limit holds no more than what is stale for a bounded time`() {
    var cache = ObjectCache(.ttl, capacity: ObjectCache.unlimited, keep: 50)
    var most = 0
    for now in 0..<10_000 as Range<Int64> {
      cache.store(UInt64(now), size: 1, expires: now + 100, at: now)
      most = max(most, cache.count)
    }
    // Those stored within the last 150 time units.
    #expect(most == 150)
  }
}
