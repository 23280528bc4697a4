/// The log of requests and sessions: nothing of it changes what happens, and without it each hook is one branch.
extension Simulation {
  // MARK: Requests

  /// - Parameter windows: those in which the request counts.
  @inline(never) mutating func logBegin(_ call: Slot<Call>, windows: UInt64, stream: Int32) {
    let request = call.its.request
    RequestLog.note(Int32(log.requests.count), at: call.index, in: &log.requestOfCall)
    log.requests.append(
      LoggedRequest(
        key: request, arrived: now, windows: windows, workload: call.its.workload,
        flags: flags(ofRequest: request, workload: call.its.workload, stream: stream)))
    noteArrivalWhileSet(request, along: stream)
  }

  @inline(never) mutating func logEnd(_ call: Slot<Call>, _ ending: Ending, _ blame: Blame) {
    log.requests[Int(log.requestOfCall[Int(call.index)])].end(LoggedRequest.Ending(ending), at: now, blame)
  }

  private mutating func flags(ofRequest request: UInt64, workload: Int16, stream: Int32) -> LoggedRequest.Flags {
    var flags: LoggedRequest.Flags = []
    if isScoped(request: request, workload: workload, byActiveFault: false) { flags.insert(.inScope) }
    if streams[stream].surgeHash != 0 { flags.insert(.added) }
    return flags
  }

  // MARK: Attempts

  /// An attempt arrives at an endpoint.
  @inline(never) mutating func logAttempt(at endpoint: Int32) {
    countAttempts(at: endpoint, windows: currentWindows) { $0.arrivals += 1 }
  }

  /// An attempt at an endpoint has failed.
  @inline(never) mutating func logFailedAttempt(at endpoint: Int32, arrived: Int64) {
    countAttempts(at: endpoint, windows: program.boundaries.windows(at: arrived)) { $0.failed += 1 }
  }

  private mutating func countAttempts(at endpoint: Int32, windows: UInt64, _ change: (inout LoggedAttempts) -> Void) {
    var left = windows & ~program.scopedWindows
    while left != 0 {
      change(&log.attempts[Int(endpoint) * windowCount + left.trailingZeroBitCount])
      left &= left &- 1
    }
  }

  // MARK: Sessions

  @inline(never) mutating func logBegin(_ session: Slot<Session>, stream: Int32) {
    let workload = plan.cohorts[Int32(session.its.cohort)].workload
    RequestLog.note(Int32(log.requests.count), at: session.index, in: &log.requestOfSession)
    log.requests.append(
      LoggedRequest(
        key: session.its.key, arrived: now, windows: session.its.windows, workload: workload,
        flags: flags(ofRequest: session.its.key, workload: workload, stream: stream).union(.session)))
    noteArrivalWhileSet(session.its.key, along: stream)
  }

  @inline(never) mutating func logStart(_ session: Slot<Session>, _ ending: Ending, _ blame: Blame) {
    log.requests[Int(log.requestOfSession[Int(session.index)])].end(LoggedRequest.Ending(ending), at: now, blame)
    if ending == .failed { return }
    RequestLog.note(Int32(log.plays.count), at: session.index, in: &log.playOfSession)
    log.plays.append(LoggedPlay(key: session.its.key))
  }

  /// The play of a session, once that has started.
  @inline(never) mutating func logPlay(_ session: Slot<Session>, _ change: (inout LoggedPlay) -> Void) {
    change(&log.plays[Int(log.playOfSession[Int(session.index)])])
  }

  @inline(never) mutating func logEnd(_ session: Slot<Session>, _ end: PlayEnd) {
    let time = now
    let blame = session.its.blame
    logPlay(session) { play in
      play.ended = time
      switch end {
      case .ended: play.ending = .ended
      case .abandoned: play.ending = .abandoned
      case .failed:
        play.ending = .failed
        if let reason = blame.reason {
          play.reasonCode = reason.rawValue
          play.component = blame.component
        }
      }
    }
  }

  // MARK: What faults strike

  /// Notes that an injected fault has acted on an attempt of a request, or may have: the fault was active, its target and
  /// its scope picked the attempt, and what it does was done, be that without any effect.
  ///
  /// A fault that acts on replicas strikes what is sent to one of them, or is in it when the fault begins or ends. One that
  /// takes replicas away strikes whatever is sent to their service, since all that goes elsewhere. What sets a value
  /// strikes whatever meets it: at the replica or the service, in the endpoint, along the edge. A surge strikes nothing:
  /// what it adds is no request that would have been made without it. Failures of the model are part of the system and its
  /// twin; those of the scenario strike as its faults do.
  @inline(never) mutating func noteStruck(_ request: UInt64, by fault: Int32) {
    guard faults[fault].isOfScenario, log.struck.last != request else { return }
    log.struck.append(request)
  }

  /// Notes the active faults that act on the replica to which an attempt is sent.
  @inline(never) mutating func noteSent(_ frame: Slot<Frame>) {
    let replica = frame.its.replica
    for fault in 0..<Int32(faults.count) where faults[fault].isOfScenario {
      let first = faults[fault].firstMember
      let acts: Bool
      switch faults[fault].effect {
      case .slow, .pause, .capacityThreads: acts = faultActive[fault] && members[first &+ replica] != 0
      case .crash, .capacityReplicas, .leak: acts = takesReplicas(fault, of: replicas[replica].service)
      case .places: acts = faultActive[fault] && frame.its.call >= 0 && calls[frame.its.call].edge == faults[fault].edge
      case .set: acts = faultActive[fault] && sets(fault, somethingOf: frame)
      case .unavailable, .hang, .error, .latency, .surge, .flushCache, .bandwidth, .loss, .partition: acts = false
      }
      if acts { noteStruck(frame.its.request, by: fault) }
    }
  }

  /// Notes the faults that have taken replicas of a service of which none is left for an attempt.
  @inline(never) mutating func noteRefused(_ call: Slot<Call>) {
    for fault in 0..<Int32(faults.count)
    where faults[fault].isOfScenario && takesReplicas(fault, of: edges[call.its.edge].service) {
      noteStruck(call.its.request, by: fault)
    }
  }

  /// Whether a fault keeps replicas of a service from taking calls, or may: it crashes or drains some, or they leak, or
  /// are still on their way up since they have.
  mutating func takesReplicas(_ fault: Int32, of service: Int32) -> Bool {
    switch faults[fault].effect {
    case .crash, .capacityReplicas, .leak: break
    case .slow, .pause, .capacityThreads, .places, .unavailable, .hang, .error, .latency, .surge, .flushCache,
      .bandwidth, .loss, .partition, .set:
      return false
    }
    let first = services[service].firstReplica
    for replica in first..<first &+ services[service].replicaCount
    where members[faults[fault].firstMember &+ replica] != 0 {
      if faultActive[fault] || isRestarting(replica, by: fault) { return true }
    }
    return false
  }

  /// Notes the active faults that take places of the bulkhead at which an attempt waits or is refused.
  @inline(never) mutating func noteAtBulkhead(_ call: Slot<Call>) {
    for fault in 0..<Int32(faults.count)
    where faultActive[fault] && faults[fault].isOfScenario && faults[fault].edge == call.its.edge {
      noteStruck(call.its.request, by: fault)
    }
  }

  /// Notes what is in the replicas on which a fault acts, when that begins or ends.
  @inline(never) mutating func noteInside(_ fault: Int32) {
    for index in 0..<frames.count where frames[index].state != .free && frames[index].state != .travelling {
      let frame = frames.at(index)
      if members[faults[fault].firstMember &+ frame.its.replica] != 0 { noteStruck(frame.its.request, by: fault) }
    }
  }

  /// Hands out the log of a replication that is over.
  @inline(never) mutating func takeLog() -> RequestLog {
    let struck = Set(log.struck)
    for index in log.requests.indices where struck.contains(log.requests[index].key) {
      log.requests[index].flags.insert(.struck)
    }
    log.struck = []
    let taken = log
    log = RequestLog(program)
    return taken
  }
}

extension RequestLog {
  /// Notes under a number where the record of what bears it now stands.
  fileprivate static func note(_ record: Int32, at number: Int32, in places: inout [Int32]) {
    while places.count <= Int(number) { places.append(-1) }
    places[Int(number)] = record
  }
}

extension LoggedRequest.Ending {
  init(_ ending: Ending) {
    switch ending {
    case .success: self = .success
    case .degraded: self = .degraded
    case .failed: self = .failed
    }
  }
}
