import Sampling

/// Partitions between players and CDNs, and between the tiers of a CDN: what waits until they end.
///
/// As with calls, what is sent across waits and arrives when the partition ends, unless whoever sent it has given up. Other
/// faults act on a request when it is made.
extension Simulation {
  /// The active partition between a session's player and the site that it asks; -1 where none lies there.
  mutating func partitionBefore(_ session: Slot<Session>) -> Int32 {
    for position in 0..<media.faults.count {
      let index = media.faults[position]
      if faults[index].effect == .partition, isParted(session, by: index) { return index }
    }
    return -1
  }

  mutating func isParted(_ session: Slot<Session>, by index: Int32) -> Bool {
    let first = faults[index].firstSide
    return program.sides[first &+ plan.sides.firstCohort &+ Int32(session.its.cohort)]
      ^ program.sides[first &+ plan.sides.firstNode &+ session.its.site] == 3
  }

  /// Holds back an answer whose first byte is due, or a failure, where a partition lies before the player.
  ///
  /// What it waits for stays in `happening`.
  mutating func isHeldBack(_ session: Slot<Session>) -> Bool {
    if media.faults.count == 0 { return false }
    let holder = partitionBefore(session)
    if holder < 0 { return false }
    session.its.flags.insert(.hung)
    session.its.fault = holder
    session.its.firstByte = -1
    session.its.happens = .max
    setLimit(session)
    if logsRequests { noteStruck(session.its.key, by: holder) }
    schedule(session)
    return true
  }

  /// Holds back what goes from an edge to its shield, or comes back, where a partition lies between them.
  mutating func isHeldBack(_ fill: Slot<Fill>) -> Bool {
    let node = fill.its.node
    let shield = plan.nodes[node].shield
    for position in 0..<partitions.count {
      let index = partitions[position]
      let first = faults[index].firstSide &+ plan.sides.firstNode
      guard faults[index].partsTiers, program.sides[first &+ node] ^ program.sides[first &+ shield] == 3 else {
        continue
      }
      fill.its.holder = index
      if logsRequests { noteStruck(fill.its.request, by: index) }
      return true
    }
    return false
  }

  /// What a partition has held between players and CDNs, and within these, arrives, since it has ended.
  ///
  /// - Complexity: O(sessions + fills), and O(m log m) for the m that are found.
  mutating func releaseDeliveries(heldBy index: Int32) {
    if faults[index].partsTiers { releaseFills(heldBy: index) }
    if !faults[index].partsPlayers { return }
    for session in sessionsHeld(by: index) {
      session.its.flags.remove(.hung)
      let other = partitionBefore(session)
      if other >= 0 {
        session.its.flags.insert(.hung)
        session.its.fault = other
      } else if session.its.happening == .nothing {
        session.its.result = .miss
        askEdge(session, requestKey(session))
        schedule(session)
      } else {
        if session.its.happening == .firstByte {
          session.its.firstByte = now
          setLimit(session)
        }
        session.its.happens = now
        schedule(session)
      }
    }
  }

  private mutating func releaseFills(heldBy index: Int32) {
    var found: [Slot<Fill>] = []
    for place in 0..<media.fills.count {
      let fill = media.fills.at(place)
      if fill.its.state != .free, fill.its.holder == index { found.append(fill) }
    }
    found.sort { ($0.its.key, $0.its.node, $0.index) < ($1.its.key, $1.its.node, $1.index) }
    for fill in found {
      fill.its.holder = -1
      resume(fill)
    }
  }
}
