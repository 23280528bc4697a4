import Sampling

/// How a caller chooses among the replicas that may be chosen.
extension Simulation {
  /// The replica for an attempt, which counts as outstanding there from now on; -1 where none may be chosen.
  @inline(always) mutating func chooseReplica(for call: Slot<Call>, _ edge: UnsafePointer<Edge>) -> Int32 {
    let service = edge.pointee.service
    let count = eligibleCount[service]
    if count == 0 { return -1 }
    let first = edge.pointee.firstReplica
    if count == 1 {
      let only = eligible[first]
      if edge.pointee.countsOutstanding { joinReplica(call, only) }
      return only
    }
    return pickReplica(for: call, edge.pointee.balancing, first, among: count)
  }

  private mutating func pickReplica(
    for call: Slot<Call>, _ balancing: UInt8, _ first: Int32, among count: Int32
  ) -> Int32 {
    let state = call.its.edgeState
    let chosen: Int32
    switch balancing {
    case 0:
      let turn = edgeStates[state].turn
      edgeStates[state].turn = turn &+ 1
      chosen = eligible[first &+ Int32(turn % UInt32(count))]
    case 1:
      chosen = eligible[first &+ pick(call, Purpose.replica, among: count)]
    default:
      let one = pick(call, Purpose.replica, among: count)
      var other = pick(call, Purpose.secondReplica, among: count &- 1)
      if other >= one { other &+= 1 }
      let a = eligible[first &+ one]
      let b = eligible[first &+ other]
      let counts = edgeStates[state].firstOutstanding &- first
      chosen = outstanding[counts &+ b] < outstanding[counts &+ a] ? b : a
    }
    joinReplica(call, chosen)
    return chosen
  }

  @inline(always) private func pick(_ call: Slot<Call>, _ purpose: UInt64, among count: Int32) -> Int32 {
    let key = DrawKey(bits: call.its.key).child(UInt64(call.its.attempt))
    let high = key.draw(purpose).multipliedFullWidth(by: UInt64(count)).high
    return Int32(truncatingIfNeeded: high)
  }

  private mutating func joinReplica(_ call: Slot<Call>, _ replica: Int32) {
    let counts = edgeStates[call.its.edgeState].firstOutstanding
    if counts < 0 { return }
    call.its.replica = replica
    call.its.flags.insert(.isCounted)
    outstanding[counts &+ replica &- services[edges[call.its.edge].service].firstReplica] &+= 1
  }

  /// The attempt is no longer outstanding at its replica.
  mutating func leaveReplica(_ call: Slot<Call>) {
    let replica = call.its.replica
    let counts = edgeStates[call.its.edgeState].firstOutstanding
    call.its.flags.remove(.isCounted)
    outstanding[counts &+ replica &- services[edges[call.its.edge].service].firstReplica] &-= 1
  }

  /// Makes the list of replicas that a balancer may choose: those ready, and neither down nor drained, in their order.
  mutating func listEligibleReplicas(of service: Int32) {
    let first = services[service].firstReplica
    var count: Int32 = 0
    for replica in first..<first &+ services[service].replicaCount
    where replicas[replica].down == 0 && replicas[replica].drained == 0 && replicas[replica].isReady {
      eligible[first &+ count] = replica
      count &+= 1
    }
    eligibleCount[service] = count
  }
}
