import CGSL

/// How often each byte stands in each of the eight places: chi-square of 8 x 255 degrees of freedom.
struct ByteFrequencies: StreamStatistic {
  let readsUpperBits = false

  func pValue(_ words: UnsafeBufferPointer<UInt64>, share: Double) -> Double {
    var squares = 0
    withUnsafeTemporaryAllocation(of: Int.self, capacity: 256) { counts in
      var shift: UInt64 = 0
      while shift < 64 {
        counts.initialize(repeating: 0)
        for word in words { counts[Int(truncatingIfNeeded: word &>> shift & 255)] &+= 1 }
        for count in counts { squares += count * count }
        shift += 8
      }
    }
    let count = Double(words.count)
    return gsl_cdf_chisq_Q(Double(squares) * 256 / count - 8 * count, 8 * 255)
  }
}
