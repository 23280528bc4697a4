import Sampling

/// Groups between which nothing gets through, and what waits until it does.
extension Simulation {
  /// The active partition that lies between a call's caller and a replica; -1 where none does.
  mutating func partition(between call: Slot<Call>, and replica: Int32) -> Int32 {
    let edge = call.its.edge
    let caller = edges[edge].caller
    let place: Int32
    if caller >= 0 {
      place = services[caller].firstReplica &+ call.its.edgeState &- edges[edge].firstState
    } else if edges[edge].workload < plan.everySession {
      place = plan.sides.firstWorkload &+ edges[edge].workload
    } else if edges[edge].workload == plan.everySession {
      // The calls of players, of which live encoding is none.
      let cohort = Int32(call.its.workload) &- plan.everySession &- 1
      if cohort < 0 { return -1 }
      place = plan.sides.firstCohort &+ cohort
    } else {
      let cdn = edges[edge].workload &- plan.everySession &- 1 &- Int32(plan.cohorts.count)
      place = plan.sides.firstNode &+ plan.cdns[cdn].firstCaller &+ call.its.edgeState &- edges[edge].firstState
    }
    for position in 0..<partitions.count {
      let index = partitions[position]
      let first = faults[index].firstSide
      if program.sides[first &+ place] ^ program.sides[first &+ replica] == 3 { return index }
    }
    return -1
  }

  /// Marks the calls under way whose replies a fault that begins may hold back.
  mutating func concernReplies(_ index: Int32) {
    for place in 0..<frames.count where frames[place].state != .free && frames[place].call >= 0 {
      let frame = frames.at(place)
      let call = calls.at(frame.its.call)
      let isConcerned =
        faults[index].effect == .partition
        ? partition(between: call, and: frame.its.replica) >= 0
        : reach(of: index, call, replica: frame.its.replica) != .none
      if isConcerned { concernReply(of: frame) }
    }
  }

  /// Has the reply of a frame looked at before it is delivered.
  mutating func concernReply(of frame: Slot<Frame>) {
    if frame.its.flags.contains(.slowed) { return }
    frame.its.slowdown = 1
    // What travels knows how far it has come.
    if frame.its.state != .travelling { frame.its.leg = .server }
    frame.its.flags.insert(.slowed)
  }

  /// Whether what travels is held back until a partition or a loss ends.
  mutating func isHeldOnTheWay(_ frame: Slot<Frame>) -> Bool {
    guard frame.its.flags.contains(.held) else { return false }
    switch faults[frame.its.fault].effect {
    case .partition, .loss: return true
    case .unavailable, .hang, .error, .latency, .slow, .crash, .capacityThreads, .capacityReplicas, .surge, .pause,
      .leak, .places, .flushCache, .bandwidth, .set:
      return false
    }
  }
}
