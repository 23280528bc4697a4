import Sampling
import Testing

@testable import Engine

/// The link beside `ReferenceLink` through random joins, leaves and changes of caps and capacity.
private struct Comparison {
  let root: DrawKey
  /// Whether caps are drawn from a few, so that many flows have the same.
  let hasClasses: Bool
  /// How many flows there are on average.
  let population: Int

  /// The greatest difference of a completion's time from the reference, relative to what is allowed: 1 ns, 10^-12 of the
  /// time simulated, since the reference's Doubles are no better, and the time to make up for a level that was rounded down
  /// by 2^-24 bit/s ever since the flow joined.
  var worstTime = 0.0
  /// In bit/s.
  var worstRate = 0.0
  var worstBits = 0.0
  var completions = 0
  var sharedSteps = 0
  var bitsDone = 0.0
  var transferred = 0.0

  mutating func run(steps: UInt64) {
    let mean = 5e6
    var link = FairLink(capacity: Int64(Double(population) * mean))
    var reference = ReferenceLink(capacity: Int64(Double(population) * mean))
    var now: Int64 = 0
    var nextID: Int32 = 0
    var sizes: [Int32: Int64] = [:]
    for step in 0..<steps {
      let draws = root.child(step)
      // Exponential gaps; a flow of 10 Mbit at 5 Mbit/s takes two seconds.
      let gap = Int64(-DeterministicMath.log1p(-draws.uniform(0)) * 2e9 / Double(population) / 1.2)
      let due = now + gap
      while let next = link.nextCompletion(), next.time <= due {
        complete(next, &link, &reference, &sizes)
      }
      now = due
      if link.isShared { sharedSteps += 1 }
      let deed = draws.uniform(1)
      let ids = sizes.keys.sorted()
      let chosen = ids.isEmpty ? -1 : ids[Int(draws.draw(2) % UInt64(ids.count))]
      if deed < 0.85 || chosen < 0 {
        let bits = Int64(2e7 * draws.uniform(4))
        let cap = cap(draws)
        link.join(id: nextID, cap: cap, bits: bits, at: now)
        reference.join(id: nextID, cap: cap, bits: bits, at: Double(now))
        sizes[nextID] = bits
        nextID += 1
      } else if deed < 0.92 {
        let left = link.leave(id: chosen, at: now)
        let expected = reference.leave(id: chosen, at: Double(now))
        worstBits = max(worstBits, abs(Double(left) - expected))
        bitsDone += Double((sizes.removeValue(forKey: chosen) ?? 0) - left)
      } else if deed < 0.98 {
        let cap = cap(draws)
        link.changeCap(id: chosen, to: cap, at: now)
        reference.changeCap(id: chosen, to: cap, at: Double(now))
      } else {
        let capacity = Int64(Double(population) * mean * (0.1 + 1.8 * draws.uniform(5)))
        link.changeCapacity(to: capacity, at: now)
        reference.changeCapacity(to: capacity, at: Double(now))
      }
      for flow in reference.flows {
        // The level is rounded down to 2^-24 bit/s.
        worstRate = max(worstRate, abs(link.rate(of: flow.id) - flow.rate) - 1e-14 * flow.rate)
      }
    }
    link.changeCapacity(to: 1_000_000_000_000, at: now)
    reference.changeCapacity(to: 1_000_000_000_000, at: Double(now))
    while let next = link.nextCompletion() { complete(next, &link, &reference, &sizes) }
    transferred = link.transferred
  }

  private func cap(_ draws: DrawKey) -> Int64 {
    hasClasses
      ? [1_000_000, 4_000_000, 5_000_000, 20_000_000][Int(draws.draw(3) % 4)]
      : Int64(1e7 * draws.uniform(3)) + 100_000
  }

  private mutating func complete(
    _ next: (id: Int32, time: Int64), _ link: inout FairLink, _ reference: inout ReferenceLink,
    _ sizes: inout [Int32: Int64]
  ) {
    let expected = max(reference.completion(of: next.id), reference.time)
    let first = max(reference.firstCompletion, reference.time)
    if let flow = reference.flows.first(where: { $0.id == next.id }) {
      let age = Double(next.time) - flow.joined
      let allowed = 1 + 1e-12 * Double(next.time) + 0x1p-24 * age / flow.rate
      for time in [expected, first] { worstTime = max(worstTime, abs(Double(next.time) - time) / allowed) }
    }
    let left = link.leave(id: next.id, at: next.time)
    _ = reference.leave(id: next.id, at: Double(next.time))
    worstBits = max(worstBits, Double(left))
    bitsDone += Double(sizes.removeValue(forKey: next.id) ?? 0)
    completions += 1
  }
}

@Suite struct `A fair link through random changes` {
  @Test(arguments: [1, 10, 300], [false, true])
  func `completes when flows that are worked out one by one do`(population: Int, hasClasses: Bool) {
    var comparison = Comparison(
      root: DrawKey(seed: UInt64(population), replication: hasClasses ? 1 : 0), hasClasses: hasClasses,
      population: population)
    comparison.run(steps: population == 300 ? 2500 : 8000)
    #expect(comparison.completions > 1000 && comparison.sharedSteps > 200)
    #expect(comparison.worstTime <= 2, "\(comparison)")
    #expect(comparison.worstRate < 0x1p-24, "\(comparison)")
    // A leaving flow's rest is rounded up to a bit.
    #expect(comparison.worstBits < 1.001, "\(comparison)")
    // What leavers left is rounded up to a bit, each.
    let missing = comparison.transferred - comparison.bitsDone
    #expect(missing > -0.01 && missing < 0.07 * 8000, "\(comparison)")
  }

  /// What is transferred is what was asked for, to the nanobit's rounding, where all flows complete.
  @Test func `transfers the bits of its flows and no others`() {
    var link = FairLink(capacity: 100_000_007)
    let root = DrawKey(seed: 3, replication: 0)
    var now: Int64 = 0
    var asked: Int64 = 0
    for id in 0..<5000 as Range<Int32> {
      let draws = root.child(UInt64(id))
      now += Int64(draws.draw(0) % 100_000_000)
      while let next = link.nextCompletion(), next.time <= now { link.leave(id: next.id, at: next.time) }
      let bits = Int64(draws.draw(1) % 10_000_000)
      link.join(id: id, cap: Int64(draws.draw(2) % 20_000_000) + 1, bits: bits, at: now)
      asked += bits
    }
    while let next = link.nextCompletion() { link.leave(id: next.id, at: next.time) }
    let (transferred, count) = (link.transferred, link.count)
    #expect(abs(transferred - Double(asked)) < 1e-3 && count == 0)
  }

  @Test func `tells times that never go back`() {
    var link = FairLink(capacity: 1_000_000)
    let root = DrawKey(seed: 5, replication: 0)
    var now: Int64 = 0
    var backward = 0
    for step in 0..<20_000 as Range<Int32> {
      let draws = root.child(UInt64(step))
      link.join(id: step, cap: Int64(draws.draw(1) % 100_000), bits: Int64(draws.draw(2) % 3000), at: now)
      for _ in 0..<2 {
        guard let next = link.nextCompletion() else { break }
        if next.time < now { backward += 1 }
        now = next.time
        link.leave(id: next.id, at: now)
      }
    }
    #expect(backward == 0)
  }
}
