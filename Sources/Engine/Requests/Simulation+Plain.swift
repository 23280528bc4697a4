import Sampling

/// The short way of plain calls: while no fault acts on calls and nothing is told of them, an attempt that begins with work
/// at a service with one eligible replica is made, served and answered in one piece each.
///
/// The records and the order of everything are those of the long way, which takes over at any point: whatever is not plain
/// is left to `issue`, `proceed` and `endFrame`. What is spared are the questions that have one answer here.
extension Simulation {
  /// The work of a frame is done.
  @inline(always) mutating func finishWork(_ frame: Slot<Frame>) {
    if !takesLongWay, frame.its.flags.isPlain {
      let operation = operations.at(frame.its.programCounter)
      switch operation.pointee.code {
      case .reply:
        replyPlainly(frame, operation.pointee.endpoint)
        return
      case .call:
        if operation.pointee.isPlain, callFaults.count == 0 {
          callPlainly(frame, operation)
          return
        }
      case .work, .cachedCall, .fork: break
      }
    }
    resume(frame)
  }

  // MARK: The call

  @inline(never) private mutating func callPlainly(_ frame: Slot<Frame>, _ operation: UnsafePointer<Operation>) {
    let edge = operation.pointee.argument
    let plain = plainCalls.at(edge)
    let key = DrawKey(bits: frame.its.key).child(operation.pointee.key)
    frame.its.programCounter &+= 1
    frame.its.state = .waiting
    let call = calls.take()
    call.its.key = key.bits
    call.its.request = frame.its.request
    call.its.parent = frame.index
    call.its.sibling = frame.its.firstChild
    call.its.edge = edge
    call.its.edgeState = plain.pointee.firstState &+ frame.its.replica &- operation.pointee.firstReplica
    call.its.workload = frame.its.workload
    call.its.began = now
    frame.its.firstChild = call.index
    startPlainly(call, along: edge, plain, key)
  }

  /// Makes the first attempt of a call: of its record the key, the request, who waits, the edge, the workload and the time
  /// are set.
  @inline(always) mutating func startPlainly(
    _ call: Slot<Call>, along edge: Int32, _ plain: UnsafePointer<PlainCall>, _ key: DrawKey
  ) {
    let own = key.child(1)
    let work = samplers.at(plain.pointee.sampler).nanoseconds(own.draw(plain.pointee.purpose))
    call.its.attempt = 1
    call.its.attemptBegan = now
    call.its.state = .outstanding
    call.its.flags = Call.Flags(rawValue: 0)
    if plain.pointee.hasTimeout {
      call.its.dueOrder = calendar.nextOrder(.timer)
      lanes.append(call, to: edge, calls, &calendar)
    }
    guard eligibleCount[plain.pointee.service] == 1 else {
      call.its.frame = -1
      issueApart(call, Opening(key: own.bits, work: work))
      return
    }
    let replica = replicas.at(eligible[plain.pointee.firstReplica])
    let frame = frames.take()
    call.its.frame = frame.index
    frame.its.key = own.bits
    frame.its.workEnd = work
    frame.its.request = call.its.request
    frame.its.arrived = now
    frame.its.call = call.index
    frame.its.firstChild = -1
    frame.its.programCounter = plain.pointee.second &- 1
    frame.its.replica = replica.index
    frame.its.workload = call.its.workload
    var flags = Frame.Flags(rawValue: 0)
    if now >= warmup {
      flags = .measured
      tallies.arrived(firstEndpointTally &+ Int(plain.pointee.endpoint))
    }
    if replica.its.down == 0 {
      if replica.its.busy < replica.its.threads, replica.its.queued == 0 {
        replica.its.take(at: now)
        frame.its.flags = flags.union(.served)
        if flags.contains(.measured) { waits.record(0, of: plain.pointee.service) }
        frame.its.programCounter = plain.pointee.second
        startWork(frame, work, on: replica)
        return
      }
      if replica.its.queued < replica.its.queueLimit {
        frame.its.flags = flags
        enqueue(frame, at: replica)
        return
      }
    }
    frame.its.state = .travelling
    frame.its.flags = flags
    refuse(frame, at: replica)
  }

  @inline(never) private mutating func issueApart(_ call: Slot<Call>, _ opening: Opening) {
    if let frame = issue(call, edges.at(call.its.edge), opening) { open(frame) }
  }

  // MARK: The reply

  /// A frame's endpoint is done: it replies, and so does whoever has waited for it and has nothing else to do.
  @inline(never) private mutating func replyPlainly(_ first: Slot<Frame>, _ firstEndpoint: Int32) {
    var frame = first
    var endpoint = firstEndpoint
    while true {
      let number = frame.its.call
      guard number >= 0 else { break }
      let call = calls.at(number)
      let parent = call.its.parent
      guard parent >= Call.root, call.its.flags.union(.timerArmed) == .timerArmed else { break }
      if parent >= 0 {
        let caller = frames.at(parent)
        guard caller.its.firstChild == number, call.its.sibling < 0, !caller.its.flags.contains(.forked) else { break }
      }
      if frame.its.flags.contains(.measured) {
        tallies.served(firstEndpointTally &+ Int(endpoint), .success, latency: now &- frame.its.arrived)
      }
      let replica = replicas.at(frame.its.replica)
      freeFrame(frame)
      if call.its.flags.contains(.timerArmed) { lanes.remove(call, from: call.its.edge, calls) }
      if parent < 0 {
        endRequest(call, .success, .none)
        freeCall(call)
        passThreadOn(of: replica)
        return
      }
      freeCall(call)
      frame = frames.at(parent)
      frame.its.firstChild = -1
      frame.its.state = .ready
      passThreadOn(of: replica)
      guard ready.count == 0, frame.its.flags.contains(.holdsThread), !frame.its.flags.contains(.hasFailed) else {
        makeReady(frame)
        return
      }
      let operation = operations.at(frame.its.programCounter)
      guard operation.pointee.code == .reply, frame.its.flags.isPlain else { break }
      endpoint = operation.pointee.endpoint
    }
    proceed(frame)
  }

  /// A thread is free: whoever waits for it has it at once, where that is an attempt that begins with work.
  ///
  /// Nothing else may be ready to be resumed.
  @inline(always) private mutating func passThreadOn(of replica: Slot<Replica>) {
    if replica.its.queued == 0 {
      replica.its.release(at: now)
      return
    }
    let next = frames.at(replica.its.firstQueued)
    guard replica.its.busy <= replica.its.threads, !next.its.flags.contains(.started), next.its.workEnd >= 0,
      callFaults.count == 0
    else {
      replica.its.release(at: now)
      ready.append(ReadyItem(kind: .replica, index: replica.index, generation: 0))
      return
    }
    // To give a thread back and take it at the same instant changes no integral.
    dequeue(next, at: replica)
    next.its.flags = next.its.flags.union(.served)
    if next.its.flags.contains(.measured) { waits.record(now &- next.its.arrived, of: replica.its.service) }
    next.its.programCounter &+= 1
    startWork(next, next.its.workEnd, on: replica)
    if replica.its.queued > 0, replica.its.busy < replica.its.threads {
      ready.append(ReadyItem(kind: .replica, index: replica.index, generation: 0))
    }
  }
}

extension Frame.Flags {
  /// It has had a thread and holds it.
  @inline(always) static var served: Frame.Flags { Frame.Flags(rawValue: holdsThread.rawValue | started.rawValue) }

  /// Whether it has a thread, and nothing holds back its reply.
  @inline(always) var isPlain: Bool { union(.measured) == Self.served.union(.measured) }
}
