/// How far ahead of now events are scheduled, where the order of a calendar is verified.
enum EventSpread: CaseIterable {
  /// Within a few nanoseconds, so that most have company.
  case crowded
  /// Within a second.
  case even
  /// From nanoseconds to years, each power of two as often.
  case exponential
  /// Bursts at one instant, and now and then a long time without any.
  case bursts
  /// Half of them at the end of the clock.
  case endOfTime

  /// - Parameter bits: uniform.
  func time(after now: Int64, _ bits: UInt64) -> Int64 {
    let delay: UInt64
    switch self {
    case .crowded: delay = bits % 20
    case .even: delay = bits % 1_000_000_000
    case .exponential: delay = bits >> (5 + bits % 58)
    case .bursts: delay = bits % 97 == 0 ? bits >> 24 : bits % 3 == 0 ? 0 : 40
    case .endOfTime: return bits % 2 == 0 ? .max - Int64(bits % 5) : min(now, .max - 1000) + Int64(bits % 1000)
    }
    let (time, isBeyond) = now.addingReportingOverflow(Int64(delay))
    return isBeyond ? .max : time
  }
}
