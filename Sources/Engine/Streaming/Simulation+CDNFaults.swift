import Sampling

/// Faults of CDNs and of cohorts: what they do to the requests of players.
extension Simulation {
  /// Lets the active faults act on a request that is about to be made.
  ///
  /// - Returns: whether the request has been dealt with: refused, answered with an error, or left without an answer.
  mutating func isStruck(_ session: Slot<Session>, _ key: DrawKey) -> Bool {
    let holder = partitionBefore(session)
    if holder >= 0 {
      leaveUnanswered(session, by: holder)
      return true
    }
    let site = session.its.site
    let blamed = plan.cdns[Int32(session.its.cdn)].component
    for position in 0..<media.faults.count {
      let index = media.faults[position]
      guard strikes(index, session) else { continue }
      if logsRequests { noteStruck(session.its.key, by: index) }
      switch faults[index].effect {
      case .unavailable:
        session.its.result = .error
        willRefuse(session, at: instant(after: session.its.lag), status: -1, Blame(.unreachable, at: blamed, by: index))
        return true
      case .hang:
        leaveUnanswered(session, by: index)
        return true
      case .error:
        let threshold = errorThreshold(of: index)
        guard threshold == .max || key.child(faults[index].key).draw(Purpose.errs) < threshold else { continue }
        session.its.result = .error
        let latency = samplers[plan.nodes[site].latency].nanoseconds(key.draw(Purpose.tierLatency))
        willRefuse(
          session, at: instant(after: session.its.lag &+ latency), status: faults[index].status,
          Blame(.error, at: blamed, by: index))
        return true
      case .latency:
        let added = addedLatency(of: index, key)
        // A factor makes the edge's own latency longer.
        let latency = samplers[plan.nodes[site].latency].nanoseconds(key.draw(Purpose.tierLatency))
        let longer = (Double(latency) * (faults[index].magnitude.value(after: elapsed(of: index)) - 1))
          .rounded()
        session.its.lag &+= min(added, 1 << 60) &+ Int64(min(longer, 0x1p60))
      case .loss:
        guard faults[index].magnitude.steppedValue(after: elapsed(of: index)) == 1 else { continue }
        leaveUnanswered(session, by: index)
        return true
      case .slow, .crash, .capacityThreads, .capacityReplicas, .surge, .pause, .partition, .leak, .places, .flushCache,
        .bandwidth, .set:
        break
      }
    }
    return false
  }

  /// Whether an active fault concerns what a session asks for: by its CDN and site, its cohort, and the fault's scope.
  mutating func strikes(_ index: Int32, _ session: Slot<Session>) -> Bool {
    concerns(index, session)
      && isInScope(
        index, request: session.its.key, workload: plan.cohorts[Int32(session.its.cohort)].workload)
  }

  /// The same, whatever the scope of the fault.
  mutating func concerns(_ index: Int32, _ session: Slot<Session>) -> Bool {
    if faults[index].effect == .partition { return isParted(session, by: index) }
    if faults[index].cdn >= 0, faults[index].cdn != Int32(session.its.cdn) { return false }
    if faults[index].site >= 0, faults[index].site != session.its.site { return false }
    return faults[index].cohort < 0 || faults[index].cohort == Int32(session.its.cohort)
  }

  mutating func leaveUnanswered(_ session: Slot<Session>, by index: Int32) {
    session.its.flags.insert(.hung)
    session.its.fault = index
    session.its.result = .error
    if logsRequests { noteStruck(session.its.key, by: index) }
  }

  /// The requests that a fault has kept without an answer, in the order in which they were made.
  ///
  /// - Complexity: O(sessions), and O(m log m) for the m that are found.
  mutating func sessionsHeld(by index: Int32) -> [Slot<Session>] {
    var found: [Slot<Session>] = []
    for place in 0..<media.sessions.count {
      let session = media.sessions.at(place)
      if session.its.state != .free, session.its.flags.contains(.hung), session.its.fault == index {
        found.append(session)
      }
    }
    return found.sorted { ($0.its.asked, $0.its.key) < ($1.its.asked, $1.its.key) }
  }

  /// The requests that a fault has kept without an answer fail, since it has ended.
  mutating func endSilence(_ index: Int32) {
    for session in sessionsHeld(by: index) {
      session.its.flags.remove(.hung)
      // A gateway says at last that nothing came; where the path was gone, the connection is.
      let isGone = faults[index].effect == .loss
      willRefuse(
        session, at: instant(after: session.its.lag), status: isGone ? -1 : 504,
        Blame(isGone ? .unreachable : .error, at: plan.cdns[Int32(session.its.cdn)].component, by: index))
      schedule(session)
    }
  }

  /// Lists the active ones in the order in which a request meets them, whatever they are called.
  mutating func listSessionFaults() {
    media.faults.removeAll()
    for stage in UInt8(0)...4 {
      for index in 0..<Int32(faults.count)
      where faultActive[index] && faults[index].concernsSessions && faults[index].effect.stageOfRequest == stage {
        media.faults.append(index)
      }
    }
  }
}

extension FaultInstance.Effect {
  /// Where a player's request meets it: on the way, before the site, at it, from 0 to 4.
  fileprivate var stageOfRequest: UInt8 {
    switch self {
    case .loss, .partition: 0
    case .latency: 1
    case .unavailable: 2
    case .hang: 3
    case .error, .slow, .crash, .capacityThreads, .capacityReplicas, .surge, .pause, .leak, .places, .flushCache,
      .bandwidth, .set:
      4
    }
  }
}
