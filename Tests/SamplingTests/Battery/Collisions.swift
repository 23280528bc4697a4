/// How many pairs of neighbouring words, eight bits of each, fall where a pair fell before: of 2,048 balls in 2^16
/// urns. The distribution is computed, not approximated.
///
/// D. E. Knuth, The Art of Computer Programming, vol. 2, 3rd ed., section 3.3.2 I.
struct Collisions: StreamStatistic {
  let readsUpperBits = true

  func pValue(_ words: UnsafeBufferPointer<UInt64>, share: Double) -> Double {
    var collisions = 0
    withUnsafeTemporaryAllocation(of: Bool.self, capacity: Self.urns) { isTaken in
      isTaken.initialize(repeating: false)
      for ball in 0..<(words.count / 2) {
        let urn = Int(truncatingIfNeeded: (words[2 * ball] &>> 56) &<< 8 | words[2 * ball + 1] &>> 56)
        if isTaken[urn] { collisions &+= 1 }
        isTaken[urn] = true
      }
    }
    let atLeast = Self.upperTails[min(collisions, Self.most)]
    let beyond = Self.upperTails[min(collisions, Self.most) + 1]
    return beyond + share * (atLeast - beyond)
  }

  private static let urns = 1 << 16
  /// The mean is 31.7 and the standard deviation 5.5: more never happens.
  private static let most = 120

  /// At c, the probability of c collisions or more.
  private static let upperTails: [Double] = {
    var probabilities = [Double](repeating: 0, count: most + 1)
    probabilities[0] = 1
    for ball in 0..<(Stream.length / 2) {
      for collisions in stride(from: min(ball, most), through: 0, by: -1) {
        let taken = Double(ball - collisions) / Double(urns)
        let before = collisions > 0 ? probabilities[collisions - 1] * (taken + 1 / Double(urns)) : 0
        probabilities[collisions] = probabilities[collisions] * (1 - taken) + before
      }
    }
    var tails = [Double](repeating: 0, count: most + 2)
    for collisions in stride(from: most, through: 0, by: -1) {
      tails[collisions] = tails[collisions + 1] + probabilities[collisions]
    }
    return tails
  }()
}
