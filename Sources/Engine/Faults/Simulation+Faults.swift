/// Faults begin and end; those that act on replicas: slow, pause, crash, capacity.
extension Simulation {
  mutating func beginFault(_ index: Int32) {
    faultActive[index] = true
    faultStates[index].began = now
    faultStates[index].turn &+= 1
    if faults[index].picked >= 0 { pickReplicas(of: index) }
    if faults[index].hasSteps { scheduleStep(of: index) }
    change(index)
    switch faults[index].effect {
    case .partition, .loss: if faults[index].cdn < 0 { concernReplies(index) }
    case .leak: startLeaks(of: index)
    case .unavailable, .hang, .error, .latency, .slow, .crash, .capacityThreads, .capacityReplicas, .surge, .pause,
      .places, .flushCache, .bandwidth, .set:
      break
    }
  }

  mutating func endFault(_ index: Int32) {
    faultActive[index] = false
    faultStates[index].turn &+= 1
    change(index)
    if faults[index].maySilence, faults[index].concernsSessions { endSilence(index) }
    switch faults[index].effect {
    case .hang, .loss: if faults[index].cdn < 0 { willSettle() }
    case .partition:
      willSettle()
      releaseDeliveries(heldBy: index)
    case .leak: stopLeaks(of: index)
    case .unavailable, .error, .latency, .slow, .crash, .capacityThreads, .capacityReplicas, .surge, .pause, .places,
      .flushCache, .bandwidth, .set:
      break
    }
  }

  /// A fault that moves in steps reaches the next one.
  mutating func step(_ index: Int32, turn: UInt32) {
    guard faultActive[index], faultStates[index].turn & EventPayload.generationMask == turn else { return }
    scheduleStep(of: index)
    change(index)
    if faults[index].maySilence, faults[index].magnitude.steppedValue(after: elapsed(of: index)) < 1 {
      endSilence(index)
    }
  }

  private mutating func scheduleStep(of index: Int32) {
    guard let next = faults[index].nextStep(after: elapsed(of: index)) else { return }
    let time = faultStates[index].began &+ next
    if time < horizon {
      calendar.schedule(EventPayload(.faultStep, index, generation: faultStates[index].turn), at: time, .fault)
    }
  }

  /// Nanoseconds since an active fault began.
  @inline(always) mutating func elapsed(of index: Int32) -> Int64 { now &- faultStates[index].began }

  private mutating func change(_ index: Int32) {
    if faults[index].effect == .flushCache {
      if faultActive[index] { flushCaches(index) }
      return
    }
    if faults[index].concernsSessions {
      listSessionFaults()
      networkChanges(by: index)
    }
    if faults[index].actsOnCalls {
      listCallFaults()
      return
    }
    switch faults[index].effect {
    case .surge, .unavailable, .hang, .error, .latency, .loss, .partition, .leak, .flushCache, .bandwidth: return
    case .places:
      takePlaces(of: faults[index].edge)
      return
    case .set:
      applySettings(of: index)
      return
    case .slow, .crash, .capacityThreads, .capacityReplicas, .pause: break
    }
    if logsRequests { noteInside(index) }
    for replica in 0..<Int32(replicas.count) where members[faults[index].firstMember &+ replica] != 0 {
      applyFaults(to: replica)
    }
    for service in 0..<Int32(services.count) { listEligibleReplicas(of: service) }
  }

  private mutating func listCallFaults() {
    callFaults.removeAll()
    partitions.removeAll()
    losses.removeAll()
    for index in 0..<Int32(faults.count) where faultActive[index] && faults[index].actsOnCalls {
      switch faults[index].effect {
      case .partition: partitions.append(index)
      case .loss: losses.append(index)
      case .unavailable, .hang, .error, .latency, .slow, .crash, .capacityThreads, .capacityReplicas, .surge, .pause,
        .leak, .places, .flushCache, .bandwidth, .set:
        break
      }
      callFaults.append(index)
    }
  }

  /// Brings a replica into the state that all active faults together give it.
  mutating func applyFaults(to replica: Int32) {
    let threads = initialReplicas[replica].threads
    var speed = 1.0
    var down: Int32 = 0
    var drained: Int32 = 0
    var taken = 0.0
    for index in 0..<Int32(faults.count)
    where faultActive[index] && members[faults[index].firstMember &+ replica] != 0 {
      switch faults[index].effect {
      case .slow: speed *= faults[index].magnitude.steppedValue(after: elapsed(of: index))
      case .pause: speed = 0
      case .crash: down &+= 1
      case .capacityThreads:
        let amount = faults[index].magnitude.steppedValue(after: elapsed(of: index))
        taken += faults[index].takenIsCount ? amount : amount * Double(threads)
      case .capacityReplicas:
        let amount = faults[index].magnitude.steppedValue(after: elapsed(of: index))
        let (rank, count) = rank(of: replica, amongMembersOf: index)
        let gone = faults[index].takenIsCount ? amount : amount * Double(count)
        let isThere = members[faults[index].firstMember &+ replica] != FaultInstance.replacedMember
        if isThere, Double(rank) < gone.rounded() { drained &+= 1 }
      case .unavailable, .hang, .error, .latency, .surge, .loss, .partition, .leak, .places, .flushCache, .bandwidth,
        .set:
        break
      }
    }
    let leaked = leaked(from: replica)
    taken += leaked.threads
    down &+= leaked.restarts
    let wasDown = replicas[replica].down > 0
    replicas[replica].change(
      threads: max(0, threads &- Int32(min(Double(threads), taken.rounded()))), down: down, at: now)
    replicas[replica].drained = drained
    if down > 0, !wasDown {
      crashed.append(replica)
      willSettle()
    }
    changeSpeed(of: replica, to: speed)
    if replicas[replica].queued > 0, down == 0 {
      ready.append(ReadyItem(kind: .replica, index: replica, generation: 0))
    }
  }

  /// How many of the replicas of its service that a fault strikes come before one, and how many there are.
  private func rank(of replica: Int32, amongMembersOf index: Int32) -> (rank: Int32, count: Int32) {
    let service = services[replicas[replica].service]
    var rank: Int32 = 0
    var count: Int32 = 0
    for other in service.firstReplica..<service.firstReplica &+ service.replicaCount
    where members[faults[index].firstMember &+ other] != 0 {
      if other < replica { rank &+= 1 }
      count &+= 1
    }
    return (rank, count)
  }

  /// The frames that a fault's edge concerns, in the order in which they reached their server, then of their keys: not of
  /// their slots, which depend on what else is in the system.
  ///
  /// - Complexity: O(frames), and O(m log m) for the m that are found.
  func framesInOrder(where isConcerned: (Frame) -> Bool) -> [Slot<Frame>] {
    var found: [Slot<Frame>] = []
    for index in 0..<frames.count where frames[index].state != .free && isConcerned(frames[index]) {
      found.append(frames.at(index))
    }
    return found.sorted { ($0.its.arrived, $0.its.key, $0.index) < ($1.its.arrived, $1.its.key, $1.index) }
  }
}
