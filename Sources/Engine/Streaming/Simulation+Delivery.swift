import Sampling

/// The CDN's side: an edge site's cache answers, or the object is fetched from the shield or the origin.
extension Simulation {
  /// The key under which fills and failures of an object at a node are found.
  @inline(always) private mutating func placeKey(_ object: ObjectID, _ node: Int32) -> UInt64 {
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
  @inline(always) private mutating func content(
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

  // MARK: Failures that are kept

  @inline(always) private mutating func keptFailure(
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

  // MARK: Fills

  /// Fetches an object for an edge, on behalf of a session.
  @discardableResult
  private mutating func beginFill(
    of object: ObjectID, for session: Slot<Session>, _ key: DrawKey, latency: Int64, isStale: Bool
  ) -> Slot<Fill> {
    let node = session.its.site
    let fill = media.fills.take()
    let generation = fill.its.generation
    fill.its = .vacant
    fill.its.generation = generation
    fill.its.object = object
    fill.its.key = key.bits
    fill.its.request = session.its.key
    fill.its.size = session.its.bits / 8
    fill.its.node = node
    fill.its.workload = plan.cohorts[Int32(session.its.cohort)].workload
    fill.its.mayServeStale = isStale
    travel(fill, latency)
    return fill
  }

  /// Lets a fill take its time within its own tier; others may join it meanwhile.
  private mutating func travel(_ fill: Slot<Fill>, _ latency: Int64) {
    fill.its.state = .travelling
    fill.its.isShared = plan.nodes[fill.its.node].collapses
    if fill.its.isShared { media.flights.insert(placeKey(fill.its.object, fill.its.node), Int64(fill.index)) }
    scheduleFill(fill, at: instant(after: latency))
  }

  private mutating func scheduleFill(_ fill: Slot<Fill>, at time: Int64) {
    if time >= horizon { return }
    calendar.schedule(EventPayload(.fill, fill.index, generation: fill.its.generation), at: time, .completion)
  }

  /// What the calendar has held for a fill is due.
  @inline(never) mutating func resume(_ fill: Slot<Fill>) {
    switch fill.its.state {
    case .travelling:
      let shield = plan.nodes[fill.its.node].shield
      if shield >= 0 { askShield(shield, fill) } else { askOrigin(fill) }
    case .returning: completed(fill)
    case .free, .atShield, .atOrigin: break
    }
  }

  private mutating func askShield(_ shield: Int32, _ fill: Slot<Fill>) {
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

  private mutating func askOrigin(_ fill: Slot<Fill>) {
    fill.its.state = .atOrigin
    let node = plan.nodes.at(fill.its.node)
    let cdn = plan.cdns.at(node.pointee.cdn)
    media.tallies.count(cdn: node.pointee.cdn, windows: currentWindows) { $0.originRequests += 1 }
    note(.originCalls, cdn: node.pointee.cdn)
    let call = allocateCall(
      along: fill.its.object.isManifest ? cdn.pointee.manifestEdge : cdn.pointee.originEdge,
      key: fill.its.key, request: fill.its.request, workload: fill.its.workload, parent: Call.fill,
      caller: node.pointee.caller)
    call.its.client = fill.index
    startCall(call)
  }

  /// The origin has answered.
  mutating func originAnswered(_ call: Slot<Call>, _ ending: Ending, _ blame: Blame) {
    let fill = media.fills.at(call.its.client)
    let node = plan.nodes.at(fill.its.node)
    let hasFailed = ending == .failed
    let size = fill.its.size
    media.tallies.count(cdn: node.pointee.cdn, windows: currentWindows) {
      if hasFailed { $0.originFailures += 1 } else { $0.originBytes += size }
    }
    if hasFailed { note(.originFailures, cdn: node.pointee.cdn) }
    if plan.steering.isDynamic {
      media.steering.window[node.pointee.cdn].addOriginRequest(hasFailed: hasFailed)
    }
    if hasFailed {
      failed(fill, status: Self.status(of: blame), blame)
    } else {
      fill.its.made = now
      completed(fill)
    }
  }

  /// The status with which a CDN passes on a failure of its origin (RFC 9110, section 15.6).
  private static func status(of blame: Blame) -> Int32 {
    switch blame.reason {
    case .timeout: 504
    case .unreachable: 502
    case .rejected, .bulkheadFull, .breakerOpen: 503
    case .error, .abandoned, nil: 500
    }
  }

  /// The object is there: it is kept, and all that wait for it have it.
  private mutating func completed(_ fill: Slot<Fill>) {
    let node = plan.nodes.at(fill.its.node)
    let object = fill.its.object
    if node.pointee.firstHitClass < 0 || object.isLive {
      let life = object.isLive && object.isManifest ? plan.catalog.manifestTTL : node.pointee.ttl
      let expires = life == .max ? ObjectCache.never : instant(after: life)
      // Of a live manifest counts when it was made, wherever it has been kept since.
      let isTold = object.isLive && object.isManifest
      // A copy that is still fresh is left: an answer that many have asked for does not live longer for it.
      let held = media.caches[fill.its.node].entry(of: object.bits)
      if held.map({ now >= $0.expires }) ?? true {
        media.caches[fill.its.node].store(
          object.bits, size: fill.its.size, expires: expires, at: isTold ? fill.its.made : now)
      }
    }
    land(fill)
    answer(fill)
  }

  /// The next tier has failed: what the cache has of it stands in, or the failure is passed on.
  private mutating func failed(_ fill: Slot<Fill>, status: Int32, _ blame: Blame) {
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
        failed(edge, status: status, blame)
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

  /// Nobody joins the fill any more.
  private mutating func land(_ fill: Slot<Fill>) {
    if fill.its.isShared {
      fill.its.isShared = false
      media.flights.remove(placeKey(fill.its.object, fill.its.node))
    }
  }

  /// Hands an object to those that wait for it, first come first served.
  private mutating func answer(_ fill: Slot<Fill>) {
    let isShield = plan.nodes[fill.its.node].isShield
    let made = fill.its.made
    let result = fill.its.result
    var waiter = fill.its.firstWaiter
    freeFill(fill)
    while waiter >= 0 {
      if isShield {
        let edge = media.fills.at(waiter)
        waiter = edge.its.nextWaiter
        edge.its.made = made
        completed(edge)
      } else {
        let session = media.sessions.at(waiter)
        waiter = session.its.nextWaiter
        session.its.flags.remove(.waitsForFill)
        session.its.manifestMade = made
        if session.its.result == .miss { session.its.result = result }
        willAnswer(session, firstByteAt: instant(after: session.its.lag))
        schedule(session)
      }
    }
  }

  private mutating func freeFill(_ fill: Slot<Fill>) {
    fill.its.state = .free
    media.fills.giveBack(fill)
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
