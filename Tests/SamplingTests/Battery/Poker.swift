/// How many of five successive digits of three bits are different.
///
/// Knuth, vol. 2, 3rd ed., section 3.3.2 E: of d digits r different ones in k places with probability
/// d(d - 1)…(d - r + 1) S(k, r) / d^k, S being Stirling's numbers of the second kind.
struct Poker: StreamStatistic {
  let readsUpperBits = true

  func pValue(_ words: UnsafeBufferPointer<UInt64>, share: Double) -> Double {
    var counts = [0, 0, 0, 0]
    for hand in 0..<(words.count / 5) {
      var seen: UInt64 = 0
      for card in 0..<5 { seen |= 1 &<< (words[5 &* hand &+ card] &>> 61) }
      counts[max(0, seen.nonzeroBitCount - 2)] += 1
    }
    return SecondLevel.pValue(counts: counts, probabilities: Self.probabilities)
  }

  /// Of one or two different digits, of three, four and five: 8 + 56 x 15, 336 x 25, 1680 x 10 and 6720 of 8^5.
  private static let probabilities: [Double] = [848 / 32_768, 8400 / 32_768, 16_800 / 32_768, 6720 / 32_768]
}
