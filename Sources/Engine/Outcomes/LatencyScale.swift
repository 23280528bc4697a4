/// The buckets of a latency histogram: exact below 128 ns, then 128 to an octave, up to the clock's range.
public enum LatencyScale {
  /// 128 exact ones and 128 for each of the octaves [2^7, 2^8) … [2^62, 2^63).
  public static let bucketCount = 128 + 56 * 128

  /// How far a quantile may be from the truth, as a part of it: one bucket.
  public static let resolution = 1.0 / 128

  /// The bucket of a latency in nanoseconds, zero or more.
  @inlinable @inline(always) public static func index(of nanoseconds: Int64) -> Int {
    if nanoseconds < 128 { return Int(nanoseconds) }
    // From 7 to 62, so nothing overflows.
    let octave = 63 &- nanoseconds.leadingZeroBitCount
    return (octave &- 7) &<< 7 &+ Int(truncatingIfNeeded: nanoseconds &>> Int64(truncatingIfNeeded: octave &- 7))
  }
  /// The smallest latency in a bucket, in nanoseconds.
  public static func low(of index: Int) -> Int64 {
    if index < 256 { return Int64(index) }
    let octave = (index >> 7) + 6
    return (Int64(index & 127) + 128) << (octave - 7)
  }
  /// The latency after the largest in a bucket, in nanoseconds.
  public static func high(of index: Int) -> Int64 {
    index + 1 < bucketCount ? low(of: index + 1) : Int64.max
  }
  /// The middle of a bucket, in nanoseconds.
  public static func middle(of index: Int) -> Double {
    if index < 256 { return Double(index) }
    return (Double(low(of: index)) + Double(high(of: index))) / 2
  }
}
