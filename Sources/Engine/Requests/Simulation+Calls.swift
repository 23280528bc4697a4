import Sampling

/// The caller's side: a call's attempts from the first to the last, and what it comes to.
extension Simulation {
  /// Makes a call along an edge.
  ///
  /// - Parameters:
  ///   - parent: the frame that waits, `Call.root` or `Call.orphan`.
  ///   - caller: the number of the calling replica within its service; 0 for a workload.
  @inline(__always) mutating func beginCall(
    along edge: Int32, key: UInt64, request: UInt64, workload: Int16, parent: Int32, caller: Int32
  ) -> Int32 {
    let call = allocateCall(
      along: edge, key: key, request: request, workload: workload, parent: parent, caller: caller)
    startCall(call)
    return call
  }

  @inline(__always) mutating func startCall(_ call: Int32) {
    let deadline = edges[calls[call].edge].deadline
    if deadline != Edge.noLimit {
      calendar.schedule(
        EventPayload(.deadline, call, generation: calls[call].generation),
        at: instant(after: deadline), .timer)
    }
    attempt(call)
  }

  @inline(__always) mutating func allocateCall(
    along edge: Int32, key: UInt64, request: UInt64, workload: Int16, parent: Int32, caller: Int32
  ) -> Int32 {
    let index: Int32
    var generation: UInt32 = 0
    if freeCall >= 0 {
      index = freeCall
      freeCall = calls[index].sibling
      generation = calls[index].generation
    } else {
      index = Int32(calls.count)
      precondition(index < Int32.max, "more calls under way than the engine can number")
    }
    let call = Call(
      key: key, request: request, began: now, attemptBegan: now, due: 0, dueOrder: 0, pause: 0,
      windows: 0, parent: parent, frame: -1, sibling: -1, edge: edge,
      edgeState: edges[edge].firstState &+ caller, replica: -1, timerNext: -1, timerPrevious: -1,
      queueNext: -1, queuePrevious: -1, generation: generation, blame: .none, attempt: 0,
      client: -1, bin: 0, workload: workload, state: .outstanding, timerArmed: false,
      holdsPlace: false, permitted: false, counterpart: -1)
    if index == Int32(calls.count) { calls.append(call) } else { calls[index] = call }
    return index
  }

  @inline(__always) mutating func freeCall(_ call: Int32) {
    calls[call].generation &+= 1
    calls[call].state = .free
    calls[call].sibling = freeCall
    freeCall = call
  }

  /// Issues the next attempt, as far as the breaker and the bulkhead let it.
  mutating func attempt(_ call: Int32) {
    let edge = calls[call].edge
    let state = calls[call].edgeState
    calls[call].attempt &+= 1
    calls[call].attemptBegan = now
    calls[call].state = .outstanding
    let breaker = edgeStates[state].breaker
    if breaker >= 0 {
      if !breakers.permits(breaker, at: now) {
        failAttempt(
          call, seenAs: .breakerOpen, Blame(.breakerOpen, at: edges[edge].component))
        return
      }
      calls[call].permitted = true
    }
    let timeout = edges[edge].timeout
    if timeout != Edge.noLimit {
      calls[call].due = instant(after: timeout)
      calls[call].dueOrder = calendar.nextOrder(.timer)
      lanes.append(call, to: edge, &calls, &calendar)
    }
    if edges[edge].places > 0, !takePlace(call) { return }
    issue(call)
  }

  /// Sends the attempt to a replica of the callee, through whatever faults lie on the way.
  @inline(__always) mutating func issue(_ call: Int32) {
    let edge = calls[call].edge
    calls[call].state = .outstanding
    let replica = chooseReplica(for: call)
    if replica < 0 {
      failAttempt(call, seenAs: .unreachable, Blame(.unreachable, at: edges[edge].service))
      return
    }
    if callFaults.count > 0, strike(call, replica: replica) { return }
    let frame = allocateFrame(for: call, replica: replica)
    reachServer(frame)
  }

  /// The callee, or what stands before it, has answered the attempt.
  @inline(__always) mutating func reply(
    to call: Int32, _ ending: Ending, seenAs view: ReasonCode, _ blame: Blame
  ) {
    calls[call].frame = -1
    if ending == .failed {
      failAttempt(call, seenAs: view, blame)
    } else {
      concludeAttempt(call, failed: false)
      settle(call, ending, .none)
    }
  }

  /// Frees what the attempt held and tells the breaker.
  @inline(__always) mutating func concludeAttempt(_ call: Int32, failed: Bool) {
    let edge = calls[call].edge
    let state = calls[call].edgeState
    if calls[call].timerArmed { lanes.remove(call, from: edge, &calls) }
    if calls[call].holdsPlace { givePlaceBack(call) }
    leaveReplica(call)
    if calls[call].permitted {
      calls[call].permitted = false
      breakers.record(
        edgeStates[state].breaker, took: now &- calls[call].attemptBegan, failed: failed, at: now)
    }
  }

  /// The attempt has failed: another one, the fallback, or the failure of the call.
  mutating func failAttempt(_ call: Int32, seenAs view: ReasonCode, _ blame: Blame) {
    concludeAttempt(call, failed: true)
    let edge = calls[call].edge
    if calls[call].attempt < edges[edge].attempts, edges[edge].retryOn & (1 << view.rawValue) != 0 {
      calls[call].state = .backingOff
      let pause = pauseBeforeRetry(of: call)
      calendar.schedule(
        EventPayload(.backoff, call, generation: calls[call].generation),
        at: instant(after: pause), .timer)
    } else {
      fail(call, blame)
    }
  }

  /// No attempt is left: the fallback stands in, if there is one.
  mutating func fail(_ call: Int32, _ blame: Blame) {
    if edges[calls[call].edge].fallbackSampler >= 0 {
      startFallback(of: call, blame)
    } else {
      settle(call, .failed, blame)
    }
  }

  /// A timeout lane's head is due.
  mutating func fireLane(_ lane: Int32, order: UInt64) {
    let call = lanes.fire(lane, order: order, &calls, &calendar)
    if call < 0 { return }
    let blame = Blame(.timeout, at: edges[lane].component)
    abandonAttempt(call, blame)
    failAttempt(call, seenAs: .timeout, blame)
  }

  /// The whole call has taken too long, whatever it is doing.
  mutating func passDeadline(_ call: Int32) {
    // The calendar's generation has 24 bits: in a slot that has been used so often again it may belong to another call.
    guard now &- calls[call].began == edges[calls[call].edge].deadline else { return }
    switch calls[call].state {
    case .free, .fallingBack: return
    case .queued, .outstanding, .backingOff: break
    }
    let blame = Blame(.timeout, at: edges[calls[call].edge].component)
    if calls[call].state == .backingOff {
      // The pause before the next attempt is over for good: what the calendar holds for it is stale.
      calls[call].generation &+= 1
    } else {
      abandonAttempt(call, blame)
      concludeAttempt(call, failed: true)
    }
    fail(call, blame)
  }

  /// Leaves the attempt to itself: the caller no longer waits for its answer.
  mutating func abandonAttempt(_ call: Int32, _ blame: Blame) {
    if calls[call].state == .queued { leavePlaceQueue(call) }
    let frame = calls[call].frame
    if frame < 0 { return }
    calls[call].frame = -1
    frames[frame].call = -1
    if edges[calls[call].edge].cancels { cancel(frame, blame) }
  }

  /// The call has come to its end: whoever waits for it is told.
  @inline(__always) mutating func settle(_ call: Int32, _ ending: Ending, _ blame: Blame) {
    let parent = calls[call].parent
    let counterpart = calls[call].counterpart
    if counterpart >= 0 {
      freeCall(call)
      settleFallback(of: counterpart, ending)
    } else if parent >= 0 {
      unlink(call, from: parent)
      freeCall(call)
      childSettled(parent, ending, blame)
    } else {
      if parent == Call.root { endRequest(call, ending, blame) }
      freeCall(call)
    }
  }

  /// Nobody waits for the call any more: it goes on by itself, or ends at once where its callee is told.
  ///
  /// Where the caller itself has ended, nobody is left to make further attempts; a callee that is not told runs on.
  mutating func orphan(_ call: Int32, _ blame: Blame, callerHasEnded: Bool) {
    calls[call].parent = Call.orphan
    calls[call].sibling = -1
    let edge = calls[call].edge
    guard edges[edge].cancels || callerHasEnded else { return }
    switch calls[call].state {
    case .queued, .outstanding:
      abandonAttempt(call, blame.reason == nil ? Blame(.timeout, at: edges[edge].component) : blame)
    case .free, .backingOff, .fallingBack: break
    }
    if calls[call].permitted {
      breakers.release(edgeStates[calls[call].edgeState].breaker)
      calls[call].permitted = false
    }
    concludeAttempt(call, failed: true)
    if calls[call].state != .fallingBack { freeCall(call) }
  }
}
