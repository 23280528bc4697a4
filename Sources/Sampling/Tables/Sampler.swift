/// Draws from one distribution: 64 random bits in, a time out, the same bits on every machine.
///
/// A sampler is a view of its `SamplerBank`'s memory: it is valid as long as the bank lives. Sampling is inversion,
/// so the time does not decrease as the bits, read as a number, increase. Of the bits the upper 53 count: they
/// stand for u = (k + ½) 2^-53.
@frozen public struct Sampler: @unchecked Sendable {
  @usableFromInline @frozen enum Kind: UInt8, Sendable {
    case constant, uniform, empirical, table
  }

  @usableFromInline let kind: Kind
  /// table: how far a Double's bits are shifted to the right to leave exponent and cell.
  @usableFromInline let shift: UInt64
  /// table: what is taken from the shifted bits to count from the cell before the first.
  @usableFromInline let origin: Int
  /// table: Doubles in the table of one tail. empirical: how many values.
  @usableFromInline let count: Int
  /// In nanoseconds. constant: the value. uniform: the least value.
  @usableFromInline let base: Double
  /// In nanoseconds. uniform: from the least to the greatest value.
  @usableFromInline let width: Double
  /// In nanoseconds. table: four coefficients a cell, lower tail, upper tail, then finer cells; NaN and an offset
  /// (-1 for none) where the finer cells stand in. empirical: the values.
  @usableFromInline let values: UnsafePointer<Double>
  @usableFromInline let box: UnsafePointer<BoxedFamily>

  /// The time in whole nanoseconds: the interpolated value rounded to the nearest, ties to even; `Int64.max` stands
  /// for all that is beyond it.
  public func nanoseconds(_ bits: UInt64) -> Int64 {
    withUnsafePointer(to: self) { $0.nanoseconds(bits) }
  }

  @usableFromInline @inline(never) func longNanoseconds(_ bits: UInt64) -> Int64 {
    let value = interpolated(bits)
    let nanoseconds = (value < .infinity ? value : refined(bits)).rounded(.toNearestOrEven)
    return nanoseconds < 0x1p63 ? Int64(nanoseconds) : .max
  }

  /// The time in seconds.
  public func seconds(_ bits: UInt64) -> Double {
    let value = interpolated(bits)
    return (value < .infinity ? value : refined(bits)) / 1e9
  }

  /// The time in nanoseconds, or NaN where the table's first level does not tell it.
  func interpolated(_ bits: UInt64) -> Double {
    withUnsafePointer(to: self) { $0.interpolated(bits) }
  }

  @usableFromInline func simple(_ bits: UInt64) -> Double {
    switch kind {
    case .constant, .table:
      return base
    case .uniform:
      return base + width * ((Double(Int64(truncatingIfNeeded: bits >> 11)) + 0.5) * 0x1p-53)
    case .empirical:
      let twice = (bits >> 11) << 1 | 1
      let product = (twice << 10).multipliedFullWidth(by: UInt64(truncatingIfNeeded: count))
      return values[Int(truncatingIfNeeded: product.high)]
    }
  }

  private func place(_ bits: UInt64) -> (cell: Int, s: Double) {
    withUnsafePointer(to: self) { $0.place(bits) }
  }

  /// The time in nanoseconds where one cubic piece does not fit a cell: from a finer piece, or else the quantile itself.
  @usableFromInline @inline(never) func refined(_ bits: UInt64) -> Double {
    var (cell, s) = place(bits)
    while values[cell].isNaN {
      guard values[cell + 1] >= 0 else { return exact(bits) }
      let scaled = (s + 0.5) * Double(CubicPieces.fanOut)
      let child = Int(scaled)
      s = scaled - Double(child) - 0.5
      cell = Int(values[cell + 1]) + 4 * child
    }
    let c = values + cell
    return c[0] + s * (c[1] + s * (c[2] + s * c[3]))
  }

  private func exact(_ bits: UInt64) -> Double {
    let isUpper = bits >> 63 == 1
    let least = Double(Int64(truncatingIfNeeded: ((isUpper ? ~bits : bits) >> 11) << 1 | 1)) * 0x1p-54
    let family = box.pointee.family
    let seconds = isUpper ? family.quantileAbove(least, near: nil) : family.quantile(least, near: nil)
    return seconds * 1e9
  }
}

/// Sampling through the sampler's place, which the engine's loop has at hand: nothing of it is copied.
extension UnsafePointer<Sampler> {
  /// See `Sampler.nanoseconds`.
  @inlinable @inline(always) public func nanoseconds(_ bits: UInt64) -> Int64 {
    let value = interpolated(bits)
    // Below 2^51 (26 days) the addition rounds, and leaves the whole number in the low bits of the sum.
    guard value < 0x1p51 else { return pointee.longNanoseconds(bits) }
    return Int64(bitPattern: (value + 0x1.8p52).bitPattern &- 0x4338_0000_0000_0000)
  }

  @inlinable @inline(always) func interpolated(_ bits: UInt64) -> Double {
    guard pointee.kind == .table else { return pointee.simple(bits) }
    let (cell, s) = place(bits)
    let c = pointee.values + cell
    return c[0] + s * (c[1] + s * (c[2] + s * c[3]))
  }

  /// The offset of the cell's coefficients, and the place in the cell from -½ to ½, exactly.
  @inlinable @inline(always) func place(_ bits: UInt64) -> (cell: Int, s: Double) {
    // The upper half of the unit interval is mirrored: `twice` is 2^54 min(u, 1 - u).
    let mirror = Int64(bitPattern: bits) >> 63
    let twice = ((Int64(bitPattern: bits) ^ mirror) >> 11) << 1 | 1
    let pattern = Double(twice).bitPattern
    let cell = max(0, Int(truncatingIfNeeded: pattern &>> pointee.shift) &- pointee.origin)
    let within = (pattern &<< (52 &- pointee.shift)) & 0x000F_FFFF_FFFF_FFFF | 0x3FF0_0000_0000_0000
    return (cell &* 4 &+ (pointee.count & Int(truncatingIfNeeded: mirror)), Double(bitPattern: within) - 1.5)
  }
}
