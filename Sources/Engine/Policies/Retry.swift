import Sampling

/// The pauses between attempts.
extension Simulation {
  /// The pause before the next attempt of a call, in nanoseconds, jitter included.
  ///
  /// M. Brooker, "Exponential backoff and jitter", AWS Architecture Blog, 2015, for the four kinds of jitter.
  mutating func pauseBeforeRetry(of call: Slot<Call>) -> Int64 {
    let edge = call.its.edge
    let retry = call.its.attempt
    let planned = program.pauses[edges[edge].firstPause &+ retry &- 1]
    let key = DrawKey(bits: call.its.key).child(UInt64(retry))
    switch edges[edge].jitter {
    case 0: return planned
    case 1: return Int64((key.uniform(Purpose.jitter) * Double(planned)).rounded())
    case 2:
      let half = Double(planned) / 2
      return Int64((half + key.uniform(Purpose.jitter) * half).rounded())
    default:
      let base = Double(program.pauses[edges[edge].firstPause])
      let previous = retry == 1 ? base : Double(call.its.pause)
      let spread = max(0, 3 * previous - base)
      let drawn = base + key.uniform(Purpose.jitter) * spread
      let pause = min(edges[edge].longestPause, Int64(min(drawn, 0x1p62).rounded()))
      call.its.pause = pause
      return pause
    }
  }
}
