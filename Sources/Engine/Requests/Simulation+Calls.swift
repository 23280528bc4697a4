import Sampling

/// The caller's side: a call's attempts from the first to the last, and what it comes to.
extension Simulation {
  /// A record for a call along an edge, which has not been made yet.
  ///
  /// - Parameters:
  ///   - parent: the frame that waits, `Call.root` or `Call.orphan`.
  ///   - caller: the number of the calling replica within its service; 0 for a workload.
  @inline(always) mutating func allocateCall(
    along edge: Int32, key: UInt64, request: UInt64, workload: Int16, parent: Int32, caller: Int32
  ) -> Slot<Call> {
    let call = calls.take()
    call.its.key = key
    call.its.request = request
    call.its.parent = parent
    call.its.frame = -1
    call.its.sibling = -1
    call.its.edge = edge
    call.its.edgeState = edges.at(edge).pointee.firstState &+ caller
    call.its.attempt = 0
    call.its.workload = workload
    call.its.state = .outstanding
    call.its.flags = []
    call.its.began = now
    return call
  }

  @inline(always) mutating func freeCall(_ call: Slot<Call>) {
    call.its.state = .free
    calls.giveBack(call)
  }

  /// Makes a call, and lets its callee go on where that begins at once.
  @inline(always) mutating func startCall(_ call: Slot<Call>) {
    let edge = edges.at(call.its.edge)
    let opening = opening(DrawKey(bits: call.its.key), attempt: 1, edge)
    if let frame = begin(call, edge, opening) { open(frame) }
  }

  /// `begin`, apart: where calls nest in forks, the stack then holds little for each level.
  @inline(never) mutating func beginApart(_ call: Slot<Call>) -> Slot<Frame>? {
    let edge = edges.at(call.its.edge)
    return begin(call, edge, opening(DrawKey(bits: call.its.key), attempt: 1, edge))
  }

  /// Makes the next attempt, and lets its callee go on where that begins at once.
  mutating func tryAgain(_ call: Slot<Call>) {
    let edge = edges.at(call.its.edge)
    let opening = opening(DrawKey(bits: call.its.key), attempt: call.its.attempt &+ 1, edge)
    if let frame = attempt(call, edge, opening) { open(frame) }
  }

  /// Makes a call.
  ///
  /// - Returns: the callee's frame where it has a thread and is to proceed.
  @inline(always) mutating func begin(
    _ call: Slot<Call>, _ edge: UnsafePointer<Edge>, _ opening: Opening
  ) -> Slot<Frame>? {
    if edge.pointee.deadline != Edge.noLimit {
      calendar.schedule(
        EventPayload(.deadline, call.index, generation: call.its.generation),
        at: instant(after: edge.pointee.deadline), .timer)
    }
    return attempt(call, edge, opening)
  }

  /// Issues the next attempt, as far as the breaker and the bulkhead let it.
  @inline(always) private mutating func attempt(
    _ call: Slot<Call>, _ edge: UnsafePointer<Edge>, _ opening: Opening
  ) -> Slot<Frame>? {
    call.its.attempt &+= 1
    call.its.attemptBegan = now
    if recordsSignals { noteAttempt(call) }
    if edge.pointee.breaker >= 0 {
      if !breakers.permits(edgeStates[call.its.edgeState].breaker, at: now) {
        failAttempt(call, seenAs: .breakerOpen, Blame(.breakerOpen, at: edge.pointee.component))
        return nil
      }
      call.its.flags.insert(.permitted)
    }
    if edge.pointee.timeout != Edge.noLimit {
      call.its.dueOrder = calendar.nextOrder(.timer)
      lanes.append(call, to: call.its.edge, calls, &calendar)
    }
    if edge.pointee.places > 0, !takePlace(call) { return nil }
    return issue(call, edge, opening)
  }

  /// Sends the attempt to a replica of the callee, through whatever faults lie on the way.
  @inline(always) mutating func issue(
    _ call: Slot<Call>, _ edge: UnsafePointer<Edge>, _ opening: Opening
  ) -> Slot<Frame>? {
    call.its.state = .outstanding
    let replica = chooseReplica(for: call, edge)
    if replica < 0 {
      if logsRequests { noteRefused(call) }
      let fault = recordsSignals ? faultKeepingDown(-1, of: edge.pointee.service) : -1
      failAttempt(call, seenAs: .unreachable, Blame(.unreachable, at: edge.pointee.service, by: fault))
      return nil
    }
    if callFaults.count > 0, strike(call, opening, replica: replica) { return nil }
    let frame = allocateFrame(for: call, edge, opening, replica: replica)
    return reachServer(frame, of: edge.pointee.endpoint) ? frame : nil
  }

  /// The callee has served the attempt.
  ///
  /// - Returns: the frame that has waited for it, where that is to go on.
  @inline(always) mutating func answer(_ call: Slot<Call>, _ ending: Ending) -> Slot<Frame>? {
    call.its.frame = -1
    if recordsSignals { noteAnswer(call) }
    concludeAttempt(call, failed: false)
    return settle(call, ending, .none)
  }

  /// The callee, or what stands before it, has answered the attempt.
  mutating func reply(to call: Slot<Call>, _ ending: Ending, seenAs view: ReasonCode, _ blame: Blame) {
    switch ending {
    case .success, .degraded: if let frame = answer(call, ending) { makeReady(frame) }
    case .failed:
      call.its.frame = -1
      failAttempt(call, seenAs: view, blame)
    }
  }

  /// Frees what the attempt held and tells the breaker.
  @inline(always) mutating func concludeAttempt(_ call: Slot<Call>, failed: Bool) {
    let held = call.its.flags
    if held.isDisjoint(with: [.timerArmed, .holdsPlace, .isCounted, .permitted]) { return }
    if held.contains(.timerArmed) { lanes.remove(call, from: call.its.edge, calls) }
    if held.contains(.holdsPlace) { givePlaceBack(call) }
    if held.contains(.isCounted) { leaveReplica(call) }
    if held.contains(.permitted) {
      call.its.flags.remove(.permitted)
      breakers.record(
        edgeStates[call.its.edgeState].breaker, took: now &- call.its.attemptBegan, failed: failed,
        at: now)
    }
  }

  /// The attempt has failed: another one, the fallback, or the failure of the call.
  mutating func failAttempt(_ call: Slot<Call>, seenAs view: ReasonCode, _ blame: Blame) {
    if recordsSignals { noteFailedAttempt(call, seenAs: view) }
    concludeAttempt(call, failed: true)
    let edge = edges.at(call.its.edge)
    if call.its.attempt < edge.pointee.attempts, edge.pointee.retryOn & (1 << view.rawValue) != 0 {
      call.its.state = .backingOff
      let pause = pauseBeforeRetry(of: call)
      calendar.schedule(
        EventPayload(.backoff, call.index, generation: call.its.generation),
        at: instant(after: pause), .timer)
    } else {
      fail(call, blame)
    }
  }

  /// No attempt is left: the fallback stands in, if there is one.
  mutating func fail(_ call: Slot<Call>, _ blame: Blame) {
    note(.failures, edge: call.its.edge)
    if logsRequests { noteFailedWhileSet(call) }
    if edges[call.its.edge].fallbackSampler >= 0 {
      startFallback(of: call, blame)
    } else {
      end(call, .failed, blame)
    }
  }

  /// `settle`, where that need not be fast.
  mutating func end(_ call: Slot<Call>, _ ending: Ending, _ blame: Blame) {
    if let frame = settle(call, ending, blame) { makeReady(frame) }
  }

  /// A timeout lane's head is due.
  mutating func fireLane(_ lane: Int32, order: UInt64) {
    guard let call = lanes.fire(lane, order: order, calls, &calendar) else { return }
    let blame = Blame(.timeout, at: edges[lane].component, by: recordsSignals ? faultHolding(call) : -1)
    abandonAttempt(call, blame)
    failAttempt(call, seenAs: .timeout, blame)
  }

  /// The whole call has taken too long, whatever it is doing.
  mutating func passDeadline(_ call: Slot<Call>) {
    // The calendar's generation has 24 bits: in a slot that has been used so often again it may belong to another call.
    guard now &- call.its.began == deadline(of: call.its.edge, at: call.its.began) else { return }
    switch call.its.state {
    case .free, .fallingBack: return
    case .queued, .outstanding, .backingOff: break
    }
    let blame = Blame(.timeout, at: edges[call.its.edge].component, by: recordsSignals ? faultHolding(call) : -1)
    note(.timeouts, edge: call.its.edge)
    if call.its.state == .backingOff {
      // The pause before the next attempt is over for good: what the calendar holds for it is stale.
      call.its.generation &+= 1
    } else {
      abandonAttempt(call, blame)
      concludeAttempt(call, failed: true)
    }
    fail(call, blame)
  }

  /// Leaves the attempt to itself: the caller no longer waits for its answer.
  mutating func abandonAttempt(_ call: Slot<Call>, _ blame: Blame) {
    if call.its.state == .queued { leavePlaceQueue(call) }
    if call.its.frame < 0 { return }
    let frame = frames.at(call.its.frame)
    call.its.frame = -1
    let isCutOff = partitions.count > 0 && partition(between: call, and: frame.its.replica) >= 0
    frame.its.call = -1
    if recordsSignals, frame.its.flags.contains(.holdsThread) { noteDeadThread(frame.its.replica, 1) }
    if frame.its.flags.contains(.held), isHeldOnTheWay(frame) {
      // The connection is closed with what waits to be sent.
      freeFrame(frame)
    } else if edges[call.its.edge].cancels, !isCutOff {
      cancel(frame, blame)
    }
  }

  /// The call has come to its end: whoever waits for it is told.
  ///
  /// - Returns: the frame that has waited for it, where that is to go on.
  @inline(always) mutating func settle(_ call: Slot<Call>, _ ending: Ending, _ blame: Blame) -> Slot<Frame>? {
    let parent = call.its.parent
    if call.its.flags.contains(.fillsCache), ending == .success { keepAnswer(call) }
    if call.its.flags.contains(.isFallback) {
      let counterpart = calls.at(call.its.counterpart)
      freeCall(call)
      settleFallback(of: counterpart, ending)
      return nil
    }
    if parent >= 0 {
      let frame = frames.at(parent)
      unlink(call, from: frame)
      freeCall(call)
      return childSettled(frame, ending, blame) ? frame : nil
    }
    if parent == Call.root { endRequest(call, ending, blame) }
    if parent < Call.orphan { settleForStreaming(call, ending, blame) }
    freeCall(call)
    return nil
  }

  /// A call that a session, a cache or a channel has made has ended.
  @inline(never) private mutating func settleForStreaming(_ call: Slot<Call>, _ ending: Ending, _ blame: Blame) {
    switch call.its.parent {
    case Call.session: sessionCallEnded(call, ending, blame)
    case Call.fill: originAnswered(call, ending, blame)
    case Call.afterPlay: break
    default: encoderEnded(call, ending)
    }
  }

  /// Nobody waits for the call any more: it goes on by itself, or ends at once where its callee is told.
  ///
  /// Where the caller itself has ended, nobody is left to make further attempts; a callee that is not told runs on.
  mutating func orphan(_ call: Slot<Call>, _ blame: Blame, callerHasEnded: Bool) {
    call.its.parent = Call.orphan
    call.its.sibling = -1
    let edge = call.its.edge
    guard edges[edge].cancels || callerHasEnded else { return }
    switch call.its.state {
    case .queued, .outstanding:
      abandonAttempt(call, blame.reason == nil ? Blame(.timeout, at: edges[edge].component) : blame)
    case .free, .backingOff, .fallingBack: break
    }
    if call.its.flags.contains(.permitted) {
      breakers.release(edgeStates[call.its.edgeState].breaker)
      call.its.flags.remove(.permitted)
    }
    concludeAttempt(call, failed: true)
    if call.its.state != .fallingBack { freeCall(call) }
  }
}
