import Sampling

/// What a cache does where the next tier has failed: what is stale stands in, or the failure is kept and passed on.
extension Simulation {
  @inline(always) mutating func keptFailure(
    of object: ObjectID, at index: Int32, _ node: UnsafePointer<NodeEntry>
  ) -> (Int32, Blame)? {
    if node.pointee.negative == 0 || media.negatives.count == 0 { return nil }
    guard let entry = media.negatives[placeKey(object, index)], entry.first > now else { return nil }
    if isFlushed(index, keptUntil: entry.first) { return nil }
    let status = Int32(truncatingIfNeeded: entry.second & 0xFFFF)
    let reason = ReasonCode(rawValue: UInt8(truncatingIfNeeded: entry.second >> 16)) ?? .error
    return (status, Blame(reason, at: Int32(truncatingIfNeeded: entry.second >> 32)))
  }

  private mutating func keepFailure(of object: ObjectID, at index: Int32, status: Int32, _ blame: Blame) {
    let negative = plan.nodes[index].negative
    if negative == 0 { return }
    if media.negatives.count > 4096 { media.negatives.removeAll(firstAtMost: now) }
    let reason = Int64((blame.reason ?? .error).rawValue)
    media.negatives.insert(
      placeKey(object, index), instant(after: negative),
      Int64(status) | reason << 16 | Int64(blame.component) << 32)
  }

  /// The next tier has failed: what the cache has of it stands in, or the failure is passed on.
  mutating func failed(_ fill: Slot<Fill>, status: Int32, _ blame: Blame) {
    let node = plan.nodes.at(fill.its.node)
    let object = fill.its.object
    land(fill)
    if fill.its.mayServeStale, node.pointee.staleIfError > 0, hasStale(object, at: fill.its.node, node) {
      countStale(fill, node)
      answer(fill)
      return
    }
    keepFailure(of: object, at: fill.its.node, status: status, blame)
    var waiter = fill.its.firstWaiter
    let isShield = node.pointee.isShield
    freeFill(fill)
    while waiter >= 0 {
      if isShield {
        let edge = media.fills.at(waiter)
        waiter = edge.its.nextWaiter
        edge.its.state = .failing
        edge.its.status = status
        edge.its.blame = blame
        resume(edge)
      } else {
        let session = media.sessions.at(waiter)
        waiter = session.its.nextWaiter
        session.its.flags.remove(.waitsForFill)
        willRefuse(session, at: instant(after: session.its.lag), status: status, blame)
        schedule(session)
      }
    }
  }

  private mutating func hasStale(_ object: ObjectID, at index: Int32, _ node: UnsafePointer<NodeEntry>) -> Bool {
    if node.pointee.firstHitClass >= 0, !object.isLive { return true }
    guard let entry = media.caches[index].entry(of: object.bits) else { return false }
    return now &- entry.expires < node.pointee.staleIfError
  }

  /// Those that wait get what is stale: they are counted so and no longer as misses.
  private mutating func countStale(_ fill: Slot<Fill>, _ node: UnsafePointer<NodeEntry>) {
    var waiters = 0
    var waiter = fill.its.firstWaiter
    while waiter >= 0 {
      waiters += 1
      if node.pointee.isShield {
        waiter = media.fills[waiter].nextWaiter
      } else {
        media.sessions[waiter].result = .staleHit
        waiter = media.sessions[waiter].nextWaiter
      }
    }
    let isShield = node.pointee.isShield
    media.tallies.count(cdn: node.pointee.cdn, windows: currentWindows) {
      if isShield { $0.shield.staleAfterError += waiters } else { $0.edge.staleAfterError += waiters }
    }
  }
}
