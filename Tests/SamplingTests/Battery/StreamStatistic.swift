/// A number computed from a stream of words whose distribution is known where the words are independent and uniform.
protocol StreamStatistic: Sendable {
  /// Whether only the upper bits are read, so that words whose bits are reversed tell something else.
  var readsUpperBits: Bool { get }

  /// Uniform on [0, 1] where the words are independent and uniform; both ends are suspect.
  /// - Parameters:
  ///   - words: `Stream.length` of them.
  ///   - share: from 0 to 1: where the statistic is a count, how much of the probability of just this count belongs to
  ///     the p-value, so that p-values with evenly spread shares are uniform and not in steps.
  func pValue(_ words: UnsafeBufferPointer<UInt64>, share: Double) -> Double
}

/// How all streams of one battery are measured.
enum Stream {
  /// Words of a stream.
  static let length = 4096
  /// Streams, with as many seeds, that are judged together.
  static let seeds: ClosedRange<UInt64> = 1...32
}

/// Which end of the words the statistics take for the upper one.
enum Face: String, CaseIterable {
  case upright, reversed

  func of(_ words: [UInt64]) -> [UInt64] {
    switch self {
    case .upright: words
    case .reversed: words.map(\.bitReversed)
    }
  }
}

extension UInt64 {
  var bitReversed: UInt64 {
    var x = byteSwapped
    x = (x & 0xF0F0_F0F0_F0F0_F0F0) >> 4 | (x & 0x0F0F_0F0F_0F0F_0F0F) << 4
    x = (x & 0xCCCC_CCCC_CCCC_CCCC) >> 2 | (x & 0x3333_3333_3333_3333) << 2
    return (x & 0xAAAA_AAAA_AAAA_AAAA) >> 1 | (x & 0x5555_5555_5555_5555) << 1
  }
}
