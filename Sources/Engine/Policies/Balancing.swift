import Sampling

/// How a caller chooses among the replicas that may be chosen.
extension Simulation {
  /// The replica for an attempt, which counts as outstanding there from now on; -1 where none may be chosen.
  @inline(__always) mutating func chooseReplica(for call: Int32) -> Int32 {
    let edge = calls[call].edge
    let service = edges[edge].service
    let count = eligibleCount[service]
    if count == 0 { return -1 }
    let first = services[service].firstReplica
    if count == 1 {
      let only = eligible[first]
      joinReplica(call, only)
      return only
    }
    let state = calls[call].edgeState
    let chosen: Int32
    switch edges[edge].balancing {
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

  @inline(__always) private func pick(_ call: Int32, _ purpose: UInt64, among count: Int32) -> Int32 {
    let key = DrawKey(bits: calls[call].key).child(UInt64(calls[call].attempt))
    let high = key.draw(purpose).multipliedFullWidth(by: UInt64(count)).high
    return Int32(truncatingIfNeeded: high)
  }

  @inline(__always) private mutating func joinReplica(_ call: Int32, _ replica: Int32) {
    let counts = edgeStates[calls[call].edgeState].firstOutstanding
    if counts < 0 { return }
    calls[call].replica = replica
    outstanding[counts &+ replica &- services[edges[calls[call].edge].service].firstReplica] &+= 1
  }

  /// The attempt is no longer outstanding at its replica.
  @inline(__always) mutating func leaveReplica(_ call: Int32) {
    let replica = calls[call].replica
    if replica < 0 { return }
    let counts = edgeStates[calls[call].edgeState].firstOutstanding
    calls[call].replica = -1
    outstanding[counts &+ replica &- services[edges[calls[call].edge].service].firstReplica] &-= 1
  }

  /// Makes the list of replicas that a balancer may choose: those neither down nor drained, in their order.
  mutating func listEligibleReplicas(of service: Int32) {
    let first = services[service].firstReplica
    var count: Int32 = 0
    for replica in first..<first &+ services[service].replicaCount
    where replicas[replica].down == 0 && replicas[replica].drained == 0 {
      eligible[first &+ count] = replica
      count &+= 1
    }
    eligibleCount[service] = count
  }
}
