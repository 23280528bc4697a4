import Sampling

/// Faults that act on calls: unavailable, hang, error, latency, loss, partition.
extension Simulation {
  /// Lets the active faults act on an attempt that is about to be sent to a replica.
  ///
  /// - Returns: whether the attempt has been dealt with: refused, answered with an error, hung, or sent late.
  mutating func strike(_ call: Slot<Call>, _ opening: Opening, replica: Int32) -> Bool {
    var delay: Int64 = 0
    var slowdown = 1.0
    var isConcerned = false
    var hold = partitions.count > 0 ? partition(between: call, and: replica) : -1
    let attemptKey = DrawKey(bits: call.its.key).child(UInt64(call.its.attempt))
    for position in 0..<callFaults.count {
      if hold >= 0 { break }
      let index = callFaults[position]
      let reach = reach(of: index, call, replica: replica)
      if reach == .none { continue }
      if logsRequests { noteStruck(call.its.request, by: index) }
      let isEdge = reach == .edge
      let component = isEdge ? edges[call.its.edge].component : edges[call.its.edge].service
      switch faults[index].effect {
      case .unavailable:
        answerAtTheDoor(call, isEdge, replica, .unreachable, Blame(.unreachable, at: component, by: index))
        return true
      case .error:
        let threshold = errorThreshold(of: index)
        if threshold == .max || attemptKey.child(faults[index].key).draw(Purpose.errs) < threshold {
          answerAtTheDoor(call, isEdge, replica, .error, Blame(.error, at: component, by: index))
          return true
        }
      case .hang: if isEdge { hold = index }
      case .latency:
        slowdown *= faults[index].magnitude.value(after: elapsed(of: index))
        delay &+= addedLatency(of: index, attemptKey)
      case .loss:
        isConcerned = true
        let lost = lossDelay(index, attemptKey, Purpose.requestLoss)
        if lost == Edge.noLimit { hold = index } else { delay &+= lost }
      case .partition, .slow, .crash, .capacityThreads, .capacityReplicas, .surge, .pause, .leak, .places, .flushCache,
        .bandwidth, .set:
        break
      }
    }
    if hold < 0, delay == 0, slowdown == 1, !isConcerned { return false }
    let frame = allocateFrame(for: call, edges.at(call.its.edge), opening, replica: replica)
    if slowdown > 1 {
      frame.its.slowdown = slowdown
      frame.its.flags.insert(.slowed)
    }
    if isConcerned { concernReply(of: frame) }
    if hold >= 0 {
      self.hold(frame, by: hold)
    } else if delay > 0 {
      calendar.schedule(
        EventPayload(.delivery, frame.index, generation: frame.its.generation),
        at: instant(after: delay), .timer)
    } else {
      deliver(frame)
    }
    return true
  }

  /// The threshold of an error's draws now.
  mutating func errorThreshold(of index: Int32) -> UInt64 {
    if faults[index].magnitude.over == 0 { return faults[index].errorThreshold }
    return drawThreshold(faults[index].magnitude.value(after: elapsed(of: index)))
  }

  /// What a latency fault adds, in nanoseconds, by the key of whom it strikes.
  mutating func addedLatency(of index: Int32, _ key: DrawKey) -> Int64 {
    if faults[index].latencySampler >= 0 {
      return samplers[faults[index].latencySampler]
        .nanoseconds(key.child(faults[index].key).draw(Purpose.latency))
    }
    return Int64(faults[index].added.value(after: elapsed(of: index)).rounded())
  }

  /// The attempt arrives, late or not, unless a partition lies before it by now.
  mutating func deliver(_ frame: Slot<Frame>) {
    if partitions.count > 0, frame.its.call >= 0 {
      let holder = partition(between: calls.at(frame.its.call), and: frame.its.replica)
      if holder >= 0 {
        hold(frame, by: holder)
        return
      }
    }
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
      if logsRequests {
        logAttempt(at: edges[call.its.edge].endpoint)
        logFailedAttempt(at: edges[call.its.edge].endpoint, arrived: now)
      }
    }
    failAttempt(call, seenAs: view, blame)
  }

  /// Whether and where a fault strikes an attempt sent to a replica: by its targets and its scope.
  mutating func reach(of index: Int32, _ call: Slot<Call>, replica: Int32) -> CallReach {
    let edge = call.its.edge
    var found = CallReach.none
    if faults[index].cohort >= 0 {
      // The calls of its players' sessions, of which live encoding is none.
      if edges[edge].workload != plan.everySession { return .none }
      if call.its.workload != plan.cohorts[faults[index].cohort].workload { return .none }
      found = .edge
    }
    let first = faults[index].firstPlace
    for number in first..<first &+ faults[index].placeCount {
      let place = faultPlaces[number]
      if place.isEdge {
        if edges[edge].service != place.service { continue }
        if place.component >= 0, edges[edge].component != place.component { continue }
        let byService = place.callerService >= 0 && edges[edge].caller == place.callerService
        let byWorkload = place.callerWorkload >= 0 && edges[edge].workload == place.callerWorkload
        if byService || byWorkload {
          found = .edge
          break
        }
      } else if place.endpoint < 0 || edges[edge].endpoint == place.endpoint,
        members[place.firstMember &+ replica] != 0
      {
        found = .server
      }
    }
    if found == .none || !isInScope(index, request: call.its.request, workload: call.its.workload) { return .none }
    return found
  }
}

/// Where a fault meets a call: nowhere, on the way along an edge, or at the server.
enum CallReach: UInt8 { case none, edge, server }
