/// The ranks of 64 x 64 matrices over the field of two elements, a row being a word.
///
/// G. Marsaglia and L.-H. Tsay, "Matrices and the structure of random number sequences", Linear Algebra and its
/// Applications 67 (1985) 147: rank n - d has probability 2^(-d²) ∏(1 - 2^-i)² / ∏(1 - 2^-i), i from d + 1 to n above
/// and from 1 to n - d below.
struct MatrixRanks: StreamStatistic {
  let readsUpperBits = false

  func pValue(_ words: UnsafeBufferPointer<UInt64>, share: Double) -> Double {
    var counts = [0, 0, 0]
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 64) { basis in
      for matrix in 0..<(words.count / 64) {
        basis.initialize(repeating: 0)
        var rank = 0
        for row in 0..<64 {
          var word = words[64 &* matrix &+ row]
          while word != 0 {
            let lead = word.leadingZeroBitCount
            if basis[lead] == 0 {
              basis[lead] = word
              rank &+= 1
              break
            }
            word ^= basis[lead]
          }
        }
        counts[min(64 - rank, 2)] += 1
      }
    }
    return SecondLevel.pValue(counts: counts, probabilities: Self.probabilities)
  }

  /// Of rank 64, of 63 and of less.
  private static let probabilities: [Double] = {
    let full = (1...64).reduce(1.0) { $0 * (1 - Double(sign: .plus, exponent: -$1, significand: 1)) }
    let oneLess = full * 2 * (1 - 0x1p-64)
    return [full, oneLess, 1 - full - oneLess]
  }()
}
