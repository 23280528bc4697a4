import Testing

@testable import Sampling

@Suite struct `Draw keys` {
  private let root = DrawKey(seed: 20_170, replication: 3)

  @Test func `depend on nothing but names, indices, seed and replication`() {
    let key = root.child(named: "edge-api").child(7)
    #expect(key == DrawKey(seed: 20_170, replication: 3).child(named: "edge-api").child(7))
    #expect(key.draw(2) == root.child(DrawKey.hash(of: "edge-api")).child(7).draw(2))
    #expect(root != DrawKey(seed: 20_170, replication: 4))
    #expect(root != DrawKey(seed: 20_171, replication: 3))
    #expect(root.child(1).child(2) != root.child(2).child(1))
    #expect(root.child(named: "ab") != root.child(named: "ba"))
    #expect(root.child(0) != root)
  }

  /// The finaliser's values are published with SplitMix64: with seed 0 the first output is the mix of the golden gamma.
  /// S. Vigna's splitmix64.c gives 0xE220A8397B1DCDAF for it.
  @Test func `mix as SplitMix64 does`() {
    #expect(DrawKey.mix(0x9E37_79B9_7F4A_7C15) == 0xE220_A839_7B1D_CDAF)
  }

  @Test func `have no collision in a million children`() {
    var seen: Set<UInt64> = []
    seen.reserveCapacity(1_000_000)
    for index in 0..<500_000 {
      seen.insert(root.child(UInt64(index)).bits)
      seen.insert(root.child(1).child(UInt64(index)).bits)
    }
    #expect(seen.count == 1_000_000)
  }

  /// Each of the 64 bits is set as often as not: the greatest of 64 deviations exceeds 5.5 standard deviations with
  /// probability 2.4e-6. So for keys that count up, purposes that count up, and replications.
  @Test func `draw bits that are fair, whatever counts up`() {
    let count = 40_000
    let draws: [(Int) -> UInt64] = [
      { root.child(UInt64($0)).draw(1) }, { root.draw(UInt64($0)) },
      { DrawKey(seed: 1, replication: $0).draw(0) }, { DrawKey(seed: UInt64($0), replication: 0).draw(0) },
    ]
    for draw in draws {
      var ones = [Int](repeating: 0, count: 64)
      var bytes = [Int](repeating: 0, count: 256)
      for index in 0..<count {
        let bits = draw(index)
        for position in 0..<64 { ones[position] += Int(bits >> UInt64(position) & 1) }
        bytes[Int(bits >> 56)] += 1
      }
      let deviation = (0.25 * Double(count)).squareRoot()
      for position in 0..<64 {
        #expect((Double(ones[position]) - 0.5 * Double(count)).magnitude < 5.5 * deviation)
      }
      // Chi-square of 255 degrees exceeds 375.6 with probability 1e-6 (Wilson and Hilferty).
      let expected = Double(count) / 256
      let chiSquare = bytes.reduce(0.0) { $0 + (Double($1) - expected) * (Double($1) - expected) / expected }
      #expect(chiSquare < 375.6)
    }
  }

  /// The correlation of n pairs of uniforms has standard deviation 1/√n; 4.89 of them are exceeded with probability
  /// 1e-6.
  @Test func `draw numbers that are not correlated with their neighbours`() {
    let count = 60_000
    let pairs: [(Int) -> (Double, Double)] = [
      { (root.child(UInt64($0)).uniform(0), root.child(UInt64($0 + 1)).uniform(0)) },
      { (root.uniform(UInt64($0)), root.uniform(UInt64($0 + 1))) },
      { (root.child(UInt64($0)).uniform(0), root.child(UInt64($0)).uniform(1)) },
      {
        (
          DrawKey(seed: 9, replication: $0).child(1).uniform(0),
          DrawKey(seed: 9, replication: $0 + 1).child(1).uniform(0)
        )
      },
    ]
    for pair in pairs {
      var covariance = 0.0
      for index in 0..<count {
        let (a, b) = pair(index)
        covariance += (a - 0.5) * (b - 0.5)
      }
      #expect((covariance * 12 / Double(count)).magnitude < 4.89 / Double(count).squareRoot())
    }
  }

  @Test func `change half of the bits when one bit of a key or an index changes`() {
    var changed = 0
    let trials = 64 * 200
    for index in 0..<200 {
      let key = root.child(UInt64(index))
      for position in 0..<64 {
        changed += (key.draw(0) ^ DrawKey(bits: key.bits ^ 1 << UInt64(position)).draw(0)).nonzeroBitCount
      }
    }
    // Binomial of mean 32 a trial and standard deviation 4/√trials.
    #expect((Double(changed) / Double(trials) - 32).magnitude < 4.89 * 4 / Double(trials).squareRoot())
  }
}
