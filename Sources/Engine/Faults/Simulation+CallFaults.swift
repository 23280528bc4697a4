import Sampling

/// Faults that act on calls: unavailable, hang, error, latency.
extension Simulation {
  /// Lets the active faults act on an attempt that is about to be sent to a replica.
  ///
  /// - Returns: whether the attempt has been dealt with: refused, answered with an error, hung, or sent late.
  mutating func strike(_ call: Int32, replica: Int32) -> Bool {
    var delay: Int64 = 0
    var slowdown = 1.0
    var hang: Int32 = -1
    let attemptKey = DrawKey(bits: calls[call].key).child(UInt64(calls[call].attempt))
    for position in 0..<callFaults.count {
      let index = callFaults[position]
      guard reaches(index, call, replica: replica) else { continue }
      let component = faults[index].isEdge ? edges[calls[call].edge].component : edges[calls[call].edge].service
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
      case .slow, .crash, .capacityThreads, .capacityReplicas, .surge, .pause: break
      }
    }
    if hang < 0, delay == 0, slowdown == 1 { return false }
    let frame = allocateFrame(for: call, replica: replica)
    frames[frame].slowdown = slowdown
    if hang >= 0 {
      frames[frame].fault = hang
    } else if delay > 0 {
      calendar.schedule(
        EventPayload(.delivery, frame, generation: frames[frame].generation),
        at: instant(after: delay), .timer)
    } else {
      reachServer(frame)
    }
    return true
  }

  /// A refusal or an error in place of the endpoint, which counts it where the fault is at the server.
  private mutating func answerAtTheDoor(
    _ call: Int32, _ isEdge: Bool, _ replica: Int32, _ view: ReasonCode, _ blame: Blame
  ) {
    if !isEdge, now >= warmup {
      let endpoint = firstEndpointTally &+ Int(edges[calls[call].edge].endpoint)
      tallies.arrived(endpoint)
      tallies.ended(endpoint, .failed, latency: 0, blame: blame)
    }
    failAttempt(call, seenAs: view, blame)
  }

  /// Whether a fault strikes an attempt sent to a replica: by its target and its scope.
  private func reaches(_ index: Int32, _ call: Int32, replica: Int32) -> Bool {
    let edge = calls[call].edge
    if faults[index].isEdge {
      if edges[edge].service != faults[index].service { return false }
      let byService = faults[index].callerService >= 0 && edges[edge].caller == faults[index].callerService
      let byWorkload = faults[index].callerWorkload >= 0 && edges[edge].workload == faults[index].callerWorkload
      if !byService && !byWorkload { return false }
    } else {
      if faults[index].endpoint >= 0, edges[edge].endpoint != faults[index].endpoint { return false }
      if members[faults[index].firstMember &+ replica] == 0 { return false }
    }
    return isInScope(index, request: calls[call].request, workload: calls[call].workload)
  }
}
