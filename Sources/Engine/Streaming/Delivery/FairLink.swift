import Sampling

/// A link whose capacity its flows share max-min fairly: none gets more than its own cap, and what those leave over is
/// shared alike by the others.
///
/// The rate of flow i is min(b_i, L), with the level L such that the rates sum to min(C, Σ b_i): water-filling. D. Bertsekas
/// and R. Gallager, Data Networks, 2nd ed., section 6.5.2. Flows of one cap make a tier, which either runs at its cap (L at
/// or above it) or at L. What runs at L does so in one virtual time V = ∫ L dt, as in fair queueing (A. Demers, S. Keshav
/// and S. Shenker, SIGCOMM 1989), so that a change of L touches no flow, and one of tiers that cross L touches these.
///
/// Rounding. Bits are counted in grains of 2^-24 nanobits, as integers, so that nothing is lost but in two places: L is
/// rounded down to 2^-24 bit/s, and the end of a flow is rounded up to a nanosecond. The end of one that always ran at its
/// cap is therefore its start + ceil(bits × 10^9 / cap).
///
/// Bounds: 2^31 flows; caps up to `greatestCap`; the sum of all caps is below 2^63. A flow that reached its end goes on until
/// it leaves: take it off at the time that `nextCompletion` tells.
/// - Complexity: O(log tiers) for a change of a flow, amortised O(log flows) for the end of one, and O(log tiers) for each
///   tier that crosses the level.
struct FairLink: ~Copyable {
  /// 1.1 Tbit/s: as good as no cap for one flow.
  static var greatestCap: Int64 { 1 << 40 }

  /// A capacity that nothing reaches.
  static var unlimited: Int64 { 1 << 62 }

  /// In bit/s.
  private(set) var capacity: Int64
  /// The time of the last change, in nanoseconds: none may be earlier.
  private(set) var time: Int64 = 0
  var flows = Slab<FairLinkFlow>()
  var tiers = Slab<FairLinkTier>()
  private var firstVacantFlow: Int32 = -1
  private var firstVacantTier: Int32 = -1
  private var flowIndex = SlotIndex()
  private var tierIndex = SlotIndex()
  /// Tiers that run at their caps, the greatest first, and by the end of their first flow as a time.
  var cappedByCap = FairLinkHeap<Int64>()
  var cappedByEnd = FairLinkHeap<FairLinkEnd>()
  /// Tiers that run at the level, the least first, and by the end of their first flow in virtual time.
  var sharingByCap = FairLinkHeap<Int64>()
  var sharingByEnd = FairLinkHeap<FairLinkEnd>()
  /// The sum of the caps of the flows that run at them.
  var cappedSum: Int64 = 0
  var sharingCount: Int64 = 0
  /// L in 2^-24 bit/s; 0 while nothing is shared.
  var level: UInt64 = 0
  /// V in grains; 0 while nothing is shared.
  var virtualTime: Int128 = 0
  private var joinCount: UInt64 = 0
  private var nanobits: Int128 = 0
  /// For how long, up to `time`, some flow got less than its cap, in nanoseconds.
  private var sharedTime: Int64 = 0

  /// - Parameter capacity: bit/s, not negative.
  init(capacity: Int64) {
    precondition(capacity >= 0, "a link's capacity is not negative")
    self.capacity = capacity
  }

  /// How many flows there are.
  var count: Int { flowIndex.count }

  /// Whether some flow gets less than its cap.
  var isShared: Bool { sharingCount > 0 }

  /// The share of the capacity that is in use, in [0, 1]; 1 where there are flows and no capacity.
  var load: Double { isShared ? 1 : cappedSum == 0 ? 0 : Double(cappedSum) / Double(capacity) }

  /// For how long up to an instant some flow got less than its cap, in nanoseconds.
  ///
  /// - Parameter instant: from `time` on, and not after the next change.
  func sharedTime(at instant: Int64) -> Int64 { sharedTime + (isShared ? instant - time : 0) }

  /// The bits that went over the link up to `time`.
  var transferred: Double { Double(nanobits) * 1e-9 }

  /// Adds a flow.
  /// - Parameters:
  ///   - id: the caller's, of no flow of this link; not negative.
  ///   - cap: bit/s in 0...`greatestCap`; a flow with 0 never ends unless it has no bits.
  ///   - bits: to transfer, not negative.
  ///   - now: nanoseconds, not before `time`.
  mutating func join(id: Int32, cap: Int64, bits: Int64, at now: Int64) {
    precondition(id >= 0 && bits >= 0, "a flow has an id and bits that are not negative")
    precondition(place(ofFlow: id) < 0, "a flow joins a link once")
    advance(to: now)
    let flow = takeFlow()
    flows[flow].id = id
    flows[flow].order = joinCount
    joinCount += 1
    flowIndex.insert(flow, tag: Self.tag(ofFlow: id))
    admit(flow, cap: cap, grains: Grains.of(bits: bits))
    rebalance()
  }

  /// Takes a flow off, at its end or before.
  /// - Returns: the bits that remain, rounded up; 0 from its completion on.
  @discardableResult mutating func leave(id: Int32, at now: Int64) -> Int64 {
    advance(to: now)
    let place = heldPlace(ofFlow: id)
    let flow = flowIndex[place].index
    let grains = withdraw(flow)
    flowIndex.remove(at: place)
    flows[flow].next = firstVacantFlow
    firstVacantFlow = flow
    rebalance()
    if grains > 0 { return Grains.bits(of: grains) }
    // What went over the link between the flow's end and the nanosecond to which it was rounded was not of it.
    nanobits += grains >> Grains.fractionBits
    return 0
  }

  /// Changes a flow's own bandwidth; what it transferred stands, and it keeps its place in the order of joining.
  mutating func changeCap(id: Int32, to cap: Int64, at now: Int64) {
    advance(to: now)
    let flow = flowIndex[heldPlace(ofFlow: id)].index
    if tiers[flows[flow].tier].cap == cap { return }
    let grains = withdraw(flow)
    admit(flow, cap: cap, grains: grains)
    rebalance()
  }

  /// Changes the link's capacity; at 0 everything halts.
  mutating func changeCapacity(to capacity: Int64, at now: Int64) {
    precondition(capacity >= 0, "a link's capacity is not negative")
    advance(to: now)
    self.capacity = capacity
    rebalance()
  }

  /// The next flow to complete if nothing changes, and when: nanoseconds, rounded up, not before `time`.
  ///
  /// Of several that complete in one nanosecond the first is that which comes first by the exact end, where both share or
  /// have the same cap, and else that which joined first. Nil where no flow ever completes.
  func nextCompletion() -> (id: Int32, time: Int64)? {
    let capped = cappedCompletion
    let sharing = sharingCompletion
    let isCapped = capped < sharing
    let end = isCapped ? capped : sharing
    if end.time >= Int128(Int64.max) { return nil }
    let tier = isCapped ? cappedByEnd.first : sharingByEnd.first
    return (flows[tiers[tier].first].id, Int64(end.time))
  }

  /// The bits that a flow has still to transfer at a time, rounded up; 0 from its completion on.
  mutating func remaining(of id: Int32, at now: Int64) -> Int64 {
    advance(to: now)
    let flow = flowIndex[heldPlace(ofFlow: id)].index
    let grains = flows[flow].end - tiers[flows[flow].tier].progress(at: time, virtual: virtualTime)
    return grains > 0 ? Grains.bits(of: grains) : 0
  }

  /// What the flow gets now, in bit/s.
  func rate(of id: Int32) -> Double {
    let tier = tiers[flows[flowIndex[heldPlace(ofFlow: id)].index].tier]
    return tier.isSharing ? Double(level) * 0x1p-24 : Double(tier.cap)
  }

  private mutating func advance(to now: Int64) {
    precondition(now >= time, "a link's time does not go back")
    if now == time { return }
    let elapsed = Int128(now - time)
    nanobits += Int128(cappedSum) * elapsed
    if sharingCount > 0 {
      sharedTime += now - time
      let progress = Int128(level) * elapsed
      virtualTime += progress
      nanobits += (progress * Int128(sharingCount)) >> Grains.fractionBits
    }
    time = now
  }
}

/// Flows and tiers by what identifies them.
extension FairLink {
  /// A bijection of 32 bits, so that those of two ids differ.
  @inline(always) private static func tag(ofFlow id: Int32) -> UInt32 {
    let product = UInt32(bitPattern: id) &* 0x9E37_79B1
    return product ^ (product >> 16)
  }

  @inline(always) private func place(ofFlow id: Int32) -> Int {
    let tag = Self.tag(ofFlow: id)
    var place = flowIndex.home(of: tag)
    while true {
      let slot = flowIndex[place]
      if slot.index < 0 { return -1 }
      if slot.tag == tag { return place }
      place = flowIndex.place(after: place)
    }
  }

  @inline(always) private func heldPlace(ofFlow id: Int32) -> Int {
    let place = place(ofFlow: id)
    precondition(place >= 0, "the flow is on the link")
    return place
  }

  private mutating func takeFlow() -> Int32 {
    if firstVacantFlow < 0 {
      flows.append(FairLinkFlow())
      return Int32(flows.count - 1)
    }
    let flow = firstVacantFlow
    firstVacantFlow = flows[flow].next
    flows[flow] = FairLinkFlow()
    return flow
  }

  /// The tier of a cap, made where there is none: it runs at its cap where the level is above it.
  mutating func takeTier(cap: Int64) -> Int32 {
    let tag = Self.tag(ofCap: cap)
    var place = tierIndex.home(of: tag)
    while tierIndex[place].index >= 0 {
      let slot = tierIndex[place]
      if slot.tag == tag, tiers[slot.index].cap == cap { return slot.index }
      place = tierIndex.place(after: place)
    }
    var tier = firstVacantTier
    if tier < 0 {
      tier = Int32(tiers.count)
      tiers.append(FairLinkTier(cap: 0))
    } else {
      firstVacantTier = tiers[tier].first
    }
    tiers[tier] = FairLinkTier(cap: cap)
    tierIndex.insert(tier, tag: tag)
    return tier
  }

  mutating func giveBackTier(_ tier: Int32) {
    var place = tierIndex.home(of: Self.tag(ofCap: tiers[tier].cap))
    while tierIndex[place].index != tier { place = tierIndex.place(after: place) }
    tierIndex.remove(at: place)
    tiers[tier].first = firstVacantTier
    firstVacantTier = tier
  }

  @inline(always) private static func tag(ofCap cap: Int64) -> UInt32 {
    UInt32(truncatingIfNeeded: DrawKey.mix(UInt64(bitPattern: cap)))
  }
}
