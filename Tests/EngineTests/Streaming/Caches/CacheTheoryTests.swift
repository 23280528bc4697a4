import Sampling
import Testing

@testable import Engine

/// A million requests, independent of each other, for objects of given popularity.
private func simulatedHitRatio(
  _ policy: ObjectCache.Policy, popularity: [Double], room: Int64, requests: Int, seed: UInt64
) -> (ratio: Double, margin: Double) {
  var cumulative: [Double] = []
  for each in popularity { cumulative.append((cumulative.last ?? 0) + each) }
  let total = cumulative[cumulative.count - 1]
  let root = DrawKey(seed: seed, replication: 0)
  var cache = ObjectCache(policy, capacity: room, keep: ObjectCache.never)
  let batches = 100
  var ratios = [Double](repeating: 0, count: batches)
  // One batch more, to fill the cache.
  for batch in -1..<batches {
    var hits = 0
    for request in 0..<requests / batches {
      let draw = root.uniform(UInt64((batch + 1) * (requests / batches) + request)) * total
      var (low, high) = (0, cumulative.count - 1)
      while low < high {
        let middle = (low + high) / 2
        if draw < cumulative[middle] { high = middle } else { low = middle + 1 }
      }
      if cache.look(up: UInt64(low), at: 0) == .fresh {
        hits += 1
      } else {
        cache.store(UInt64(low), size: 1, expires: ObjectCache.never, at: 0)
      }
    }
    if batch >= 0 { ratios[batch] = Double(hits) / Double(requests / batches) }
  }
  let mean = ratios.reduce(0, +) / Double(batches)
  let variance = ratios.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(batches - 1)
  // Batch means; Student's t with 99 degrees of freedom exceeds 4.06 by chance once in 10^4.
  return (mean, 4.06 * (variance / Double(batches)).squareRoot())
}

private func zipf(_ exponent: Double, _ count: Int) -> [Double] {
  let weights = (1...count).map { DeterministicMath.pow(Double($0), -exponent) }
  let total = weights.reduce(0, +)
  return weights.map { $0 / total }
}

@Suite struct `Hit ratios under independent references` {
  /// W. F. King, "Analysis of demand paging algorithms", IFIP Congress 1971: the state of an LRU cache with room for two is
  /// (i, j), the last two different objects, with probability p_i p_j / (1 - p_i).
  private static let kingLRU: Double = {
    let p = zipf(1, 5)
    var hits = 0.0
    for i in p.indices {
      for j in p.indices where j != i { hits += p[i] * p[j] / (1 - p[i]) * (p[i] + p[j]) }
    }
    return hits
  }()

  /// King for FIFO; E. Gelenbe, "A unified approach to the evaluation of a class of replacement algorithms", IEEE Trans.
  /// Computers 22(6), 1973: a set of objects is held with a probability in proportion to the product of its p.
  private static let kingFIFO: Double = {
    let p = zipf(1, 5)
    var (hits, total) = (0.0, 0.0)
    for i in p.indices {
      for j in p.indices where j != i {
        total += p[i] * p[j]
        hits += p[i] * p[j] * (p[i] + p[j])
      }
    }
    return hits / total
  }()

  /// The numbers of validation/streaming.md.
  @Test func `are exactly King's in the formula`() {
    #expect(abs(Self.kingLRU - 0.518884563817) < 5e-13)
    #expect(abs(Self.kingFIFO - 0.503649635036) < 5e-13)
  }

  @Test(arguments: [(ObjectCache.Policy.lru, kingLRU), (.fifo, kingFIFO)])
  func `are King's in the cache`(policy: ObjectCache.Policy, exact: Double) {
    let (ratio, margin) = simulatedHitRatio(policy, popularity: zipf(1, 5), room: 2, requests: 1_000_000, seed: 71)
    #expect(margin < 0.003)
    #expect(abs(ratio - exact) < margin, "\(ratio) +- \(margin), exactly \(exact)")
  }

  /// validation/streaming.md: simulated 0.43653 and 0.43666 there; Che's own error is below 0.0005.
  @Test func `are near Che's in an LRU cache with room for a tenth of 10,000 objects`() {
    let (ratio, margin) = simulatedHitRatio(
      .lru, popularity: zipf(0.8, 10_000), room: 1000, requests: 1_000_000, seed: 72)
    #expect(abs(ratio - 0.436660) < margin + 0.0005, "\(ratio) +- \(margin)")
  }
}

@Suite struct `The characteristic time` {
  private func classes(_ exponent: Double, _ count: Int) -> [ObjectClass] {
    zipf(exponent, count).map { ObjectClass(count: 1, rate: $0, size: 1) }
  }

  /// validation/streaming.md.
  @Test func `is Che's of Zipf(0.8) over 10,000 objects and room for 1,000`() {
    let objects = classes(0.8, 10_000)
    let time = CharacteristicTime(of: objects, policy: .lru, capacity: 1000)
    #expect(abs(time.seconds - 1472.4795) < 5e-5)
    let ratio = objects.reduce(0) { $0 + $1.rate * time.hitRatio(of: $1) }
    #expect(abs(ratio - 0.436660) < 5e-7)
  }

  /// n alike of which the share c is held: 1 - e^-λT = c, and λT/(1 + λT) = c.
  @Test(arguments: [1e-9, 0.01, 0.5, 0.99, 1 - 1e-9])
  func `has a closed form where all objects are alike`(share: Double) {
    let objects = [ObjectClass(count: 1000, rate: 0.25, size: 3e6)]
    let lru = CharacteristicTime(of: objects, policy: .lru, capacity: share * 3e9)
    let fifo = CharacteristicTime(of: objects, policy: .fifo, capacity: share * 3e9)
    let expected = (-4 * DeterministicMath.log1p(-share), 4 * share / (1 - share))
    // Near a full cache T is as sensitive as 1/(1 - c).
    let tolerance = 4e-16 + 4e-16 / (1 - share)
    #expect(abs(lru.seconds / expected.0 - 1) < tolerance)
    #expect(abs(fifo.seconds / expected.1 - 1) < tolerance)
    #expect(abs(lru.hitRatio(of: objects[0]) - share) < 1e-15)
    #expect(abs(fifo.hitRatio(of: objects[0]) - share) < 1e-15)
  }

  @Test func `fills the room whatever the spread of rates and sizes`() {
    for seed in 0..<50 as Range<UInt64> {
      let root = DrawKey(seed: seed, replication: 0)
      let objects = (0..<20 as Range<UInt64>).map { index in
        let draws = root.child(index)
        return ObjectClass(
          count: DeterministicMath.exp(12 * draws.uniform(1)), rate: DeterministicMath.exp(40 * draws.uniform(2) - 20),
          size: DeterministicMath.exp(20 * draws.uniform(3)))
      }
      let bytes = objects.reduce(0) { $0 + $1.count * $1.size }
      let room = bytes * root.uniform(9)
      for policy in [ObjectCache.Policy.lru, .fifo] {
        let time = CharacteristicTime(of: objects, policy: policy, capacity: room)
        let held = objects.reduce(0) { $0 + $1.count * $1.size * time.hitRatio(of: $1) }
        #expect(abs(held / room - 1) < 1e-12, "seed \(seed), \(policy)")
      }
    }
  }

  @Test func `is infinite where everything fits and zero where there is no room`() {
    let objects = [
      ObjectClass(count: 10, rate: 1, size: 5), ObjectClass(count: 10, rate: 0, size: 5),
    ]
    // What is never requested takes no room.
    let full = CharacteristicTime(of: objects, policy: .lru, capacity: 50)
    let none = CharacteristicTime(of: objects, policy: .fifo, capacity: 0)
    #expect(full.seconds == .infinity && none.seconds == 0)
    #expect(full.hitRatio(of: objects[0]) == 1 && full.hitRatio(of: objects[1]) == 0)
    #expect(none.hitRatio(of: objects[0]) == 0)
  }
}
