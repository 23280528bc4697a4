/// How long the shortest linear feedback register is that gives the upper bit of 128 words, and so the bit below.
///
/// The register is Berlekamp's and Massey's: J. L. Massey, "Shift-register synthesis and BCH decoding", IEEE
/// Transactions on Information Theory 15 (1969) 122. Of the 2^n sequences of n bits, 2^min(2n - 2L, 2L - 1) need
/// length L > 0: R. A. Rueppel, Analysis and Design of Stream Ciphers (1986), section 4.1.
struct LinearComplexities: StreamStatistic {
  let readsUpperBits = true

  func pValue(_ words: UnsafeBufferPointer<UInt64>, share: Double) -> Double {
    var counts = [0, 0, 0, 0]
    for shift: UInt64 in [63, 62] {
      for block in 0..<(words.count / 128) {
        let length = Self.complexity(UnsafeBufferPointer(rebasing: words[(128 * block)..<(128 * block + 128)]), shift)
        counts[length < 64 ? 0 : length == 64 ? 1 : length == 65 ? 2 : 3] += 1
      }
    }
    return SecondLevel.pValue(counts: counts, probabilities: [1.0 / 6, 1.0 / 2, 1.0 / 4, 1.0 / 12])
  }

  private static func complexity(_ words: UnsafeBufferPointer<UInt64>, _ shift: UInt64) -> Int {
    var connection: UInt128 = 1
    var former: UInt128 = 1
    var distance: UInt128 = 1
    /// The bits so far, the latest lowest.
    var bits: UInt128 = 0
    var length = 0
    for index in 0..<words.count {
      bits = bits &<< 1 | UInt128(truncatingIfNeeded: words[index] &>> shift & 1)
      if (bits & connection).nonzeroBitCount & 1 == 1 {
        let old = connection
        connection ^= former << distance
        if 2 &* length <= index {
          length = index &+ 1 &- length
          former = old
          distance = 0
        }
      }
      distance &+= 1
    }
    return length
  }
}
