import Sampling

/// The shield of a CDN, which edges ask for what they lack.
extension Simulation {
  mutating func askShield(_ shield: Int32, _ fill: Slot<Fill>) {
    let node = plan.nodes.at(shield)
    let key = DrawKey(bits: fill.its.key).child(node.pointee.keyHash)
    let latency = samplers[node.pointee.latency].nanoseconds(key.draw(Purpose.tierLatency))
    if let (status, blame) = keptFailure(of: fill.its.object, at: shield, node) {
      countShield(node) { $0.negativeHits += 1 }
      failed(fill, status: status, blame)
      return
    }
    fill.its.made = now
    let answer = content(of: fill.its.object, at: shield, node, key, made: &fill.its.made)
    let flight = node.pointee.collapses ? media.flights[placeKey(fill.its.object, shield)] : nil
    switch answer {
    case .fresh:
      countShield(node) { $0.hits += 1 }
      sendFromShield(fill, latency)
    case .stale(let age) where age < node.pointee.staleWhileRevalidate:
      countShield(node) { $0.staleHits += 1 }
      sendFromShield(fill, latency)
      if media.flights[placeKey(fill.its.object, shield)] == nil {
        _ = shieldFill(like: fill, at: shield, latency, isStale: true)
      }
    case .stale, .absent:
      let own: Slot<Fill>
      if let flight {
        countShield(node) { $0.collapsed += 1 }
        own = media.fills.at(Int32(truncatingIfNeeded: flight.first))
      } else {
        countShield(node) { $0.misses += 1 }
        note(.shieldMisses, cdn: node.pointee.cdn)
        var isStale = false
        if case .stale = answer { isStale = true }
        own = shieldFill(like: fill, at: shield, latency, isStale: isStale)
      }
      fill.its.state = .atShield
      fill.its.nextWaiter = -1
      if own.its.lastWaiter >= 0 {
        media.fills[own.its.lastWaiter].nextWaiter = fill.index
      } else {
        own.its.firstWaiter = fill.index
      }
      own.its.lastWaiter = fill.index
    }
  }

  private mutating func countShield(_ node: UnsafePointer<NodeEntry>, _ change: (inout TierTally) -> Void) {
    note(.shieldLookups, cdn: node.pointee.cdn)
    media.tallies.count(cdn: node.pointee.cdn, windows: currentWindows) {
      $0.shield.requests += 1
      change(&$0.shield)
    }
  }

  private mutating func sendFromShield(_ fill: Slot<Fill>, _ latency: Int64) {
    fill.its.state = .returning
    fill.its.result = .shieldHit
    scheduleFill(fill, at: instant(after: latency))
  }

  private mutating func shieldFill(like fill: Slot<Fill>, at shield: Int32, _ latency: Int64, isStale: Bool) -> Slot<
    Fill
  > {
    let own = media.fills.take()
    let generation = own.its.generation
    own.its = fill.its
    own.its.generation = generation
    own.its.node = shield
    own.its.firstWaiter = -1
    own.its.lastWaiter = -1
    own.its.nextWaiter = -1
    own.its.mayServeStale = isStale
    own.its.result = .miss
    travel(own, latency)
    return own
  }
}
