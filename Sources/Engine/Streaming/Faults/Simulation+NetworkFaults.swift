/// Faults of networks: sites and players with less bandwidth, and paths that lose what is sent.
///
/// Where a scenario has such faults, all transfers that they may reach run over links, so that their rates change where the
/// faults begin and end.
extension Simulation {
  /// What a session's network carries now, of what it carries without faults, in bits per second.
  ///
  /// All factors together, at most the least limit, and at most what the loss leaves at the latency of the request.
  @inline(never) mutating func impaired(_ bandwidth: Int64, _ session: Slot<Session>) -> Int64 {
    var part = 1.0
    var limit = Int64.max
    var arriving = 1.0
    for position in 0..<media.faults.count {
      let index = media.faults[position]
      let isLoss = faults[index].effect == .loss
      guard isLoss || faults[index].effect == .bandwidth && faults[index].cohort >= 0, strikes(index, session) else {
        continue
      }
      if isLoss {
        arriving *= 1 - faults[index].magnitude.end
      } else {
        part *= faults[index].magnitude.end
        limit = min(limit, faults[index].limit)
      }
    }
    if arriving == 0 { return 0 }
    var rate = bandwidth
    if part < 1, bandwidth > 0 { rate = max(1, Int64((Double(bandwidth) * part).rounded())) }
    if arriving < 1 {
      limit = min(limit, LossyPath.bitsPerSecond(roundTrip: session.its.lag, loss: 1 - arriving))
    }
    return min(rate, limit)
  }

  /// A fault has begun or ended: what is under way goes on at its new rate.
  mutating func networkChanges(by index: Int32) {
    switch faults[index].effect {
    case .loss: changeTransfers(struckBy: index)
    case .bandwidth:
      if faults[index].cohort >= 0 { changeTransfers(struckBy: index) } else { changeCapacities(of: index) }
    case .unavailable, .hang, .error, .latency, .slow, .crash, .capacityThreads, .capacityReplicas, .surge, .pause,
      .flushCache, .partition, .leak, .places, .set:
      break
    }
  }

  /// - Complexity: O(sessions), and O(m log m) for the m whose transfers change.
  @inline(never) private mutating func changeTransfers(struckBy index: Int32) {
    var found: [Slot<Session>] = []
    for place in 0..<media.sessions.count {
      let session = media.sessions.at(place)
      if session.its.state != .free, session.its.flags.contains(.onLink), strikes(index, session) {
        found.append(session)
      }
    }
    found.sort { ($0.its.asked, $0.its.key) < ($1.its.asked, $1.its.key) }
    for session in found {
      media.links[link(of: session)].changeCap(id: session.index, to: networkCap(session), at: now)
    }
    for link in Set(found.map { link(of: $0) }).sorted() { scheduleLink(link) }
  }

  /// The capacity of each edge site of a fault's CDN: its own times all factors, at most the least limit.
  @inline(never) private mutating func changeCapacities(of changed: Int32) {
    for node in 0..<Int32(plan.nodes.count) {
      let its = plan.nodes[node]
      guard its.cdn == faults[changed].cdn, its.link >= 0, faults[changed].site < 0 || faults[changed].site == node
      else { continue }
      let capacity = plan.linkCapacities[Int(its.link)]
      var part = 1.0
      var limit = capacity
      for position in 0..<media.faults.count {
        let index = media.faults[position]
        guard faults[index].effect == .bandwidth, faults[index].cdn == its.cdn,
          faults[index].site < 0 || faults[index].site == node
        else { continue }
        part *= faults[index].magnitude.end
        limit = min(limit, faults[index].limit)
      }
      let left = part < 1 ? max(1, Int64((Double(capacity) * part).rounded())) : capacity
      media.links[its.link].changeCapacity(to: min(left, limit), at: now)
      scheduleLink(its.link)
    }
  }
}
