import CGSL

/// How often each bit is set, differs from the same bit of the next word, and differs from the bit above it: 3 x 64
/// pairwise independent binomial counts, so a chi-square of 192 degrees of freedom.
struct BitCorrelations: StreamStatistic {
  let readsUpperBits = false

  func pValue(_ words: UnsafeBufferPointer<UInt64>, share: Double) -> Double {
    var set = BitCounter()
    var changed = BitCounter()
    var unlikeAbove = BitCounter()
    var last = words[words.count - 1]
    for word in words {
      set.add(word)
      changed.add(word ^ last)
      unlikeAbove.add(word ^ (word &<< 1 | word &>> 63))
      last = word
    }
    return gsl_cdf_chisq_Q(set.chiSquare + changed.chiSquare + unlikeAbove.chiSquare, 192)
  }
}

/// Counts the words that have a bit set, for 64 bits at once: plane i holds bit i of every count.
private struct BitCounter {
  private var planes: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
  private var totals = [Int](repeating: 0, count: 64)
  private var count = 0

  mutating func add(_ word: UInt64) {
    var carry = word
    (planes.0, carry) = (planes.0 ^ carry, planes.0 & carry)
    (planes.1, carry) = (planes.1 ^ carry, planes.1 & carry)
    (planes.2, carry) = (planes.2 ^ carry, planes.2 & carry)
    planes.3 ^= carry
    count &+= 1
    if count & 7 == 0 { flush() }
  }

  private mutating func flush() {
    for bit in 0..<64 {
      let shift = UInt64(bit)
      totals[bit] +=
        Int(planes.0 >> shift & 1) + Int(planes.1 >> shift & 1) * 2 + Int(planes.2 >> shift & 1) * 4
        + Int(planes.3 >> shift & 1) * 8
    }
    planes = (0, 0, 0, 0)
  }

  /// - Precondition: a multiple of eight words was added.
  var chiSquare: Double {
    let mean = Double(count) / 2
    return totals.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) } * 2 / mean
  }
}
