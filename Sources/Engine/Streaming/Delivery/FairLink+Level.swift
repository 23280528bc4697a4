/// The level of the water, and which tiers it covers.
extension FairLink {
  /// Puts a flow in the tier of its cap.
  mutating func admit(_ flow: Int32, cap: Int64, grains: Int128) {
    precondition(cap >= 0 && cap <= Self.greatestCap, "a flow's cap is in 0...2^40 bit/s")
    let tier = takeTier(cap: cap)
    if tiers[tier].count == 0 { open(tier) }
    flows[flow].tier = tier
    flows[flow].end = tiers[tier].progress(at: time, virtual: virtualTime) + grains
    tiers[tier].count += 1
    if tiers[tier].isSharing { sharingCount += 1 } else { cappedSum += cap }
    if enqueue(flow, in: tier) { noteEnd(of: tier) }
  }

  /// Takes a flow out of its tier.
  /// - Returns: what it has still to transfer; below 0 where it went on after its end.
  mutating func withdraw(_ flow: Int32) -> Int128 {
    let tier = flows[flow].tier
    let grains = flows[flow].end - tiers[tier].progress(at: time, virtual: virtualTime)
    tiers[tier].count -= 1
    if tiers[tier].isSharing { sharingCount -= 1 } else { cappedSum -= tiers[tier].cap }
    let isFirst = dequeue(flow, from: tier)
    if tiers[tier].count == 0 { close(tier) } else if isFirst { noteEnd(of: tier) }
    return grains
  }

  /// Restores the level, and moves the tiers that it crossed.
  ///
  /// Each move raises the level: a tier above it adds more to what is shared than its flows take, and one below it takes
  /// less than its flows did. So each tier starts to share at most once and stops at most once. A cap is whole, so that it
  /// is above the level where it is above the level rounded down.
  mutating func rebalance() {
    while true {
      let available = capacity - cappedSum
      if sharingCount == 0 {
        if available >= 0 { break }
        startSharing(cappedByCap.first)
        continue
      }
      let whole = available < 0 ? -1 : available / sharingCount
      if !cappedByCap.isEmpty, tiers[cappedByCap.first].cap > whole {
        startSharing(cappedByCap.first)
      } else if tiers[sharingByCap.first].cap <= whole {
        stopSharing(sharingByCap.first)
      } else {
        let rest = available - whole * sharingCount
        level = UInt64(whole) << 24 + UInt64((rest << 24) / sharingCount)
        return
      }
    }
    level = 0
    virtualTime = 0
  }

  /// The end of the first flow among those that run at their caps: its time, as large as that may be.
  var cappedCompletion: FairLinkEnd {
    if cappedByEnd.isEmpty { return .never }
    let end = cappedByEnd.firstKey
    return FairLinkEnd(time: max(end.time, Int128(time)), order: end.order)
  }

  /// The same of those that share.
  var sharingCompletion: FairLinkEnd {
    if sharingByEnd.isEmpty { return .never }
    let end = sharingByEnd.firstKey
    if end.time <= virtualTime { return FairLinkEnd(time: Int128(time), order: end.order) }
    if level == 0 { return .never }
    let left = Grains.quotientUp(end.time - virtualTime, UInt128(level))
    return FairLinkEnd(time: Int128(time) + Int128(left), order: end.order)
  }

  private mutating func open(_ tier: Int32) {
    let cap = tiers[tier].cap
    tiers[tier].since = time
    if sharingCount > 0, cap > Int64(level >> 24) {
      tiers[tier].isSharing = true
      tiers[tier].lead = virtualTime
      sharingByCap.set(tier, cap)
    } else {
      cappedByCap.set(tier, -cap)
    }
  }

  private mutating func close(_ tier: Int32) {
    if tiers[tier].isSharing {
      sharingByCap.remove(tier)
      sharingByEnd.remove(tier)
    } else {
      cappedByCap.remove(tier)
      cappedByEnd.remove(tier)
    }
    giveBackTier(tier)
  }

  private mutating func startSharing(_ tier: Int32) {
    let progress = tiers[tier].progress(at: time, virtual: virtualTime)
    cappedByCap.remove(tier)
    cappedByEnd.remove(tier)
    cappedSum -= tiers[tier].cap * tiers[tier].count
    sharingCount += tiers[tier].count
    tiers[tier].isSharing = true
    tiers[tier].lead = virtualTime - progress
    sharingByCap.set(tier, tiers[tier].cap)
    noteEnd(of: tier)
  }

  private mutating func stopSharing(_ tier: Int32) {
    tiers[tier].progress = tiers[tier].progress(at: time, virtual: virtualTime)
    sharingByCap.remove(tier)
    sharingByEnd.remove(tier)
    sharingCount -= tiers[tier].count
    cappedSum += tiers[tier].cap * tiers[tier].count
    tiers[tier].isSharing = false
    tiers[tier].since = time
    cappedByCap.set(tier, -tiers[tier].cap)
    noteEnd(of: tier)
  }

  /// Notes when the first flow of a tier ends, as long as the tier runs as it does.
  private mutating func noteEnd(of tier: Int32) {
    let now = tiers[tier]
    let flow = flows[now.first]
    if now.isSharing {
      sharingByEnd.set(tier, FairLinkEnd(time: flow.end + now.lead, order: flow.order))
      return
    }
    let left = flow.end - now.progress(at: time, virtual: virtualTime)
    var end = Int128(time)
    if left > 0 { end = now.cap == 0 ? .max : end + Int128(Grains.quotientUp(left, UInt128(now.capGrains))) }
    cappedByEnd.set(tier, FairLinkEnd(time: end, order: flow.order))
  }
}
