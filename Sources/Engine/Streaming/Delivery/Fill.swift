/// An object on its way into a cache that lacked it; in an arena.
struct Fill: Recyclable {
  enum State: UInt8 {
    case free
    /// Within its own tier, on the way to the next one.
    case travelling
    /// The shield has it, and sends it.
    case returning
    /// The shield has failed to get it, and a partition keeps the edge from knowing: `status`, `blame`.
    case failing
    /// Waits for a fill of the shield.
    case atShield
    /// Waits for the origin.
    case atOrigin
  }
  var object: ObjectID
  /// The key of the request that began it: its draws, and the trace of its calls.
  var key: UInt64
  /// The session's key, for the scope of faults.
  var request: UInt64
  /// Bytes.
  var size: Int64
  /// When the answer was made at the origin.
  var made: Int64
  var node: Int32
  /// Those that wait, first come first served: sessions at an edge, fills of edges at a shield.
  var firstWaiter: Int32
  var lastWaiter: Int32
  /// The next one that waits for the same fill of a shield.
  var nextWaiter: Int32
  var generation: UInt32
  var workload: Int16
  var state: State
  /// Whether further requests for the object join it.
  var isShared: Bool
  /// Whether the cache may have a stale copy that stands in where it fails.
  var mayServeStale: Bool
  var result: DeliveryResult
  /// The partition that holds it on the way between an edge and its shield; -1 where none does.
  var holder: Int32
  var status: Int32
  var blame: Blame

  var link: Int32 {
    get { nextWaiter }
    set { nextWaiter = newValue }
  }

  static var vacant: Fill {
    Fill(
      object: ObjectID(bits: 0), key: 0, request: 0, size: 0, made: 0, node: 0, firstWaiter: -1, lastWaiter: -1,
      nextWaiter: -1, generation: 0, workload: 0, state: .free, isShared: false, mayServeStale: false, result: .miss,
      holder: -1,
      status: 0, blame: .none)
  }
}

/// What a cache keeps under one name: a segment of a rendition of a title, or a manifest.
struct ObjectID: BitwiseCopyable, Equatable {
  let bits: UInt64

  @inline(always) init(bits: UInt64) { self.bits = bits }

  /// - Parameter rendition: below 64; manifests have none.
  @inline(always) init(segment: Int32, rendition: Int8, of title: Int32, isLive: Bool) {
    bits =
      (isLive ? 1 << 63 : 0) | UInt64(UInt32(bitPattern: title)) << 34
      | UInt64(UInt8(bitPattern: rendition) & 63) << 28 | UInt64(UInt32(bitPattern: segment) & 0xFFF_FFFF)
  }

  @inline(always) init(manifestOf title: Int32, isLive: Bool) {
    bits =
      (isLive ? 1 << 63 : 0) | UInt64(UInt32(bitPattern: title)) << 34 | 63 << 28 | 0xFFF_FFFF
  }

  var isManifest: Bool { bits & 0x3_FFFF_FFFF == 63 << 28 | 0xFFF_FFFF }
  var isLive: Bool { bits >> 63 == 1 }
  var title: Int32 { Int32(truncatingIfNeeded: bits >> 34 & 0x1FFF_FFFF) }
  var segment: Int32 { Int32(truncatingIfNeeded: bits & 0xFFF_FFFF) }
  var rendition: Int32 { Int32(truncatingIfNeeded: bits >> 28 & 63) }
}
