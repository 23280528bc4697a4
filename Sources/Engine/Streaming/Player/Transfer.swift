/// How long bits take, in whole nanoseconds, rounded up: at its end all of them have arrived, and a nanosecond before
/// they haven't.
enum Transfer {
  /// What stands for all that is longer, or never ends: about 146 years, so that a time of the clock can be added.
  static let longest = Int64.max / 2

  /// At a constant bandwidth.
  /// - Parameters:
  ///   - bits: zero or more.
  ///   - bitsPerSecond: zero or more; at zero nothing arrives.
  @inline(always) static func duration(bits: Int64, bitsPerSecond: Int64) -> Int64 {
    guard bits > 0 else { return 0 }
    guard bitsPerSecond > 0 else { return longest }
    return quotient(work(bits), UInt64(bitPattern: bitsPerSecond))
  }

  /// Bits times a second, in bit/s x ns: what a bandwidth does in each nanosecond.
  @inline(always) static func work(_ bits: Int64) -> UInt128 {
    let product = UInt64(bitPattern: bits).multipliedFullWidth(by: 1_000_000_000)
    return UInt128(truncatingIfNeeded: product.high) << 64 | UInt128(truncatingIfNeeded: product.low)
  }

  /// Work over bandwidth, rounded up; both above zero.
  @inline(always) static func quotient(_ work: UInt128, _ bandwidth: UInt64) -> Int64 {
    let less = work &- 1
    let short = UInt64(truncatingIfNeeded: less)
    if less == UInt128(truncatingIfNeeded: short) {
      return Int64(bitPattern: min(short / bandwidth, UInt64(bitPattern: longest &- 1)) &+ 1)
    }
    let long = less / UInt128(truncatingIfNeeded: bandwidth)
    return long < UInt128(longest) ? Int64(long) &+ 1 : longest
  }
}
