/// What must hold after every event, whatever happens.
extension Simulation {
  /// Stops the program, with time and entity, where conservation is violated.
  /// - Complexity: O(calls + frames + replicas).
  func checkInvariants() {
    checkRequests()
    checkEndpoints()
    checkReplicas()
    checkPlaces()
  }

  private func checkRequests() {
    var underWay = [Int64](repeating: 0, count: firstEndpointTally)
    for call in 0..<calls.count where calls[call].state != .free && calls[call].parent == Call.root {
      for window in 0..<windowCount where calls[call].windows & 1 << UInt64(window) != 0 {
        underWay[Int(calls[call].workload) * windowCount + window] += 1
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
      case .free, .travelling: break
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
        queued[replica] == 0 || busy[replica] >= replicas[replica].threads,
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
}
