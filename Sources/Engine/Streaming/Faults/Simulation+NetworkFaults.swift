/// Faults of networks: sites and players with less bandwidth, and paths that lose what is sent.
///
/// Where a scenario has such faults, all transfers that they may reach run over links, so that their rates change where the
/// faults begin and end.
extension Simulation {
  /// What a session's network carries now, of what it carries without faults, in bits per second.
  ///
  /// All factors together, at most the least limit, and at most what the loss leaves at the latency of the request; nothing
  /// across a partition.
  @inline(never) mutating func impaired(_ bandwidth: Int64, _ session: Slot<Session>) -> Int64 {
    var part = 1.0
    var limit = Int64.max
    var arriving = 1.0
    for position in 0..<media.faults.count {
      let index = media.faults[position]
      guard changesNetwork(index, session) else { continue }
      let magnitude = faults[index].magnitude.steppedValue(after: elapsed(of: index))
      switch faults[index].effect {
      case .partition: return 0
      case .loss: arriving *= 1 - magnitude
      case .bandwidth:
        part *= magnitude
        limit = min(limit, bandwidthLimit(of: index))
      case .unavailable, .hang, .error, .latency, .slow, .crash, .capacityThreads, .capacityReplicas, .surge, .pause,
        .flushCache, .leak, .places, .set:
        break
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

  /// Whether an active fault makes a session's own network carry less.
  private mutating func changesNetwork(_ index: Int32, _ session: Slot<Session>) -> Bool {
    switch faults[index].effect {
    case .partition, .loss: strikes(index, session)
    case .bandwidth: faults[index].cohort >= 0 && strikes(index, session)
    case .unavailable, .hang, .error, .latency, .slow, .crash, .capacityThreads, .capacityReplicas, .surge, .pause,
      .flushCache, .leak, .places, .set:
      false
    }
  }

  /// The most that an active fault lets a network or a site carry now, in bits per second.
  private mutating func bandwidthLimit(of index: Int32) -> Int64 {
    let limit = faults[index].limit.steppedValue(after: elapsed(of: index))
    return limit < 0x1p62 ? max(1, Int64(limit.rounded())) : .max
  }

  /// A fault has begun or ended, or moved by a step: what is under way goes on at its new rate.
  mutating func networkChanges(by index: Int32) {
    switch faults[index].effect {
    case .loss, .partition: changeTransfers(struckBy: index)
    case .bandwidth:
      if faults[index].cohort >= 0 { changeTransfers(struckBy: index) } else { changeCapacities(of: index) }
    case .unavailable, .hang, .error, .latency, .slow, .crash, .capacityThreads, .capacityReplicas, .surge, .pause,
      .flushCache, .leak, .places, .set:
      return
    }
    if logsRequests, faultActive[index] { noteTransfersStruck(by: index) }
  }

  /// - Complexity: O(sessions), and O(m log m) for the m whose transfers may change.
  @inline(never) private mutating func changeTransfers(struckBy index: Int32) {
    // A scope that moves leaves players behind that it has picked before.
    let isMoving = faults[index].part.over > 0
    var found: [Slot<Session>] = []
    for place in 0..<media.sessions.count {
      let session = media.sessions.at(place)
      if session.its.state != .free, session.its.flags.contains(.onLink),
        isMoving ? concerns(index, session) : strikes(index, session)
      {
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
        part *= faults[index].magnitude.steppedValue(after: elapsed(of: index))
        limit = min(limit, bandwidthLimit(of: index))
      }
      let left = part < 1 ? max(1, Int64((Double(capacity) * part).rounded())) : capacity
      media.links[its.link].changeCapacity(to: min(left, limit), at: now)
      scheduleLink(its.link)
    }
  }
  // MARK: What is struck

  /// Notes whose transfers are under way where a fault of the network acts.
  @inline(never) private mutating func noteTransfersStruck(by index: Int32) {
    for place in 0..<media.sessions.count {
      let session = media.sessions.at(place)
      if session.its.state != .free, session.its.flags.contains(.onLink), strikes(index, session) {
        noteStruck(session.its.key, by: index)
      }
    }
  }

  /// Notes the faults of the network that act on a transfer which begins.
  @inline(never) mutating func noteTransferStruck(_ session: Slot<Session>) {
    for position in 0..<media.faults.count {
      let index = media.faults[position]
      switch faults[index].effect {
      case .bandwidth, .loss, .partition: if strikes(index, session) { noteStruck(session.its.key, by: index) }
      case .unavailable, .hang, .error, .latency, .slow, .crash, .capacityThreads, .capacityReplicas, .surge, .pause,
        .flushCache, .leak, .places, .set:
        break
      }
    }
  }
}
