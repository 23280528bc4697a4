@testable import Sampling

/// Generators with flaws that a statistic must see.
enum FlawedGenerator: String, CaseIterable {
  /// A Weyl sequence: a key and a multiple of the index, not mixed.
  case unmixedCounter
  /// Knuth's linear congruential generator modulo 2^64, whose lower bits have short periods.
  case congruential
  /// Marsaglia's xorshift of 64 bits, which is linear over the field of two elements.
  case xorshift
  /// Index and replication are added and mixed once, so that a replication repeats what its neighbour drew.
  case sharedKeys
  /// Every other word is the complement of the word before.
  case antithetic
  /// The upper byte is never below 16.
  case unfairByte

  func words(seed: UInt64, count: Int = Stream.length) -> [UInt64] {
    let key = DrawKey.mix(seed)
    var state = key
    return (0..<UInt64(count)).map { index in
      switch self {
      case .unmixedCounter:
        return key &+ index &* 0x9E37_79B9_7F4A_7C15
      case .congruential:
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state
      case .xorshift:
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
      case .sharedKeys:
        return DrawKey.mix(key &+ index >> 1 &+ index & 1)
      case .antithetic:
        let word = DrawKey(bits: key).draw(index >> 1)
        return index & 1 == 1 ? ~word : word
      case .unfairByte:
        let word = DrawKey(bits: key).draw(index)
        return word >> 60 == 0 ? word | 0xF << 60 : word
      }
    }
  }
}
