/// How long the words increase: the first 1,400 runs, the word after each left out, which makes them independent.
///
/// Knuth, vol. 2, 3rd ed., section 3.3.2 G and exercise 14: a run has length r with probability 1/r! - 1/(r + 1)!.
struct Runs: StreamStatistic {
  let readsUpperBits = true

  func pValue(_ words: UnsafeBufferPointer<UInt64>, share: Double) -> Double {
    var counts = [0, 0, 0, 0, 0]
    var runs = 0
    var length = 1
    var index = 1
    while index < words.count {
      if words[index] > words[index - 1] {
        length &+= 1
        index &+= 1
        continue
      }
      counts[min(length, 5) - 1] += 1
      runs &+= 1
      if runs == 1400 { return SecondLevel.pValue(counts: counts, probabilities: Self.probabilities) }
      length = 1
      index &+= 2
    }
    // 1,507 are expected; the standard deviation is 17.
    return 0
  }

  private static let probabilities = [
    1 - 1.0 / 2, 1.0 / 2 - 1.0 / 6, 1.0 / 6 - 1.0 / 24, 1.0 / 24 - 1.0 / 120, 1.0 / 120,
  ]
}
