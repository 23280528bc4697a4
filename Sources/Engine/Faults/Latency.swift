/// Replies that are held back: by latency, by what is lost on the way, by a partition.
extension Simulation {
  /// Holds back a reply where a fault lies on its way, and so that the callee seems to have taken `slowdown` times as long.
  ///
  /// - Returns: whether the reply will come later.
  mutating func delaysReply(_ frame: Slot<Frame>, _ ending: Ending, seenAs view: ReasonCode, _ blame: Blame) -> Bool {
    var holder: Int32 = -1
    var lost: Int64 = 0
    if partitions.count > 0 || losses.count > 0 {
      let call = calls.at(frame.its.call)
      holder = partition(between: call, and: frame.its.replica)
      if holder < 0 { (lost, holder) = replyLoss(to: call, from: frame.its.replica) }
    }
    if frame.its.slowdown == 1, lost == 0, holder < 0 { return false }
    let took = Double(now &- frame.its.arrived) * (frame.its.slowdown - 1)
    let late = Int64(min(took, 0x1p61).rounded())
    frame.its.state = .returning
    frame.its.leg = holder >= 0 ? .way : .server
    frame.its.workEnd = instant(after: late)
    frame.its.view = view
    frame.its.blame = blame
    if ending == .degraded { frame.its.flags.insert(.degraded) }
    if holder >= 0 {
      hold(frame, by: holder)
    } else {
      calendar.schedule(
        EventPayload(.replyDelivery, frame.index, generation: frame.its.generation),
        at: instant(after: late &+ lost), .completion)
    }
    return true
  }

  mutating func deliverReply(_ frame: Slot<Frame>) {
    let call = frame.its.call
    if call >= 0, partitions.count > 0 {
      let holder = partition(between: calls.at(call), and: frame.its.replica)
      if holder >= 0 {
        hold(frame, by: holder)
        return
      }
    }
    let blame = frame.its.blame
    let view = frame.its.view
    let ending: Ending = blame.reason != nil ? .failed : frame.its.flags.contains(.degraded) ? .degraded : .success
    freeFrame(frame)
    if call >= 0 { reply(to: calls.at(call), ending, seenAs: view, blame) }
  }
}
