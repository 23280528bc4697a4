/// Which fault has brought a failure about, where that is seen: asked only while signals are recorded.
extension Simulation {
  /// The fault that holds what a call waits for: the attempt itself, or what that has called in turn; -1 where none does.
  ///
  /// - Complexity: O(calls under way on behalf of the attempt).
  @inline(never) mutating func faultHolding(_ call: Slot<Call>) -> Int32 {
    if call.its.state != .outstanding || call.its.frame < 0 { return -1 }
    let frame = frames.at(call.its.frame)
    if frame.its.holder >= 0 { return frame.its.holder }
    if frame.its.state != .waiting { return -1 }
    var child = frame.its.firstChild
    while child >= 0 {
      let called = calls.at(child)
      let fault = faultHolding(called)
      if fault >= 0 { return fault }
      child = called.its.sibling
    }
    return -1
  }

  /// The fault that holds what a player waits for: its request, or the calls of its start; -1 where none does.
  @inline(never) mutating func faultHolding(_ session: Slot<Session>) -> Int32 {
    if session.its.flags.contains(.hung) { return session.its.fault }
    var child = session.its.firstCall
    while child >= 0 {
      let call = calls.at(child)
      let fault = faultHolding(call)
      if fault >= 0 { return fault }
      child = call.its.sibling
    }
    return -1
  }

  /// The fault of the scenario that keeps a replica from taking calls, of several the one that began last; -1 where none
  /// does.
  ///
  /// - Parameter replica: -1 where no replica of the service takes any.
  @inline(never) mutating func faultKeepingDown(_ replica: Int32, of service: Int32) -> Int32 {
    var found: Int32 = -1
    for fault in 0..<Int32(faults.count) where faults[fault].isOfScenario {
      let isDown =
        replica < 0
        ? takesReplicas(fault, of: service)
        : (faults[fault].effect == .crash && faultActive[fault] || isRestarting(replica, by: fault))
          && members[faults[fault].firstMember &+ replica] != 0
      if isDown, found < 0 || faultStates[found].began <= faultStates[fault].began { found = fault }
    }
    return found
  }
}
