/// How many words lie between neighbouring ones whose two upper bits are zero, for the first 800 gaps.
///
/// Knuth, vol. 2, 3rd ed., section 3.3.2 D.
struct Gaps: StreamStatistic {
  let readsUpperBits = true

  func pValue(_ words: UnsafeBufferPointer<UInt64>, share: Double) -> Double {
    var counts = [Int](repeating: 0, count: Self.probabilities.count)
    var gaps = 0
    var length = 0
    for word in words {
      if word &>> 62 != 0 {
        length &+= 1
        continue
      }
      counts[min(length, counts.count - 1)] += 1
      length = 0
      gaps &+= 1
      if gaps == 800 { return SecondLevel.pValue(counts: counts, probabilities: Self.probabilities) }
    }
    // 1,024 are expected; the standard deviation is 28.
    return 0
  }

  /// Of the lengths 0 to 11, and of 12 and more.
  private static let probabilities: [Double] = {
    var left = 1.0
    var probabilities: [Double] = []
    for _ in 0..<12 {
      probabilities.append(left / 4)
      left *= 0.75
    }
    return probabilities + [left]
  }()
}
