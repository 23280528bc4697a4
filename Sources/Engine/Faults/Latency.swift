/// Replies that are held back, so that a callee seems slower than it is.
extension Simulation {
  /// Holds back a reply, so that the callee seems to have taken `slowdown` times as long.
  mutating func delayReply(_ frame: Slot<Frame>, _ ending: Ending, seenAs view: ReasonCode, _ blame: Blame) {
    let took = Double(now &- frame.its.arrived) * (frame.its.slowdown - 1)
    frame.its.state = .travelling
    frame.its.view = view
    frame.its.blame = blame
    if ending == .degraded { frame.its.flags.insert(.degraded) }
    calendar.schedule(
      EventPayload(.replyDelivery, frame.index, generation: frame.its.generation),
      at: instant(after: Int64(min(took, 0x1p61).rounded())), .completion)
  }

  mutating func deliverReply(_ frame: Slot<Frame>) {
    let call = frame.its.call
    let blame = frame.its.blame
    let view = frame.its.view
    let ending: Ending = blame.reason != nil ? .failed : frame.its.flags.contains(.degraded) ? .degraded : .success
    freeFrame(frame)
    if call >= 0 { reply(to: calls.at(call), ending, seenAs: view, blame) }
  }
}
