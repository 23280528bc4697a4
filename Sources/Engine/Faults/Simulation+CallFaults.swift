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

  /// The active hang that holds a frame which has just got its thread; -1 where there is none.
  func hangingFault(of frame: Int32) -> Int32 {
    for position in 0..<callFaults.count {
      let index = callFaults[position]
      if faults[index].effect == .hang, !faults[index].isEdge,
        faults[index].endpoint < 0 || faults[index].endpoint == frames[frame].endpoint,
        members[faults[index].firstMember &+ frames[frame].replica] != 0,
        isInScope(index, request: frames[frame].request, workload: frames[frame].workload)
      {
        return index
      }
    }
    return -1
  }

  /// Whether a fault's scope picks a request: by the uniform of its device, or its own.
  func isInScope(_ index: Int32, request: UInt64, workload: Int16) -> Bool {
    let workloadIndex = Int32(workload)
    let devices = workloads[workloadIndex].devices
    let salt = faults[index].salt
    switch faults[index].scope {
    case .everything: return true
    case .oneDevice:
      if devices == 0 { return false }
      let chosen = DrawKey(bits: workloadKeys[workloadIndex]).child(salt).draw(Purpose.device)
        .multipliedFullWidth(by: UInt64(devices)).high
      return device(of: request, among: devices) == chosen
    case .devices:
      if faults[index].scopeThreshold == .max { return true }
      if devices == 0 { return DrawKey(bits: request).draw(Purpose.scope ^ salt) < faults[index].scopeThreshold }
      let key = DrawKey(bits: workloadKeys[workloadIndex]).child(named: "device")
        .child(device(of: request, among: devices))
      return key.draw(Purpose.scope ^ salt) < faults[index].scopeThreshold
    case .requests:
      if faults[index].scopeThreshold == .max { return true }
      return DrawKey(bits: request).draw(Purpose.scope ^ salt) < faults[index].scopeThreshold
    }
  }

  private func device(of request: UInt64, among devices: Int64) -> UInt64 {
    DrawKey(bits: request).draw(Purpose.device).multipliedFullWidth(by: UInt64(devices)).high
  }

  /// The calls that a hang has held fail, since it has ended.
  mutating func endHang(_ index: Int32) {
    for frame in framesInOrder(where: { $0.fault == index }) {
      frames[frame].fault = -1
      switch frames[frame].state {
      case .hung:
        endFrame(frame, .failed, seenAs: .error, Blame(.error, at: replicas[frames[frame].replica].service))
      case .travelling:
        let call = frames[frame].call
        freeFrame(frame)
        if call >= 0 {
          reply(to: call, .failed, seenAs: .error, Blame(.error, at: edges[calls[call].edge].component))
        }
      case .free, .queued, .ready, .working, .waiting: break
      }
    }
  }

  /// Holds back a reply, so that the callee seems to have taken `slowdown` times as long.
  mutating func delayReply(_ frame: Int32, _ ending: Ending, seenAs view: ReasonCode, _ blame: Blame) {
    let took = Double(now &- frames[frame].arrived) * (frames[frame].slowdown - 1)
    frames[frame].state = .travelling
    frames[frame].view = view
    frames[frame].blame = blame
    frames[frame].degraded = ending == .degraded
    calendar.schedule(
      EventPayload(.replyDelivery, frame, generation: frames[frame].generation),
      at: instant(after: Int64(min(took, 0x1p61).rounded())), .completion)
  }

  mutating func deliverReply(_ frame: Int32) {
    let call = frames[frame].call
    let blame = frames[frame].blame
    let view = frames[frame].view
    let ending: Ending = blame.reason != nil ? .failed : frames[frame].degraded ? .degraded : .success
    freeFrame(frame)
    if call >= 0 { reply(to: call, ending, seenAs: view, blame) }
  }
}
