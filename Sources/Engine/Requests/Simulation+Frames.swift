import Sampling

/// What an attempt begins with, drawn before it is made: a draw depends on its key alone, and takes as long as much of the
/// bookkeeping, beside which it then runs.
struct Opening {
  /// The attempt's key.
  let key: UInt64
  /// The first step's work in nanoseconds; -1 where the first step is another one, or is not always taken.
  let work: Int64
}

/// The server's side: an attempt's frame from the queue to the reply.
extension Simulation {
  @inline(always) mutating func allocateFrame(
    for call: Slot<Call>, _ edge: UnsafePointer<Edge>, _ opening: Opening, replica: Int32
  ) -> Slot<Frame> {
    let frame = frames.take()
    frame.its.key = opening.key
    frame.its.workEnd = opening.work
    frame.its.request = call.its.request
    frame.its.arrived = now
    frame.its.call = call.index
    frame.its.firstChild = -1
    frame.its.programCounter = edge.pointee.start
    frame.its.replica = replica
    frame.its.workload = call.its.workload
    frame.its.state = .travelling
    frame.its.flags = []
    call.its.frame = frame.index
    if isObserved { observe(frame, of: call) }
    return frame
  }

  @inline(always) mutating func freeFrame(_ frame: Slot<Frame>) {
    frame.its.state = .free
    frames.giveBack(frame)
  }

  /// The endpoint that a frame runs.
  @inline(always) func endpoint(of frame: Slot<Frame>) -> Int32 {
    operations.at(frame.its.programCounter).pointee.endpoint
  }

  /// The attempt arrives at its replica: it takes a thread, waits for one, or is refused.
  ///
  /// - Returns: whether it has a thread and is to proceed.
  @inline(always) mutating func reachServer(_ frame: Slot<Frame>, of endpoint: Int32) -> Bool {
    let replica = replicas.at(frame.its.replica)
    frame.its.arrived = now
    note(.arrivals, service: replica.its.service)
    if now >= warmup {
      frame.its.flags.insert(.measured)
      tallies.arrived(firstEndpointTally &+ Int(endpoint))
      if logsRequests { logAttempt(at: endpoint) }
    }
    if replica.its.down > 0 {
      let fault = recordsSignals ? faultKeepingDown(frame.its.replica, of: replica.its.service) : -1
      endFrame(frame, seenAs: .unreachable, Blame(.unreachable, at: replica.its.service, by: fault))
      return false
    }
    if replica.its.busy < replica.its.threads, replica.its.queued == 0 {
      takeThread(frame, of: replica)
      return start(frame, on: replica)
    }
    if replica.its.queued < replica.its.queueLimit {
      enqueue(frame, at: replica)
    } else {
      endFrame(frame, seenAs: .rejected, Blame(.rejected, at: replica.its.service))
    }
    return false
  }

  /// The attempt has come to a replica that is down, or whose queue is full.
  @inline(never) mutating func refuse(_ frame: Slot<Frame>, at replica: Slot<Replica>) {
    if replica.its.down > 0 {
      endFrame(frame, seenAs: .unreachable, Blame(.unreachable, at: replica.its.service))
    } else {
      endFrame(frame, seenAs: .rejected, Blame(.rejected, at: replica.its.service))
    }
  }

  @inline(always) private mutating func takeThread(_ frame: Slot<Frame>, of replica: Slot<Replica>) {
    replica.its.take(at: now)
    frame.its.flags.insert(.holdsThread)
    if recordsSignals, frame.its.call < 0 { noteDeadThread(replica.index, 1) }
  }

  @inline(always) private mutating func releaseThread(_ frame: Slot<Frame>) {
    let replica = replicas.at(frame.its.replica)
    replica.its.release(at: now)
    frame.its.flags.remove(.holdsThread)
    if recordsSignals, frame.its.call < 0 { noteDeadThread(replica.index, -1) }
    if replica.its.queued > 0 { ready.append(ReadyItem(kind: .replica, index: replica.index, generation: 0)) }
  }

  @inline(always) mutating func enqueue(_ frame: Slot<Frame>, at replica: Slot<Replica>) {
    replica.its.join(at: now)
    let last = replica.its.lastQueued
    frame.its.state = .queued
    frame.its.next = -1
    frame.its.previous = last
    if last >= 0 { frames[last].next = frame.index } else { replica.its.firstQueued = frame.index }
    replica.its.lastQueued = frame.index
  }

  @inline(always) mutating func dequeue(_ frame: Slot<Frame>, at replica: Slot<Replica>) {
    replica.its.leave(at: now)
    let next = frame.its.next
    let previous = frame.its.previous
    if previous >= 0 { frames[previous].next = next } else { replica.its.firstQueued = next }
    if next >= 0 { frames[next].previous = previous } else { replica.its.lastQueued = previous }
  }

  /// Hands free threads to those that wait, first come first served.
  @inline(always) mutating func serveQueue(of index: Int32) {
    let replica = replicas.at(index)
    unfinishedLoops += 1
    while replica.its.queued > 0, replica.its.busy < replica.its.threads {
      let frame = frames.at(replica.its.firstQueued)
      dequeue(frame, at: replica)
      takeThread(frame, of: replica)
      if frame.its.flags.contains(.started) {
        proceed(frame)
      } else if start(frame, on: replica) {
        open(frame)
      }
    }
    unfinishedLoops -= 1
  }

  /// What an attempt of a call begins with.
  @inline(always) func opening(_ key: DrawKey, attempt: Int32, _ edge: UnsafePointer<Edge>) -> Opening {
    let own = key.child(UInt64(UInt32(bitPattern: attempt)))
    guard edge.pointee.beginsWithWork else { return Opening(key: own.bits, work: -1) }
    return Opening(key: own.bits, work: duration(operations.at(edge.pointee.start), own))
  }

  @inline(always) private func duration(_ work: UnsafePointer<Operation>, _ key: DrawKey) -> Int64 {
    samplers.at(work.pointee.argument).nanoseconds(key.draw(work.pointee.key &+ Purpose.work))
  }

  /// Lets a frame that has its first thread take its first step.
  @inline(always) mutating func open(_ frame: Slot<Frame>) {
    if frame.its.workEnd >= 0 {
      frame.its.programCounter &+= 1
      startWork(frame, frame.its.workEnd)
    } else {
      proceed(frame)
    }
  }

  /// A frame begins, with a thread.
  ///
  /// - Returns: whether it is to proceed: no hang holds it.
  @inline(always) private mutating func start(_ frame: Slot<Frame>, on replica: Slot<Replica>) -> Bool {
    frame.its.flags.insert(.started)
    if frame.its.flags.contains(.measured) {
      waits.record(now &- frame.its.arrived, of: replica.its.service)
    }
    if callFaults.count > 0 {
      let fault = hangingFault(of: frame)
      if fault >= 0 {
        frame.its.state = .hung
        hold(frame, by: fault)
        return false
      }
      if errsAfterHang(frame) {
        endFrame(frame, seenAs: .error, Blame(.error, at: replica.its.service))
        return false
      }
    }
    return true
  }

  @inline(always) mutating func hold(_ frame: Slot<Frame>, by fault: Int32) {
    frame.its.fault = fault
    frame.its.flags.insert(.held)
    if logsRequests { noteStruck(frame.its.request, by: fault) }
  }

  /// Goes on with a frame whose step has ended: with a thread, or in the queue for one.
  @inline(always) mutating func resume(_ frame: Slot<Frame>) {
    if frame.its.flags.contains(.hasFailed) {
      endFrame(frame, seenAs: .error, frame.its.blame)
      return
    }
    if !frame.its.flags.contains(.holdsThread) {
      let replica = replicas.at(frame.its.replica)
      guard replica.its.busy < replica.its.threads, replica.its.queued == 0 else {
        enqueue(frame, at: replica)
        return
      }
      takeThread(frame, of: replica)
    }
    proceed(frame)
  }

  /// Goes on with a frame's operations until one takes time, with those of a callee that begins at once, and with those of
  /// a caller that has been answered.
  mutating func proceed(_ first: Slot<Frame>) {
    var frame = first
    while true {
      let operation = operations.at(frame.its.programCounter)
      let key = DrawKey(bits: frame.its.key)
      if operation.pointee.threshold != .max,
        key.draw(operation.pointee.key &+ Purpose.taken) >= operation.pointee.threshold
      {
        frame.its.programCounter &+= 1
        continue
      }
      switch operation.pointee.code {
      case .work:
        frame.its.programCounter &+= 1
        startWork(frame, duration(operation, key))
        return
      case .cachedCall:
        if hasAnswer(frame, along: operation.pointee.argument) {
          frame.its.programCounter &+= 1
          continue
        }
        fallthrough
      case .call:
        frame.its.programCounter &+= 1
        wait(frame, isAsync: operation.pointee.isAsync)
        let edge = edges.at(operation.pointee.argument)
        let childKey = key.child(operation.pointee.key)
        let opening = opening(childKey, attempt: 1, edge)
        let call = callChild(
          frame, along: operation.pointee.argument, key: childKey.bits, firstReplica: operation.pointee.firstReplica)
        if operation.pointee.code == .cachedCall { expectAnswer(call, frame) }
        guard let callee = begin(call, edge, opening) else { return }
        if opening.work >= 0 {
          callee.its.programCounter &+= 1
          startWork(callee, opening.work)
          return
        }
        frame = callee
      case .fork:
        frame.its.programCounter &+= 1
        fork(frame, operation.pointee)
        return
      case .reply:
        guard let caller = finish(frame, operation.pointee.endpoint) else { return }
        guard mayGoOn(caller) else {
          makeReady(caller)
          return
        }
        frame = caller
      }
    }
  }

  /// Whether a caller that has been answered goes on without a detour: nothing is to be resumed before it.
  @inline(always) private func mayGoOn(_ caller: Slot<Frame>) -> Bool {
    ready.count == 0 && unfinishedLoops == 0 && caller.its.flags.contains(.holdsThread)
      && !caller.its.flags.contains(.hasFailed)
  }

  @inline(always) private mutating func wait(_ frame: Slot<Frame>, isAsync: Bool) {
    frame.its.state = .waiting
    if isAsync { releaseThread(frame) }
  }

  @inline(never) private mutating func fork(_ frame: Slot<Frame>, _ operation: Operation) {
    let generation = frame.its.generation
    let key = DrawKey(bits: frame.its.key)
    frame.its.needed = operation.needed
    frame.its.spare = operation.count &- operation.needed
    frame.its.flags.insert(.forked)
    wait(frame, isAsync: operation.isAsync)
    unfinishedLoops += 1
    for offset in 0..<Int32(operation.count) {
      let branch = branches[operation.argument &+ offset]
      // A branch that fails at once may have ended the step; the others are made all the same.
      let waits = frame.its.generation == generation && frame.its.state == .waiting
      let call = callChild(
        frame, along: branch.edge, key: key.child(branch.key).bits, firstReplica: operation.firstReplica, waits: waits)
      if waits, edges[branch.edge].cache >= 0 {
        if hasAnswer(frame, along: branch.edge) {
          end(call, .success, .none)
          continue
        }
        expectAnswer(call, frame)
      }
      if let callee = beginApart(call) { open(callee) }
    }
    unfinishedLoops -= 1
  }

  @inline(always) private mutating func callChild(
    _ frame: Slot<Frame>, along edge: Int32, key: UInt64, firstReplica: Int32, waits: Bool = true
  ) -> Slot<Call> {
    let call = allocateCall(
      along: edge, key: key, request: frame.its.request, workload: frame.its.workload,
      parent: waits ? frame.index : Call.orphan, caller: frame.its.replica &- firstReplica)
    if waits {
      call.its.sibling = frame.its.firstChild
      frame.its.firstChild = call.index
    }
    return call
  }

  /// Takes a settled call out of its parent's list.
  /// - Complexity: O(number of calls the parent waits for).
  @inline(always) mutating func unlink(_ call: Slot<Call>, from frame: Slot<Frame>) {
    var child = frame.its.firstChild
    if child == call.index {
      frame.its.firstChild = call.its.sibling
      return
    }
    while child >= 0 {
      let next = calls[child].sibling
      if next == call.index {
        calls[child].sibling = call.its.sibling
        return
      }
      child = next
    }
  }

  /// A frame whose step has ended goes on within this event.
  @inline(always) mutating func makeReady(_ frame: Slot<Frame>) {
    ready.append(ReadyItem(kind: .frame, index: frame.index, generation: frame.its.generation))
  }

  /// One of the calls that a frame waits for has ended.
  ///
  /// - Returns: whether the frame's step has ended with it.
  @inline(always) mutating func childSettled(_ frame: Slot<Frame>, _ ending: Ending, _ blame: Blame) -> Bool {
    switch ending {
    case .failed:
      if !frame.its.flags.contains(.hasFailed) {
        frame.its.flags.insert(.hasFailed)
        frame.its.blame = blame
      }
    case .degraded: frame.its.flags.insert(.degraded)
    case .success: break
    }
    if frame.its.flags.contains(.forked), !forkSettled(frame, ending) { return false }
    if frame.its.firstChild >= 0 { orphanChildren(of: frame, blame, callerHasEnded: false) }
    frame.its.state = .ready
    return true
  }

  /// Counts a branch that has ended: whether the fork's end is decided by it.
  private mutating func forkSettled(_ frame: Slot<Frame>, _ ending: Ending) -> Bool {
    if ending == .failed {
      frame.its.spare &-= 1
      if frame.its.spare >= 0 { return false }
    } else {
      frame.its.needed &-= 1
      if frame.its.needed > 0 { return false }
      frame.its.flags.remove(.hasFailed)
    }
    frame.its.flags.remove(.forked)
    return true
  }

  mutating func orphanChildren(of frame: Slot<Frame>, _ blame: Blame, callerHasEnded: Bool) {
    var child = frame.its.firstChild
    frame.its.firstChild = -1
    while child >= 0 {
      let call = calls.at(child)
      child = call.its.sibling
      orphan(call, blame, callerHasEnded: callerHasEnded)
    }
  }

  /// The endpoint's steps are done: the attempt is counted, its thread is free, its caller is told.
  ///
  /// - Returns: the calling frame, where that is to go on.
  @inline(always) private mutating func finish(_ frame: Slot<Frame>, _ endpoint: Int32) -> Slot<Frame>? {
    let ending: Ending = frame.its.flags.contains(.degraded) ? .degraded : .success
    if frame.its.flags.contains(.measured) {
      tallies.served(firstEndpointTally &+ Int(endpoint), ending, latency: now &- frame.its.arrived)
    }
    if recordsTelemetry { tellSpan(frame, endpoint, hasFailed: false) }
    if recordsSignals { noteServed(frame) }
    releaseThread(frame)
    let caller = frame.its.call
    if caller < 0 {
      freeFrame(frame)
      return nil
    }
    if frame.its.flags.contains(.slowed), delaysReply(frame, ending, seenAs: .error, .none) { return nil }
    freeFrame(frame)
    return answer(calls.at(caller), ending)
  }

  /// The server has failed the attempt: it is counted, its thread is free, its caller is told.
  mutating func endFrame(_ frame: Slot<Frame>, seenAs view: ReasonCode, _ blame: Blame) {
    if frame.its.flags.contains(.measured) {
      tallies.ended(
        firstEndpointTally &+ Int(endpoint(of: frame)), .failed, latency: now &- frame.its.arrived, blame: blame)
      if logsRequests { logFailedAttempt(at: endpoint(of: frame), arrived: frame.its.arrived) }
    }
    if recordsTelemetry { tellSpan(frame, endpoint(of: frame), hasFailed: true) }
    if recordsSignals { noteFailed(frame, blame) }
    if frame.its.flags.contains(.holdsThread) { releaseThread(frame) }
    frame.its.flags.remove(.held)
    let caller = frame.its.call
    if caller < 0 {
      freeFrame(frame)
    } else if !frame.its.flags.contains(.slowed) || !delaysReply(frame, .failed, seenAs: view, blame) {
      freeFrame(frame)
      reply(to: calls.at(caller), .failed, seenAs: view, blame)
    }
  }

  /// The end of a frame that nobody waits for and that is told so, or whose replica has crashed.
  mutating func cancel(_ frame: Slot<Frame>, _ blame: Blame) {
    switch frame.its.state {
    case .queued: dequeue(frame, at: replicas.at(frame.its.replica))
    case .working: stopWork(frame)
    case .waiting: orphanChildren(of: frame, blame, callerHasEnded: true)
    case .free, .travelling, .returning, .ready, .hung: break
    }
    if frame.its.state == .travelling || frame.its.state == .returning {
      // It has not reached the server, or has left it: there is nothing to count.
      freeFrame(frame)
    } else {
      endFrame(frame, seenAs: .unreachable, blame)
    }
  }
}
