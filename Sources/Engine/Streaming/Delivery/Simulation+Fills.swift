import Sampling

/// Objects on their way into caches that lack them.
extension Simulation {
  /// Fetches an object for an edge, on behalf of a session.
  @discardableResult
  mutating func beginFill(
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
  mutating func travel(_ fill: Slot<Fill>, _ latency: Int64) {
    fill.its.state = .travelling
    fill.its.isShared = plan.nodes[fill.its.node].collapses
    if fill.its.isShared { media.flights.insert(placeKey(fill.its.object, fill.its.node), Int64(fill.index)) }
    scheduleFill(fill, at: instant(after: latency))
  }

  mutating func scheduleFill(_ fill: Slot<Fill>, at time: Int64) {
    if time >= horizon { return }
    calendar.schedule(EventPayload(.fill, fill.index, generation: fill.its.generation), at: time, .completion)
  }

  /// What the calendar has held for a fill is due.
  @inline(never) mutating func resume(_ fill: Slot<Fill>) {
    switch fill.its.state {
    case .travelling:
      let shield = plan.nodes[fill.its.node].shield
      if shield < 0 { askOrigin(fill) } else if !isHeldBack(fill) { askShield(shield, fill) }
    case .returning: if !isHeldBack(fill) { completed(fill) }
    case .failing: if !isHeldBack(fill) { failed(fill, status: fill.its.status, fill.its.blame) }
    case .free, .atShield, .atOrigin: break
    }
  }

  mutating func askOrigin(_ fill: Slot<Fill>) {
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
  mutating func completed(_ fill: Slot<Fill>) {
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

  /// Nobody joins the fill any more.
  mutating func land(_ fill: Slot<Fill>) {
    if fill.its.isShared {
      fill.its.isShared = false
      media.flights.remove(placeKey(fill.its.object, fill.its.node))
    }
  }

  /// Hands an object to those that wait for it, first come first served.
  mutating func answer(_ fill: Slot<Fill>) {
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
        edge.its.state = .returning
        resume(edge)
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

  mutating func freeFill(_ fill: Slot<Fill>) {
    fill.its.state = .free
    media.fills.giveBack(fill)
  }
}
