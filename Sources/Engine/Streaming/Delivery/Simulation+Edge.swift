import Sampling

/// An edge site of a CDN: its cache answers, or the object is fetched from the shield or the origin.
extension Simulation {
  /// The key under which fills and failures of an object at a node are found.
  @inline(always) mutating func placeKey(_ object: ObjectID, _ node: Int32) -> UInt64 {
    DrawKey.mix(object.bits ^ DrawKey.mix(UInt64(bitPattern: Int64(node)) &+ 0x9E37_79B9_7F4A_7C15))
  }

  /// Asks the edge site of a session for what it wants.
  @inline(always) mutating func askEdge(_ session: Slot<Session>, _ key: DrawKey) {
    let node = plan.nodes.at(session.its.site)
    let object = object(session)
    let latency = samplers[node.pointee.latency].nanoseconds(key.draw(Purpose.tierLatency))
    let first = now &+ session.its.lag &+ latency
    if let (status, blame) = keptFailure(of: object, at: session.its.site, node) {
      session.its.result = .negativeHit
      media.tallies.count(cdn: node.pointee.cdn, windows: currentWindows) {
        $0.edge.requests &+= 1
        $0.edge.negativeHits &+= 1
      }
      noteLookup(node, isHit: true)
      willRefuse(session, at: first, status: status, blame)
      return
    }
    switch content(of: object, at: session.its.site, node, key, made: &session.its.manifestMade) {
    case .fresh:
      session.its.result = .hit
      media.tallies.count(cdn: node.pointee.cdn, windows: currentWindows) {
        $0.edge.requests &+= 1
        $0.edge.hits &+= 1
      }
      noteLookup(node, isHit: true)
      willAnswer(session, firstByteAt: first)
    case .stale(let age) where age < node.pointee.staleWhileRevalidate:
      session.its.result = .staleHit
      media.tallies.count(cdn: node.pointee.cdn, windows: currentWindows) {
        $0.edge.requests &+= 1
        $0.edge.staleHits &+= 1
      }
      noteLookup(node, isHit: true)
      willAnswer(session, firstByteAt: first)
      if media.flights[placeKey(object, session.its.site)] == nil {
        beginFill(of: object, for: session, key, latency: latency, isStale: true)
      }
    case .stale:
      missed(object, session, node, key, latency: latency, isStale: true)
    case .absent:
      missed(object, session, node, key, latency: latency, isStale: false)
    }
  }

  private mutating func noteLookup(_ node: UnsafePointer<NodeEntry>, isHit: Bool) {
    media.tallies.asked(cdn: node.pointee.cdn, bin: currentBin, answered: isHit)
    note(.edgeLookups, cdn: node.pointee.cdn)
    if !isHit { note(.edgeMisses, cdn: node.pointee.cdn) }
    if plan.steering.isDynamic { media.steering.window[node.pointee.cdn].addLookup(isHit: isHit) }
  }

  /// A request that the edge's cache cannot answer waits for a fill: one that is under way, or one of its own.
  private mutating func missed(
    _ object: ObjectID, _ session: Slot<Session>, _ node: UnsafePointer<NodeEntry>, _ key: DrawKey, latency: Int64,
    isStale: Bool
  ) {
    let flight = node.pointee.collapses ? media.flights[placeKey(object, session.its.site)] : nil
    let joins = flight != nil
    media.tallies.count(cdn: node.pointee.cdn, windows: currentWindows) {
      $0.edge.requests &+= 1
      if joins { $0.edge.collapsed &+= 1 } else { $0.edge.misses &+= 1 }
    }
    noteLookup(node, isHit: joins)
    let fill: Slot<Fill>
    if let flight {
      session.its.result = .collapsed
      fill = media.fills.at(Int32(truncatingIfNeeded: flight.first))
    } else {
      fill = beginFill(of: object, for: session, key, latency: latency, isStale: isStale)
    }
    session.its.trace = fill.its.key
    session.its.fill = fill.index
    session.its.flags.insert(.waitsForFill)
    session.its.nextWaiter = -1
    session.its.previousWaiter = fill.its.lastWaiter
    if fill.its.lastWaiter >= 0 {
      media.sessions[fill.its.lastWaiter].nextWaiter = session.index
    } else {
      fill.its.firstWaiter = session.index
    }
    fill.its.lastWaiter = session.index
  }

  /// Whether a node has an object: as it is known, or, where only hit ratios are, as a draw says.
  ///
  /// - Parameter made: when the copy of a live manifest was made at the origin is written there.
  @inline(always) mutating func content(
    of object: ObjectID, at index: Int32, _ node: UnsafePointer<NodeEntry>, _ key: DrawKey, made: inout Int64
  ) -> ObjectCache.Lookup {
    if node.pointee.firstHitClass >= 0, !object.isLive {
      let hitClass = node.pointee.firstHitClass &+ hitClass(of: object)
      let classes = plan.hitClasses.at(hitClass)
      let draw = key.draw(Purpose.cacheContent)
      if media.isRefilling { return refilledContent(at: index, hitClass, draw: draw) }
      if draw < classes.pointee.fresh { return .fresh }
      return draw < classes.pointee.present ? .stale(age: 0) : .absent
    }
    let answer = media.caches[index].look(up: object.bits, at: now)
    if answer != .absent, object.isLive, object.isManifest {
      made = media.caches[index].entry(of: object.bits)?.storedAt ?? now
    }
    return answer
  }

  /// The class of an object on demand, within the classes of a node.
  @inline(always) private mutating func hitClass(of object: ObjectID) -> Int32 {
    let classes = plan.positions
    let title = plan.titleClass[object.title]
    let renditions = plan.catalog.renditions
    if object.isManifest { return classes.index(title: title, rendition: renditions, position: 0, renditions) }
    return classes.index(
      title: title, rendition: object.rendition, position: classes.position(of: object.segment), renditions)
  }

  /// A session no longer waits for its fill, which goes on.
  private mutating func leaveFill(_ session: Slot<Session>) {
    session.its.flags.remove(.waitsForFill)
    let fill = media.fills.at(session.its.fill)
    let next = session.its.nextWaiter
    let previous = session.its.previousWaiter
    if previous >= 0 { media.sessions[previous].nextWaiter = next } else { fill.its.firstWaiter = next }
    if next >= 0 { media.sessions[next].previousWaiter = previous } else { fill.its.lastWaiter = previous }
  }

  /// The present attempt leaves whatever it is in: a fill, a link, a hang.
  @inline(always) mutating func leaveDelivery(_ session: Slot<Session>) {
    if session.its.flags.isDisjoint(with: [.waitsForFill, .onLink, .hung]) { return }
    if session.its.flags.contains(.waitsForFill) { leaveFill(session) }
    if session.its.flags.contains(.onLink) { leaveLink(session) }
    session.its.flags.remove(.hung)
  }
}
