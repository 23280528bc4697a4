/// Replies that are held back, so that a callee seems slower than it is.
extension Simulation {
  /// Holds back a reply, so that the callee seems to have taken `slowdown` times as long.
  mutating func delayReply(_ frame: Int32, _ ending: Ending, seenAs view: ReasonCode, _ blame: Blame) {
    let took = Double(now &- frames[frame].arrived) * (frames[frame].slowdown - 1)
    frames[frame].state = .travelling
    frames[frame].view = view
    frames[frame].blame = blame
    frames[frame].degraded = ending == .degraded
    calendar.schedule(
      EventPayload(.replyDelivery, frame, generation: frames[frame].generation),
      at: instant(after: Int64(min(took, 0x1p61).rounded())), .completion)
  }

  mutating func deliverReply(_ frame: Int32) {
    let call = frames[frame].call
    let blame = frames[frame].blame
    let view = frames[frame].view
    let ending: Ending = blame.reason != nil ? .failed : frames[frame].degraded ? .degraded : .success
    freeFrame(frame)
    if call >= 0 { reply(to: call, ending, seenAs: view, blame) }
  }
}
