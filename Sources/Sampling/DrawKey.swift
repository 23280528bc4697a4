/// The identity of a thing that draws: a hash of names and indices, never of positions in a list.
///
/// A draw is a pure function of the key and a purpose, so it is the same number in every variant of a
/// campaign, on every thread, whatever was drawn before it. Keys form a tree: a child's key is a
/// function of its parent's and of its own name or index.
public struct DrawKey: Hashable, Sendable {
  public let bits: UInt64

  @inlinable public init(bits: UInt64) { self.bits = bits }

  /// The root of all keys of one replication.
  public init(seed: UInt64, replication: Int) {
    bits = Self.mix(Self.mix(seed &+ 0x9E37_79B9_7F4A_7C15) ^ UInt64(bitPattern: Int64(replication)))
  }

  /// The key of the thing with this name under `self`.
  public func child(named name: String) -> DrawKey { child(Self.hash(of: name)) }

  /// The key of the thing with this index, or this hash of a name, under `self`.
  @inlinable @inline(always) public func child(_ index: UInt64) -> DrawKey {
    DrawKey(bits: Self.mix(bits ^ (index &* 0x9E37_79B9_7F4A_7C15 &+ 0xD1B5_4A32_D192_ED03)))
  }

  /// 64 uniform bits for a purpose of this thing.
  @inlinable @inline(always) public func draw(_ purpose: UInt64) -> UInt64 {
    Self.mix(Self.mix(bits &+ purpose &* 0xA076_1D64_78BD_642F) ^ 0xE703_7ED1_A0B4_28DB)
  }

  /// A uniform number in [0, 1) with 53 bits.
  @inlinable public func uniform(_ purpose: UInt64) -> Double {
    Double(draw(purpose) >> 11) * 0x1p-53
  }

  /// A bijection of 64 bits that avalanches: variant 13 of David Stafford's finalisers of MurmurHash3,
  /// as in SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014).
  @inlinable @inline(always) public static func mix(_ x: UInt64) -> UInt64 {
    var z = x
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A hash of a text's UTF-8 bytes that is the same in every process: FNV-1a, then mixed.
  public static func hash(of text: String) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    return mix(hash)
  }
}
