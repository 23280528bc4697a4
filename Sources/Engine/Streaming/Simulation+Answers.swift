/// Services that keep the answers of a dependency by object, as an origin does with what a packager makes just in time.
extension Simulation {
  /// Whether the caller has what a call would answer: then the call is not made.
  @inline(never) mutating func hasAnswer(_ frame: Slot<Frame>, along edge: Int32) -> Bool {
    guard let object = object(of: frame) else { return false }
    return media.answers[edges[edge].cache].look(up: object.id.bits, at: now) == .fresh
  }

  /// Lets a call's answer be kept once it is there.
  @inline(never) mutating func expectAnswer(_ call: Slot<Call>, _ frame: Slot<Frame>) {
    guard let object = object(of: frame) else { return }
    call.its.windows = object.id.bits
    call.its.client = Int32(truncatingIfNeeded: object.size >> 32)
    call.its.bin = Int32(truncatingIfNeeded: object.size)
    call.its.flags.insert(.fillsCache)
  }

  @inline(never) mutating func keepAnswer(_ call: Slot<Call>) {
    let cache = edges[call.its.edge].cache
    let size = Int64(call.its.client) << 32 | Int64(UInt32(bitPattern: call.its.bin))
    let life = plan.answerLives[cache]
    media.answers[cache].store(
      call.its.windows, size: size, expires: life == .max ? ObjectCache.never : instant(after: life), at: now)
  }

  /// The object that a frame is to deliver; nil where it is about none, or where nobody waits for it any more.
  private mutating func object(of frame: Slot<Frame>) -> (id: ObjectID, size: Int64)? {
    var asked = frame.its.call
    while asked >= 0 {
      let call = calls.at(asked)
      if call.its.flags.contains(.isFallback) {
        asked = call.its.counterpart
        continue
      }
      if call.its.parent == Call.fill {
        let fill = media.fills.at(call.its.client)
        return (fill.its.object, fill.its.size)
      }
      if call.its.parent < 0 { return nil }
      asked = frames[call.its.parent].call
    }
    return nil
  }
}
