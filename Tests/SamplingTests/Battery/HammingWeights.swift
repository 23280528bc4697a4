/// Whether the number of bits set in a word says something about the next word: pairs of words in 4 x 4 classes.
///
/// The idea of P. L'Ecuyer and R. Simard, "Beware of linear congruential generators with multipliers of the form
/// a = ±2^q ± 2^r", ACM Transactions on Mathematical Software 25 (1999) 367.
struct HammingWeights: StreamStatistic {
  let readsUpperBits = false

  func pValue(_ words: UnsafeBufferPointer<UInt64>, share: Double) -> Double {
    var counts = [Int](repeating: 0, count: 16)
    for pair in 0..<(words.count / 2) {
      let first = Self.classOfWeight[words[2 &* pair].nonzeroBitCount]
      let second = Self.classOfWeight[words[2 &* pair &+ 1].nonzeroBitCount]
      counts[4 &* first &+ second] += 1
    }
    return SecondLevel.pValue(counts: counts, probabilities: Self.probabilities)
  }

  /// Up to 29, 30 and 31, 32 to 34, and more.
  private static let classOfWeight: [Int] = (0...64).map { $0 < 30 ? 0 : $0 < 32 ? 1 : $0 < 35 ? 2 : 3 }

  private static let probabilities: [Double] = {
    var ofClass = [0.0, 0, 0, 0]
    var binomial = 0x1p-64
    for weight in 0...64 {
      ofClass[classOfWeight[weight]] += binomial
      binomial *= Double(64 - weight) / Double(weight + 1)
    }
    return ofClass.flatMap { first in ofClass.map { first * $0 } }
  }()
}
