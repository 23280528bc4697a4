import Sampling

/// Caches that lose all that they hold at once; what is being fetched for them arrives all the same.
extension Simulation {
  /// When a cache was emptied that never was.
  static var neverFlushed: Int64 { .min }

  /// - Complexity: O(what the caches have ever held).
  @inline(never) mutating func flushCaches(_ index: Int32) {
    if faults[index].cdn < 0 {
      let first = faults[index].firstPlace
      for number in first..<first &+ faults[index].placeCount {
        let place = faultPlaces[number]
        for edge in 0..<Int32(edges.count)
        where edges[edge].cache >= 0 && edges[edge].caller == place.callerService
          && edges[edge].service == place.service
          && (place.component < 0 || edges[edge].component == place.component)
        {
          media.answers[edges[edge].cache].removeAll()
        }
      }
      return
    }
    for node in 0..<Int32(plan.nodes.count) {
      let its = plan.nodes[node]
      guard its.cdn == faults[index].cdn, faults[index].site < 0 || faults[index].site == node,
        its.isShield ? faults[index].flushesShield : faults[index].flushesEdge
      else { continue }
      media.caches[node].removeAll()
      media.flushedAt[node] = now
      if its.firstHitClass >= 0 { media.isRefilling = true }
    }
    if faults[index].flushesEdge, faults[index].site < 0 { media.edgesFlushedAt[faults[index].cdn] = now }
  }

  /// Whether a failure was kept at a node before it was flushed last.
  @inline(never) mutating func isFlushed(_ node: Int32, keptUntil end: Int64) -> Bool {
    media.flushedAt[node] != Self.neverFlushed && end &- plan.nodes[node].negative < media.flushedAt[node]
  }

  /// What a look-up finds where only hit ratios are known and some cache has been emptied.
  /// - Parameter hitClass: the object's among all classes.
  @inline(never) mutating func refilledContent(
    at node: Int32, _ hitClass: Int32, draw: UInt64
  ) -> ObjectCache.Lookup {
    let steady = plan.hitClasses[hitClass]
    let (fresh, present) =
      plan.nodes[node].isShield
      ? shieldContent(at: node, hitClass, steady) : edgeContent(at: node, hitClass, steady)
    if draw < fresh { return .fresh }
    return draw < present ? .stale(age: 0) : .absent
  }

  private mutating func edgeContent(at node: Int32, _ hitClass: Int32, _ steady: HitClass) -> (UInt64, UInt64) {
    let refill = plan.refills[plan.nodes[node].refill]
    guard let fresh = refill.freshness(atAge: age(media.flushedAt[node]), rate: plan.demand[hitClass].rate) else {
      return (steady.fresh, steady.present)
    }
    if age(media.flushedAt[node]) <= refill.life { return (drawThreshold(fresh), drawThreshold(fresh)) }
    // What is not fresh is stale as often as in the steady state.
    let (usual, held) = (Double(steady.fresh) * 0x1p-64, Double(steady.present) * 0x1p-64)
    let stale = usual < 1 ? (1 - fresh) * (held - usual) / (1 - usual) : 0
    return (drawThreshold(fresh), drawThreshold(fresh + stale))
  }

  private mutating func shieldContent(at node: Int32, _ hitClass: Int32, _ steady: HitClass) -> (UInt64, UInt64) {
    let refill = plan.refills[plan.nodes[node].refill]
    let own = age(media.flushedAt[node])
    let edges = age(media.edgesFlushedAt[plan.nodes[node].cdn])
    if own == .infinity, edges == .infinity || refill.edgesFull == 0 { return (steady.fresh, steady.present) }
    let demand = plan.demand[hitClass]
    if !refill.isLRU, own >= refill.full, edges == .infinity { return (steady.fresh, steady.present) }
    let kept = min(refill.characteristicTime(atAge: edges, in: plan.refillTimes), own)
    let held = 1 - refill.absence(ofObject: demand, edgesAge: edges, kept: kept)
    if own <= refill.life { return (drawThreshold(held), drawThreshold(held)) }
    // Of what is held, as much is fresh, and as much stale and kept, as in the steady state.
    let usual = 1 - refill.absence(ofObject: demand, edgesAge: .infinity, kept: refill.full)
    let part = usual > 0 ? min(held / usual, 1 / usual) : 0
    return (
      drawThreshold(Double(steady.fresh) * 0x1p-64 * part), drawThreshold(Double(steady.present) * 0x1p-64 * part)
    )
  }

  /// Seconds since then; infinite where there was no flush.
  private mutating func age(_ flush: Int64) -> Double {
    flush == Self.neverFlushed ? .infinity : Double(now &- flush) * 1e-9
  }
}
