/// What must hold after every event, whatever happens.
extension Simulation {
  /// Stops the program, with time and entity, where conservation is violated.
  /// - Complexity: O(calls + frames + replicas).
  func checkInvariants() {
    checkRequests()
    checkEndpoints()
    checkReplicas()
    checkPlaces()
    checkSessions()
  }

  private func checkRequests() {
    var underWay = [Int64](repeating: 0, count: firstEndpointTally)
    for call in 0..<calls.count where calls[call].state != .free && calls[call].parent == Call.root {
      for window in 0..<windowCount where calls[call].windows & 1 << UInt64(window) != 0 {
        underWay[Int(calls[call].workload) * windowCount + window] += 1
      }
    }
    for place in 0..<media.sessions.count where media.sessions[place].state == .starting {
      let session = media.sessions[place]
      let cohort = Int(plan.cohorts[Int32(session.cohort)].workload)
      for window in 0..<windowCount where session.windows & 1 << UInt64(window) != 0 {
        underWay[Int(plan.everySession) * windowCount + window] += 1
        underWay[cohort * windowCount + window] += 1
      }
    }
    for subject in 0..<firstEndpointTally {
      precondition(
        tallies.inFlight(subject) == underWay[subject],
        "at \(now) ns: requests of \(program.workloads[subject / windowCount].name) are not conserved")
    }
  }

  private func checkEndpoints() {
    var underWay = [Int64](repeating: 0, count: program.endpoints.count)
    for frame in 0..<frames.count where frames[frame].flags.contains(.measured) {
      switch frames[frame].state {
      case .free, .travelling, .returning: break
      case .queued, .ready, .working, .waiting, .hung: underWay[Int(endpoint(of: frames.at(frame)))] += 1
      }
    }
    for endpoint in program.endpoints.indices {
      precondition(
        tallies.inFlight(firstEndpointTally + endpoint) == underWay[endpoint],
        "at \(now) ns: calls of \(program.endpoints[endpoint].name) are not conserved")
    }
  }

  private func checkReplicas() {
    var busy = [Int32](repeating: 0, count: replicas.count)
    var queued = [Int32](repeating: 0, count: replicas.count)
    for frame in 0..<frames.count where frames[frame].state != .free {
      if frames[frame].flags.contains(.holdsThread) { busy[Int(frames[frame].replica)] += 1 }
      if frames[frame].state == .queued { queued[Int(frames[frame].replica)] += 1 }
    }
    for replica in 0..<replicas.count {
      let name = program.services[Int(replicas[replica].service)].name
      precondition(busy[replica] == replicas[replica].busy, "at \(now) ns: threads of \(name) are not conserved")
      precondition(queued[replica] == replicas[replica].queued, "at \(now) ns: the queue of \(name) is not conserved")
      precondition(
        queued[replica] == 0 || busy[replica] >= replicas[replica].threads || replicas[replica].down > 0,
        "at \(now) ns: calls of \(name) wait beside a free thread")
    }
  }

  private func checkPlaces() {
    var inUse = [Int32](repeating: 0, count: edgeStates.count)
    for call in 0..<calls.count where calls[call].state != .free && calls[call].flags.contains(.holdsPlace) {
      inUse[Int(calls[call].edgeState)] += 1
    }
    for state in 0..<edgeStates.count {
      precondition(
        inUse[state] == edgeStates[state].inUse,
        "at \(now) ns: bulkhead places of \(program.edgeNames[Int(edgeStates[state].edge)]) are not conserved")
    }
  }

  /// Sessions under way are counted, and those that wait for a fill are among its waiters.
  private func checkSessions() {
    var active: Int64 = 0
    var waiting = 0
    for place in 0..<media.sessions.count where media.sessions[place].state != .free {
      active += 1
      if media.sessions[place].flags.contains(.waitsForFill) { waiting += 1 }
      precondition(
        media.sessions[place].fetched >= 0 && media.sessions[place].level >= 0,
        "at \(now) ns: the buffer of a session is below zero")
    }
    precondition(active == media.tallies.active, "at \(now) ns: sessions are not conserved")
    for place in 0..<media.fills.count where media.fills[place].state != .free {
      if plan.nodes[media.fills[place].node].isShield { continue }
      var waiter = media.fills[place].firstWaiter
      while waiter >= 0 {
        waiting -= 1
        precondition(media.sessions[waiter].fill == place, "at \(now) ns: a session waits for another fill")
        waiter = media.sessions[waiter].nextWaiter
      }
    }
    precondition(waiting == 0, "at \(now) ns: those that wait for fills are not conserved")
  }
}
