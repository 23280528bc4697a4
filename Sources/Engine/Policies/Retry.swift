import Sampling

/// The pauses between attempts.
extension Simulation {
  /// The pause before the next attempt of a call, in nanoseconds, jitter included.
  ///
  /// M. Brooker, "Exponential backoff and jitter", AWS Architecture Blog, 2015, for the four kinds of jitter.
  mutating func pauseBeforeRetry(of call: Int32) -> Int64 {
    let edge = calls[call].edge
    let retry = calls[call].attempt
    let planned = program.pauses[edges[edge].firstPause &+ retry &- 1]
    let key = DrawKey(bits: calls[call].key).child(UInt64(retry))
    switch edges[edge].jitter {
    case 0: return planned
    case 1: return Int64((key.uniform(Purpose.jitter) * Double(planned)).rounded())
    case 2:
      let half = Double(planned) / 2
      return Int64((half + key.uniform(Purpose.jitter) * half).rounded())
    default:
      let base = Double(program.pauses[edges[edge].firstPause])
      let previous = calls[call].pause == 0 ? base : Double(calls[call].pause)
      let spread = max(0, 3 * previous - base)
      let drawn = base + key.uniform(Purpose.jitter) * spread
      let pause = min(edges[edge].longestPause, Int64(min(drawn, 0x1p62).rounded()))
      calls[call].pause = pause
      return pause
    }
  }
}
