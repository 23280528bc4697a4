/// Which requests a `set` strikes: those that meet what it sets, whether that made a difference or not. One hook is the
/// log's; see `noteStruck`.
extension Simulation {
  /// Whether a fault sets something of the replica, the service, the endpoint or the call of an attempt.
  mutating func sets(_ fault: Int32, somethingOf frame: Slot<Frame>) -> Bool {
    let service = replicas[frame.its.replica].service
    let edge = frame.its.call >= 0 ? calls[frame.its.call].edge : -1
    let first = faults[fault].firstChange
    for number in first..<first &+ faults[fault].changeCount {
      let change = program.changes[number]
      let isMet =
        switch change.field {
        case .threads, .queue, .cores: frame.its.replica == change.subject
        case .replicas, .balancing, .cancellation: service == change.subject
        case .scaler: service == program.scalers[change.subject].service
        case .work, .probability: program.operations[change.subject].endpoint == endpoint(of: frame)
        case .timeout, .deadline, .retry, .breaker, .bulkhead, .fallback: edge == change.subject
        case .arrivals: false
        }
      if isMet { return true }
    }
    return false
  }

  /// Notes what meets the values that a fault sets, when that begins, moves or ends.
  @inline(never) mutating func noteInside(settingsOf fault: Int32) {
    for index in 0..<frames.count where frames[index].state != .free && frames[index].state != .travelling {
      let frame = frames.at(index)
      if sets(fault, somethingOf: frame) { noteStruck(frame.its.request, by: fault) }
    }
    for index in 0..<calls.count where calls[index].state != .free && setsCall(fault, along: calls[index].edge) {
      noteStruck(calls[index].request, by: fault)
    }
  }

  private func setsCall(_ fault: Int32, along edge: Int32) -> Bool {
    let first = faults[fault].firstChange
    return (first..<first &+ faults[fault].changeCount).contains {
      program.changes[$0].field.isOfCalls && program.changes[$0].subject == edge
    }
  }

  /// Notes a call that has failed for good, perhaps before it was sent, while something of it is set.
  @inline(never) mutating func noteFailedWhileSet(_ call: Slot<Call>) {
    for fault in program.settingFaults where faultActive[fault] && setsCall(fault, along: call.its.edge) {
      noteStruck(call.its.request, by: fault)
    }
  }

  /// Notes a request that arrives while the arrivals of its workload are set.
  @inline(never) mutating func noteArrivalWhileSet(_ request: UInt64, along stream: Int32) {
    for fault in program.settingFaults where faultActive[fault] {
      let first = faults[fault].firstChange
      for number in first..<first &+ faults[fault].changeCount
      where program.changes[number].field == .arrivals && program.changes[number].subject == streams[stream].workload {
        noteStruck(request, by: fault)
      }
    }
  }
}

extension SettingChange.Field {
  /// Whether it is of an edge.
  var isOfCalls: Bool {
    switch self {
    case .timeout, .deadline, .retry, .breaker, .bulkhead, .fallback: true
    case .threads, .queue, .cores, .replicas, .balancing, .cancellation, .scaler, .work, .probability, .arrivals: false
    }
  }
}

extension Program {
  /// The services of which a fault sets something, and the edges.
  func components(setBy fault: FaultInstance) -> [ComponentSignals.Component] {
    var found: [ComponentSignals.Component] = []
    for number in fault.firstChange..<fault.firstChange + fault.changeCount {
      let subject = Int(changes[number].subject)
      let component: ComponentSignals.Component
      switch changes[number].field {
      case .threads, .queue, .cores: component = .service(Int(initialReplicas[subject].service))
      case .replicas, .balancing, .cancellation: component = .service(subject)
      case .scaler: component = .service(Int(scalers[subject].service))
      case .work, .probability: component = .service(Int(endpointService[Int(operations[subject].endpoint)]))
      case .timeout, .deadline, .retry, .breaker, .bulkhead, .fallback: component = .edge(subject)
      case .arrivals: continue
      }
      if !found.contains(component) { found.append(component) }
    }
    return found
  }

  /// The endpoints, by number, whose attempts meet what a fault sets.
  func endpoints(setBy fault: FaultInstance) -> Set<Int> {
    var found: Set<Int> = []
    for number in fault.firstChange..<fault.firstChange + fault.changeCount
    where changes[number].field == .work || changes[number].field == .probability {
      found.insert(Int(operations[changes[number].subject].endpoint))
    }
    for component in components(setBy: fault) {
      switch component {
      case .edge(let edge): found.insert(Int(edges[edge].endpoint))
      case .service(let service):
        // A step that is set is of one endpoint alone.
        let isWhole = (fault.firstChange..<fault.firstChange + fault.changeCount).contains {
          changes[$0].field != .work && changes[$0].field != .probability
        }
        if isWhole { found.formUnion(endpoints.indices.filter { endpointService[$0] == Int32(service) }) }
      case .cdn: break
      }
    }
    return found
  }
}
