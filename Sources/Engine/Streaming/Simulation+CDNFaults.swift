import Sampling

/// Faults of CDNs: what they do to the requests of players.
extension Simulation {
  /// Lets the active faults act on a request that is about to be made.
  ///
  /// - Returns: whether the request has been dealt with: refused, answered with an error, or left without an answer.
  mutating func isStruck(_ session: Slot<Session>, _ key: DrawKey) -> Bool {
    let cdn = Int32(session.its.cdn)
    let site = session.its.site
    let blamed = plan.cdns[cdn].component
    for position in 0..<media.faults.count {
      let index = media.faults[position]
      guard faults[index].cdn == cdn, faults[index].site < 0 || faults[index].site == site,
        isInScope(
          index, request: session.its.key, workload: plan.cohorts[Int32(session.its.cohort)].workload)
      else { continue }
      switch faults[index].effect {
      case .unavailable:
        session.its.result = .error
        willRefuse(session, at: instant(after: session.its.lag), status: -1, Blame(.unreachable, at: blamed))
        return true
      case .hang:
        session.its.flags.insert(.hung)
        session.its.fault = index
        session.its.result = .error
        return true
      case .error:
        let threshold = errorThreshold(of: index)
        guard threshold == .max || key.child(faults[index].key).draw(Purpose.errs) < threshold else { continue }
        session.its.result = .error
        let latency = samplers[plan.nodes[site].latency].nanoseconds(key.draw(Purpose.tierLatency))
        willRefuse(
          session, at: instant(after: session.its.lag &+ latency), status: faults[index].status,
          Blame(.error, at: blamed))
        return true
      case .latency:
        let added = addedLatency(of: index, key)
        // A factor makes the edge's own latency longer.
        let latency = samplers[plan.nodes[site].latency].nanoseconds(key.draw(Purpose.tierLatency))
        let longer = (Double(latency) * (faults[index].magnitude.value(after: elapsed(of: index)) - 1))
          .rounded()
        session.its.lag &+= min(added, 1 << 60) &+ Int64(min(longer, 0x1p60))
      case .slow, .crash, .capacityThreads, .capacityReplicas, .surge, .pause, .loss, .partition, .leak, .places: break
      }
    }
    return false
  }

  /// The requests that a hang has kept without an answer fail, since it has ended.
  ///
  /// - Complexity: O(sessions).
  mutating func endHangOfCDN(_ index: Int32) {
    var found: [Slot<Session>] = []
    for place in 0..<media.sessions.count {
      let session = media.sessions.at(place)
      if session.its.state != .free, session.its.flags.contains(.hung), session.its.fault == index {
        found.append(session)
      }
    }
    found.sort { ($0.its.asked, $0.its.key) < ($1.its.asked, $1.its.key) }
    for session in found {
      session.its.flags.remove(.hung)
      willRefuse(
        session, at: instant(after: session.its.lag), status: 504,
        Blame(.error, at: plan.cdns[Int32(session.its.cdn)].component))
      schedule(session)
    }
  }

  mutating func listCDNFaults() {
    media.faults.removeAll()
    for index in 0..<Int32(faults.count) where faultActive[index] && faults[index].cdn >= 0 {
      media.faults.append(index)
    }
  }
}
