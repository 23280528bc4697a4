import Sampling

/// Attempts and replies under way: sent through whatever faults lie before them, late, held and let go.
extension Simulation {
  /// Lets the active faults act on an attempt that is about to be sent to a replica.
  ///
  /// - Returns: whether the attempt has been dealt with: refused, answered with an error, held, or sent late.
  mutating func strike(_ call: Slot<Call>, _ opening: Opening, replica: Int32) -> Bool {
    var attempt = Passage(call, key: opening.key, replica: replica)
    let parting = partitions.count > 0 ? partition(between: call, and: replica) : -1
    var meeting = Passage.Meeting.isHeld
    if parting >= 0 { attempt.holder = parting } else { meeting = advance(&attempt) }
    switch meeting {
    case .isAnswered:
      answerAtTheDoor(attempt, call)
      return true
    case .arrives:
      if attempt.slowdown == 1, !attempt.isConcerned, attempt.leg != .pastErrors { return false }
    case .isHeld, .isLate: break
    }
    send(allocateFrame(for: call, edges.at(call.its.edge), opening, replica: replica), attempt, meeting)
    return true
  }

  /// An attempt that was late or held goes on, unless a partition lies before it by now.
  mutating func deliver(_ frame: Slot<Frame>) {
    var attempt = Passage(frame)
    var meeting = Passage.Meeting.arrives
    let isParted = partitions.count > 0 && frame.its.call >= 0
    let parting = isParted ? partition(between: calls.at(frame.its.call), and: frame.its.replica) : -1
    if parting >= 0 {
      attempt.holder = parting
      meeting = .isHeld
    } else if callFaults.count > 0 {
      meeting = advance(&attempt)
    }
    if meeting == .isAnswered {
      let call = frame.its.call
      freeFrame(frame)
      if call >= 0 { calls[call].frame = -1 }
      answerAtTheDoor(attempt, call >= 0 ? calls.at(call) : nil)
      return
    }
    send(frame, attempt, meeting)
  }

  private mutating func send(_ frame: Slot<Frame>, _ attempt: Passage, _ meeting: Passage.Meeting) {
    frame.its.edge = attempt.edge
    frame.its.leg = attempt.leg
    if attempt.isConcerned || attempt.slowdown > 1 || attempt.leg == .pastErrors { concernReply(of: frame) }
    if attempt.slowdown > 1 { frame.its.slowdown *= attempt.slowdown }
    switch meeting {
    case .isHeld: hold(frame, by: attempt.holder)
    case .isLate:
      calendar.schedule(
        EventPayload(.delivery, frame.index, generation: frame.its.generation), at: instant(after: attempt.delay),
        .timer)
    case .arrives, .isAnswered:
      unfinishedLoops += 1
      if reachServer(frame, of: endpoint(of: frame)) { open(frame) }
      unfinishedLoops -= 1
    }
  }
}

/// What faults that have begun and ended at an instant make of the calls under way. It comes after all of them, so that it
/// does not matter in which order they do.
extension Simulation {
  mutating func willSettle() {
    if settlesAt == now { return }
    settlesAt = now
    calendar.schedule(EventPayload(.settlement, 0), at: now, .fault)
  }

  /// What is in crashed replicas is lost, and what nothing holds any more fails or goes on.
  ///
  /// - Complexity: O(frames).
  mutating func settle() {
    settlesAt = -1
    for replica in 0..<Int32(crashed.count > 0 ? replicas.count : 0) {
      for position in 0..<crashed.count where crashed[position] == replica {
        crash(replica)
        break
      }
    }
    crashed.removeAll()
    for frame in framesInOrder(where: { $0.holder >= 0 }) {
      let holder = frame.its.holder
      if frame.its.state == .free || holder < 0 || faultActive[holder] { continue }
      frame.its.flags.remove(.held)
      switch frame.its.state {
      case .hung: endHang(frame, by: holder)
      case .travelling: letGo(frame, by: holder)
      case .returning: deliverHeldReply(frame)
      case .free, .queued, .ready, .working, .waiting: break
      }
    }
  }

  /// A call that a hang has held on a thread fails, unless another one goes on.
  private mutating func endHang(_ frame: Slot<Frame>, by holder: Int32) {
    let other = hangingFault(of: frame)
    if other >= 0 {
      hold(frame, by: other)
    } else {
      endFrame(frame, seenAs: .error, Blame(.error, at: replicas[frame.its.replica].service, by: holder))
    }
  }

  private mutating func letGo(_ frame: Slot<Frame>, by holder: Int32) {
    guard faults[holder].effect == .hang else {
      deliver(frame)
      return
    }
    for position in 0..<callFaults.count {
      let index = callFaults[position]
      guard faults[index].effect == .hang else { continue }
      let reach = reach(
        of: index, edge: frame.its.edge, request: frame.its.request, workload: frame.its.workload,
        replica: frame.its.replica)
      if reach == .edge {
        hold(frame, by: index)
        return
      }
    }
    let call = frame.its.call
    freeFrame(frame)
    if call >= 0 {
      reply(
        to: calls.at(call), .failed, seenAs: .error, Blame(.error, at: edges[calls[call].edge].component, by: holder))
    }
  }

  /// A reply that was held comes, no sooner than it would have come without a fault on the way.
  private mutating func deliverHeldReply(_ frame: Slot<Frame>) {
    var delay: Int64 = 0
    if frame.its.leg == .way, frame.its.call >= 0 {
      frame.its.leg = .server
      delay = max(0, frame.its.workEnd &- now)
      let (lost, holder) = replyLoss(to: calls.at(frame.its.call), from: frame.its.replica)
      if holder >= 0 {
        frame.its.leg = .way
        hold(frame, by: holder)
        return
      }
      delay &+= lost
    }
    if delay == 0 {
      deliverReply(frame)
    } else {
      calendar.schedule(
        EventPayload(.replyDelivery, frame.index, generation: frame.its.generation), at: instant(after: delay),
        .completion)
    }
  }
}
