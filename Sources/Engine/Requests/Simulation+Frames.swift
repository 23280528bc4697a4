import Sampling

/// The server's side: an attempt's frame from the queue to the reply.
extension Simulation {
  @inline(__always) mutating func allocateFrame(for call: Int32, replica: Int32) -> Int32 {
    let index: Int32
    var generation: UInt32 = 0
    if freeFrame >= 0 {
      index = freeFrame
      freeFrame = frames[index].next
      generation = frames[index].generation
    } else {
      index = Int32(frames.count)
      precondition(index < Int32.max, "more attempts under way than the engine can number")
    }
    let endpoint = edges[calls[call].edge].endpoint
    let key = DrawKey(bits: calls[call].key).child(UInt64(calls[call].attempt))
    let frame = Frame(
      key: key.bits, request: calls[call].request, arrived: now, workEnd: 0, call: call, next: -1,
      previous: -1, firstChild: -1, programCounter: endpointStart[endpoint], replica: replica,
      endpoint: endpoint, fault: -1, generation: generation, blame: .none, needed: 0, spare: 0,
      workload: calls[call].workload, state: .travelling, degraded: false, holdsThread: false,
      measured: false, slowdown: 1, view: .error, workFraction: 0)
    if index == Int32(frames.count) { frames.append(frame) } else { frames[index] = frame }
    calls[call].frame = index
    return index
  }

  @inline(__always) mutating func freeFrame(_ frame: Int32) {
    frames[frame].generation &+= 1
    frames[frame].state = .free
    frames[frame].next = freeFrame
    freeFrame = frame
  }

  /// The attempt arrives at its replica: it takes a thread, waits for one, or is refused.
  @inline(__always) mutating func reachServer(_ frame: Int32) {
    let replica = frames[frame].replica
    frames[frame].arrived = now
    frames[frame].measured = now >= warmup
    if frames[frame].measured {
      tallies.arrived(firstEndpointTally &+ Int(frames[frame].endpoint))
    }
    if replicas[replica].down > 0 {
      endFrame(
        frame, .failed, seenAs: .unreachable,
        Blame(.unreachable, at: replicas[replica].service))
    } else if replicas[replica].busy < replicas[replica].threads, replicas[replica].queued == 0 {
      takeThread(frame)
      start(frame)
    } else if replicas[replica].queued < replicas[replica].queueLimit {
      enqueue(frame)
    } else {
      endFrame(
        frame, .failed, seenAs: .rejected, Blame(.rejected, at: replicas[replica].service))
    }
  }

  @inline(__always) private mutating func takeThread(_ frame: Int32) {
    let replica = frames[frame].replica
    replicas[replica].integrate(to: now)
    replicas[replica].busy &+= 1
    frames[frame].holdsThread = true
  }

  @inline(__always) mutating func releaseThread(_ frame: Int32) {
    let replica = frames[frame].replica
    replicas[replica].integrate(to: now)
    replicas[replica].busy &-= 1
    frames[frame].holdsThread = false
    if replicas[replica].queued > 0 { ready.append(ReadyItem(kind: .replica, index: replica, generation: 0)) }
  }

  private mutating func enqueue(_ frame: Int32) {
    let replica = frames[frame].replica
    replicas[replica].integrate(to: now)
    let last = replicas[replica].lastQueued
    frames[frame].state = .queued
    frames[frame].next = -1
    frames[frame].previous = last
    if last >= 0 { frames[last].next = frame } else { replicas[replica].firstQueued = frame }
    replicas[replica].lastQueued = frame
    replicas[replica].queued &+= 1
    if replicas[replica].queued > replicas[replica].longestQueue {
      replicas[replica].longestQueue = replicas[replica].queued
    }
  }

  private mutating func dequeue(_ frame: Int32) {
    let replica = frames[frame].replica
    replicas[replica].integrate(to: now)
    let next = frames[frame].next
    let previous = frames[frame].previous
    if previous >= 0 { frames[previous].next = next } else { replicas[replica].firstQueued = next }
    if next >= 0 { frames[next].previous = previous } else { replicas[replica].lastQueued = previous }
    replicas[replica].queued &-= 1
  }

  /// Hands free threads to those that wait, first come first served.
  mutating func serveQueue(of replica: Int32) {
    while replicas[replica].queued > 0, replicas[replica].busy < replicas[replica].threads {
      let frame = replicas[replica].firstQueued
      dequeue(frame)
      takeThread(frame)
      if frames[frame].programCounter == endpointStart[frames[frame].endpoint] {
        start(frame)
      } else {
        proceed(frame)
      }
    }
  }

  /// A frame begins, with a thread.
  @inline(__always) private mutating func start(_ frame: Int32) {
    if frames[frame].measured {
      waits.record(now &- frames[frame].arrived, at: replicas[frames[frame].replica].service)
    }
    if callFaults.count > 0 {
      let fault = hangingFault(of: frame)
      if fault >= 0 {
        frames[frame].state = .hung
        frames[frame].fault = fault
        return
      }
    }
    proceed(frame)
  }

  /// Goes on with a frame's operations until one takes time.
  mutating func proceed(_ frame: Int32) {
    if let reason = frames[frame].blame.reason {
      endFrame(frame, .failed, seenAs: .error, Blame(reason, at: frames[frame].blame.component))
      return
    }
    if !frames[frame].holdsThread {
      let replica = frames[frame].replica
      if replicas[replica].busy < replicas[replica].threads, replicas[replica].queued == 0 {
        takeThread(frame)
      } else {
        enqueue(frame)
        return
      }
    }
    while true {
      let counter = frames[frame].programCounter
      frames[frame].programCounter = counter &+ 1
      let key = DrawKey(bits: frames[frame].key)
      if operations[counter].threshold != .max,
        key.draw(operations[counter].key &+ Purpose.taken) >= operations[counter].threshold
      {
        continue
      }
      switch operations[counter].code {
      case .work:
        let sampler = samplers[operations[counter].argument]
        startWork(frame, sampler.nanoseconds(key.draw(operations[counter].key &+ Purpose.work)))
        return
      case .call:
        wait(frame, for: 1, of: 1)
        callChild(
          frame, along: operations[counter].argument, key: key.child(operations[counter].key).bits)
        return
      case .fork:
        fork(frame, counter)
        return
      case .reply:
        endFrame(
          frame, frames[frame].degraded ? .degraded : .success, seenAs: .error, .none)
        return
      }
    }
  }

  @inline(__always) private mutating func wait(_ frame: Int32, for needed: Int16, of count: Int16) {
    frames[frame].state = .waiting
    frames[frame].needed = needed
    frames[frame].spare = count &- needed
    if services[replicas[frames[frame].replica].service].isAsync { releaseThread(frame) }
  }

  private mutating func fork(_ frame: Int32, _ counter: Int32) {
    let operation = operations[counter]
    let generation = frames[frame].generation
    let key = DrawKey(bits: frames[frame].key)
    wait(frame, for: operation.needed, of: operation.count)
    for offset in 0..<Int32(operation.count) {
      let branch = branches[operation.argument &+ offset]
      // A branch that fails at once may have ended the step; the others are made all the same.
      let waits = frames[frame].generation == generation && frames[frame].state == .waiting
      callChild(frame, along: branch.edge, key: key.child(branch.key).bits, waits: waits)
    }
  }

  @inline(__always) private mutating func callChild(
    _ frame: Int32, along edge: Int32, key: UInt64, waits: Bool = true
  ) {
    let replica = frames[frame].replica
    let caller = replica &- services[replicas[replica].service].firstReplica
    let call = allocateCall(
      along: edge, key: key, request: frames[frame].request, workload: frames[frame].workload,
      parent: waits ? frame : Call.orphan, caller: caller)
    if waits {
      calls[call].sibling = frames[frame].firstChild
      frames[frame].firstChild = call
    }
    startCall(call)
  }

  /// Takes a settled call out of its parent's list.
  /// - Complexity: O(number of calls the parent waits for).
  @inline(__always) mutating func unlink(_ call: Int32, from frame: Int32) {
    var child = frames[frame].firstChild
    if child == call {
      frames[frame].firstChild = calls[call].sibling
      return
    }
    while child >= 0 {
      let next = calls[child].sibling
      if next == call {
        calls[child].sibling = calls[call].sibling
        return
      }
      child = next
    }
  }

  /// One of the calls that a frame waits for has ended.
  @inline(__always) mutating func childSettled(_ frame: Int32, _ ending: Ending, _ blame: Blame) {
    switch ending {
    case .failed:
      if frames[frame].blame.reason == nil { frames[frame].blame = blame }
      frames[frame].spare &-= 1
      if frames[frame].spare >= 0 { return }
    case .degraded, .success:
      if ending == .degraded { frames[frame].degraded = true }
      frames[frame].needed &-= 1
      if frames[frame].needed > 0 { return }
      frames[frame].blame = .none
    }
    if frames[frame].firstChild >= 0 { orphanChildren(of: frame, blame, callerHasEnded: false) }
    frames[frame].state = .ready
    ready.append(ReadyItem(kind: .frame, index: frame, generation: frames[frame].generation))
  }

  mutating func orphanChildren(of frame: Int32, _ blame: Blame, callerHasEnded: Bool) {
    var child = frames[frame].firstChild
    frames[frame].firstChild = -1
    while child >= 0 {
      let next = calls[child].sibling
      orphan(child, blame, callerHasEnded: callerHasEnded)
      child = next
    }
  }

  /// The server is done with the attempt: it is counted, its thread is free, its caller is told.
  @inline(__always) mutating func endFrame(
    _ frame: Int32, _ ending: Ending, seenAs view: ReasonCode, _ blame: Blame
  ) {
    if frames[frame].measured {
      tallies.ended(
        firstEndpointTally &+ Int(frames[frame].endpoint), ending,
        latency: now &- frames[frame].arrived, blame: blame)
    }
    if frames[frame].holdsThread { releaseThread(frame) }
    let call = frames[frame].call
    if call < 0 {
      freeFrame(frame)
      return
    }
    if frames[frame].slowdown > 1 {
      delayReply(frame, ending, seenAs: view, blame)
      return
    }
    freeFrame(frame)
    reply(to: call, ending, seenAs: view, blame)
  }

  /// The end of a frame that nobody waits for and that is told so, or whose replica has crashed.
  mutating func cancel(_ frame: Int32, _ blame: Blame) {
    switch frames[frame].state {
    case .queued: dequeue(frame)
    case .working: stopWork(frame)
    case .waiting: orphanChildren(of: frame, blame, callerHasEnded: true)
    case .free, .travelling, .ready, .hung: break
    }
    if frames[frame].state == .travelling {
      // It has not reached the server, or has left it: there is nothing to count.
      freeFrame(frame)
    } else {
      endFrame(frame, .failed, seenAs: .unreachable, blame)
    }
  }
}
