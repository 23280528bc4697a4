import Sampling
import Testing

@testable import Engine

/// Runs a link until its last flow is complete.
/// - Returns: the flows in the order of their ends, and these.
private func drain(_ link: inout FairLink) -> [(id: Int32, time: Int64)] {
  var ends: [(id: Int32, time: Int64)] = []
  while let next = link.nextCompletion() {
    let left = link.leave(id: next.id, at: next.time)
    #expect(left == 0)
    ends.append(next)
  }
  return ends
}

/// Mutations: a tier that starts to share at its old end; a level that forgets what the capped take; what goes over the link
/// after a flow's end counted as transferred; a queue that loses what stood below the flow that leaves.
@Suite struct `A link that is shared fairly` {
  @Test func `gives each flow its own bandwidth while there is enough, to the nanosecond`() {
    var link = FairLink(capacity: 1_000_000)
    link.join(id: 1, cap: 3, bits: 7, at: 5)
    link.join(id: 2, cap: 333_333, bits: 1_000_000_007, at: 11)
    link.join(id: 3, cap: 7, bits: 0, at: 11)
    link.join(id: 4, cap: 0, bits: 1, at: 11)
    let (load, isShared) = (link.load, link.isShared)
    #expect(load == 333_343e-6 && !isShared)
    let ends = drain(&link)
    #expect(ends.map(\.id) == [3, 1, 2])
    // 5 + ceil(7 × 10^9 / 3), and 11 + ceil(1,000,000,007 × 10^9 / 333,333).
    #expect(ends.map(\.time) == [11, 2_333_333_339, 3_000_003_021_004 + 11])
    let count = link.count
    #expect(count == 1)
  }

  /// n flows of c bits over C: all end at n c / C.
  @Test func `gives n alike the n-th part each`() {
    var link = FairLink(capacity: 1_000_000_000)
    for id in 0..<700 as Range<Int32> { link.join(id: id, cap: 5_000_000, bits: 12_000_001, at: 1000) }
    let (rate, load) = (link.rate(of: 17), link.load)
    #expect(abs(rate - 1e9 / 700) < 1e-6 && load == 1)
    let ends = drain(&link)
    // 700 × 12,000,001 / 10^9 s = 8.4000007 s.
    #expect(ends.allSatisfy { $0.time == 8_400_000_700 + 1000 || $0.time == 8_400_000_701 + 1000 })
    #expect(ends.map(\.id) == Array(0..<700), "ties go by the order of joining")
  }

  /// Alone a flow has its cap of 6 bit/s. From 1 to 2.5 s two share 8 bit/s, until the 6 bits of the second are sent at 4.
  @Test func `tells for how long it was shared`() {
    var link = FairLink(capacity: 8)
    link.join(id: 1, cap: 6, bits: 60, at: 0)
    link.join(id: 2, cap: 6, bits: 6, at: 1_000_000_000)
    let during = [link.sharedTime(at: 1_000_000_000), link.sharedTime(at: 1_500_000_000)]
    #expect(during == [0, 500_000_000])
    let left = link.leave(id: 2, at: 2_500_000_000)
    let after = [link.sharedTime(at: 2_500_000_000), link.sharedTime(at: 9_000_000_000)]
    #expect(left == 0 && after == [1_500_000_000, 1_500_000_000])
  }

  /// 30 flows capped at 1 Mbit/s and 10 at 9 Mbit/s over 70 Mbit/s: the first at their caps, the others at 4 Mbit/s.
  @Test func `gives the slow their bandwidth and shares the rest among the fast`() {
    var link = FairLink(capacity: 70_000_000)
    for id in 0..<40 as Range<Int32> {
      link.join(id: id, cap: id < 30 ? 1_000_000 : 9_000_000, bits: 20_000_000, at: 0)
    }
    let (slow, fast) = (link.rate(of: 0), link.rate(of: 39))
    #expect(slow == 1e6 && fast == 4e6)
    let ends = drain(&link)
    #expect(ends.prefix(10).allSatisfy { $0.id >= 30 && $0.time == 5_000_000_000 })
    #expect(ends.suffix(30).allSatisfy { $0.id < 30 && $0.time == 20_000_000_000 })
  }

  /// By hand: 10 Mbit/s for two flows of 10 Mbit that could do 8 each. 5 each for 1 s; 2 each for 1 s; none for 1 s; the
  /// rest of 3 Mbit at 8 Mbit/s.
  @Test func `follows its capacity`() {
    var link = FairLink(capacity: 10_000_000)
    link.join(id: 0, cap: 8_000_000, bits: 10_000_000, at: 0)
    link.join(id: 1, cap: 8_000_000, bits: 10_000_000, at: 0)
    link.changeCapacity(to: 4_000_000, at: 1_000_000_000)
    link.changeCapacity(to: 0, at: 2_000_000_000)
    let halted = link.nextCompletion()
    let load = link.load
    #expect(halted == nil && load == 1)
    link.changeCapacity(to: 100_000_000, at: 3_000_000_000)
    let ends = drain(&link)
    #expect(ends.map(\.time) == [3_375_000_000, 3_375_000_000])
    #expect(ends.map(\.id) == [0, 1])
    let transferred = link.transferred
    #expect(abs(transferred - 2e7) < 1e-6)
  }

  /// By hand: 4 and 4 Mbit/s of 8; with a cap of 1 from 1 s on 1 and 7; from 2 s on 4 and 4 again.
  @Test func `follows a flow's own bandwidth`() {
    var link = FairLink(capacity: 8_000_000)
    link.join(id: 0, cap: 9_000_000, bits: 9_000_000, at: 0)
    link.join(id: 1, cap: 9_000_000, bits: 99_000_000, at: 0)
    link.changeCap(id: 0, to: 1_000_000, at: 1_000_000_000)
    let (slow, fast) = (link.rate(of: 0), link.rate(of: 1))
    #expect(slow == 1e6 && fast == 7e6)
    link.changeCap(id: 0, to: 6_000_000, at: 2_000_000_000)
    let next = link.nextCompletion()
    #expect(next?.id == 0 && next?.time == 3_000_000_000)
    let left = link.leave(id: 1, at: 2_500_000_000)
    #expect(left == 99_000_000 - 4_000_000 - 7_000_000 - 2_000_000)
  }

  @Test func `does not give out more than it has where all caps cross the level at once`() {
    var link = FairLink(capacity: 50_000_000)
    for id in 0..<10 as Range<Int32> { link.join(id: id, cap: 5_000_000, bits: 1 << 40, at: 0) }
    let isSharedAtTheEdge = link.isShared
    #expect(!isSharedAtTheEdge)
    for round in 0..<100 as Range<Int64> {
      link.join(id: 10, cap: 5_000_000, bits: 1 << 40, at: round * 1000)
      let crowded = link.rate(of: 3)
      link.leave(id: 10, at: round * 1000 + 500)
      let free = link.rate(of: 3)
      #expect(abs(crowded - 5e7 / 11) < 1e-6 && free == 5e6)
    }
  }
}
