/// The unit in which a link counts bits: 2^-24 of a nanobit, that is of a bit/s over a nanosecond.
enum Grains {
  static var fractionBits: Int { 24 }

  @inline(always) static func of(bits: Int64) -> Int128 { (Int128(bits) * 1_000_000_000) << fractionBits }

  /// The least number of bits that is not below this many grains.
  static func bits(of grains: Int128) -> Int64 { Int64(quotientUp(grains, 1_000_000_000 << UInt128(fractionBits))) }

  /// The quotient of a number that is not negative, rounded up.
  @inline(always) static func quotientUp(_ grains: Int128, _ divisor: UInt128) -> UInt128 {
    let (quotient, remainder) = UInt128(grains).quotientAndRemainder(dividingBy: divisor)
    return remainder == 0 ? quotient : quotient + 1
  }
}

/// Bits under way, in the queue of its tier (`FairLink+Queue`).
struct FairLinkFlow: BitwiseCopyable {
  /// The tier's progress at which it ends, in grains.
  var end: Int128 = 0
  /// How many joined before it.
  var order: UInt64 = 0
  var id: Int32 = -1
  var tier: Int32 = -1
  var child: Int32 = -1
  /// The next sibling; of a vacant flow, the next vacant one.
  var next: Int32 = -1
  /// The previous sibling, or of the first child the parent.
  var previous: Int32 = -1
}

/// The flows of one cap, which all progress alike.
struct FairLinkTier: BitwiseCopyable {
  let cap: Int64
  /// When `progress` was noted.
  var since: Int64 = 0
  /// What each of its flows would have transferred, in grains, up to `since`: of a tier that runs at its cap.
  var progress: Int128 = 0
  /// The virtual time less the progress: of a tier that shares.
  var lead: Int128 = 0
  var count: Int64 = 0
  /// The flow that ends first; of a vacant tier, the next vacant one.
  var first: Int32 = -1
  var isSharing = false

  init(cap: Int64) { self.cap = cap }

  /// Grains in a nanosecond at the cap.
  @inline(always) var capGrains: Int128 { Int128(cap) << Grains.fractionBits }

  @inline(always) func progress(at time: Int64, virtual: Int128) -> Int128 {
    isSharing ? virtual - lead : progress + capGrains * Int128(time - since)
  }
}

/// When a flow ends, in nanoseconds or in virtual time; ties go by the order of joining.
struct FairLinkEnd: BitwiseCopyable, Comparable {
  let time: Int128
  let order: UInt64

  static var never: FairLinkEnd { FairLinkEnd(time: .max, order: .max) }

  @inline(always) static func < (left: FairLinkEnd, right: FairLinkEnd) -> Bool {
    left.time < right.time || (left.time == right.time && left.order < right.order)
  }
}
