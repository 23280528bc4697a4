/// How long an operation took, and what came of all of them.
struct CalendarTiming {
  typealias Contender = (structure: String, run: () -> CalendarTiming)

  let nanoseconds: Double
  let digest: UInt64

  static func of(operations: Int, _ work: () -> UInt64) -> CalendarTiming {
    let clock = ContinuousClock()
    let start = clock.now
    let digest = work()
    let elapsed = (clock.now - start).components
    return CalendarTiming(
      nanoseconds: (Double(elapsed.seconds) * 1e9 + Double(elapsed.attoseconds) / 1e9) / Double(operations),
      digest: digest)
  }

  /// Runs the contenders one after the other, round by round; the timings of each.
  static func interleaved(_ contenders: [Contender], runs: Int) -> [[CalendarTiming]] {
    var timings = [[CalendarTiming]](repeating: [], count: contenders.count)
    for _ in 0..<runs {
      for (index, contender) in contenders.enumerated() { timings[index].append(contender.run()) }
    }
    return timings
  }
}
