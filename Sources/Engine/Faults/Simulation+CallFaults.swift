import Sampling

/// Faults that act on calls: unavailable, hang, error, latency.
extension Simulation {
  /// Lets the active faults act on an attempt that is about to be sent to a replica.
  ///
  /// - Returns: whether the attempt has been dealt with: refused, answered with an error, hung, or sent late.
  mutating func strike(_ call: Slot<Call>, _ opening: Opening, replica: Int32) -> Bool {
    var delay: Int64 = 0
    var slowdown = 1.0
    var hang: Int32 = -1
    let attemptKey = DrawKey(bits: call.its.key).child(UInt64(call.its.attempt))
    for position in 0..<callFaults.count {
      let index = callFaults[position]
      guard reaches(index, call, replica: replica) else { continue }
      if logsRequests { noteStruck(call.its.request, by: index) }
      let component = faults[index].isEdge ? edges[call.its.edge].component : edges[call.its.edge].service
      switch faults[index].effect {
      case .unavailable:
        answerAtTheDoor(call, faults[index].isEdge, replica, .unreachable, Blame(.unreachable, at: component))
        return true
      case .error:
        if faults[index].errorThreshold == .max
          || attemptKey.child(faults[index].key).draw(Purpose.errs) < faults[index].errorThreshold
        {
          answerAtTheDoor(call, faults[index].isEdge, replica, .error, Blame(.error, at: component))
          return true
        }
      case .hang: if faults[index].isEdge, hang < 0 { hang = index }
      case .latency:
        slowdown *= faults[index].factor
        if faults[index].latencySampler >= 0 {
          delay &+= samplers[faults[index].latencySampler]
            .nanoseconds(attemptKey.child(faults[index].key).draw(Purpose.latency))
        }
      case .loss, .slow, .crash, .capacityThreads, .capacityReplicas, .surge, .pause, .flushCache, .bandwidth: break
      }
    }
    if hang < 0, delay == 0, slowdown == 1 { return false }
    let frame = allocateFrame(for: call, edges.at(call.its.edge), opening, replica: replica)
    if slowdown > 1 {
      frame.its.slowdown = slowdown
      frame.its.flags.insert(.slowed)
    }
    if hang >= 0 {
      hold(frame, by: hang)
    } else if delay > 0 {
      calendar.schedule(
        EventPayload(.delivery, frame.index, generation: frame.its.generation),
        at: instant(after: delay), .timer)
    } else {
      deliver(frame)
    }
    return true
  }

  /// The attempt arrives, late or not.
  mutating func deliver(_ frame: Slot<Frame>) {
    unfinishedLoops += 1
    if reachServer(frame, of: endpoint(of: frame)) { open(frame) }
    unfinishedLoops -= 1
  }

  /// A refusal or an error in place of the endpoint, which counts it where the fault is at the server.
  private mutating func answerAtTheDoor(
    _ call: Slot<Call>, _ isEdge: Bool, _ replica: Int32, _ view: ReasonCode, _ blame: Blame
  ) {
    if recordsSignals, !isEdge { noteAnswerAtTheDoor(of: edges[call.its.edge].service, blame) }
    if !isEdge, now >= warmup {
      let endpoint = firstEndpointTally &+ Int(edges[call.its.edge].endpoint)
      tallies.arrived(endpoint)
      tallies.ended(endpoint, .failed, latency: 0, blame: blame)
    }
    failAttempt(call, seenAs: view, blame)
  }

  /// Whether a fault strikes an attempt sent to a replica: by its target and its scope.
  private mutating func reaches(_ index: Int32, _ call: Slot<Call>, replica: Int32) -> Bool {
    let edge = call.its.edge
    if faults[index].cohort >= 0 {
      // The calls of its players' sessions, of which live encoding is none.
      if edges[edge].workload != plan.everySession { return false }
      if call.its.workload != plan.cohorts[faults[index].cohort].workload { return false }
    } else if faults[index].isEdge {
      if edges[edge].service != faults[index].service { return false }
      let byService = faults[index].callerService >= 0 && edges[edge].caller == faults[index].callerService
      let byWorkload = faults[index].callerWorkload >= 0 && edges[edge].workload == faults[index].callerWorkload
      if !byService && !byWorkload { return false }
    } else {
      if faults[index].endpoint >= 0, edges[edge].endpoint != faults[index].endpoint { return false }
      if members[faults[index].firstMember &+ replica] == 0 { return false }
    }
    return isInScope(index, request: call.its.request, workload: call.its.workload)
  }
}
