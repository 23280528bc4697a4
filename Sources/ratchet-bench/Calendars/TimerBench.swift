import Engine

/// Requests of which one in twenty takes longer than its timeout: each arms a timer and, mostly, cancels it.
///
/// The work is exponential with mean 1. A constant timeout is 3, and exp(-3) = 5.0%; a varying one is uniform between 2
/// and 4.5, and (exp(-2) - exp(-4.5)) / 2.5 = 5.0%.
struct TimerBench {
  static let workload = "timers"
  private let inFlight: Int
  private let requests = 1_000_000
  private let warmUp: Int
  private let work = ExponentialTable.times(seed: 1)

  init(inFlight: Int) {
    self.inFlight = inFlight
    // Longer than the longest timeout.
    warmUp = max(100_000, 6 * inFlight)
  }

  func rows(runs: Int) -> [CalendarBench.Row] {
    let constant = [Int64](repeating: Int64(3 * ExponentialTable.mean), count: ExponentialTable.count)
    let varying = ExponentialTable.uniformTimes(from: 2, to: 4.5, seed: 3)
    let contenders: [CalendarTiming.Contender] = [
      ("engine, constant timeouts: lanes", { engine(constant, usesLanes: true) }),
      ("engine, varying timeouts: until due", { engine(varying, usesLanes: false) }),
      ("constant timeouts until due", { engine(constant, usesLanes: false) }),
      ("indexed heap, constant timeouts", { inOneHeap(constant) }),
      ("indexed heap, varying timeouts", { inOneHeap(varying) }),
      ("indexed heap beside heap, constant", { inTwoHeaps(constant) }),
      ("indexed heap beside heap, varying", { inTwoHeaps(varying) }),
    ]
    let timings = CalendarTiming.interleaved(contenders, runs: runs)
    for timing in timings.joined() {
      let share = Double(timing.digest) / Double(requests)
      precondition(share > 0.045 && share < 0.055, "\(share) of the timers have fired")
    }
    return CalendarBench.Row.medians(timings, of: contenders, workload: Self.workload, pending: inFlight)
  }

  private func engine(_ timeouts: [Int64], usesLanes: Bool) -> CalendarTiming {
    var trial = TimerTrial(inFlight: inFlight, work: work, timeouts: timeouts, usesLanes: usesLanes)
    _ = trial.finish(warmUp)
    return .of(operations: requests) { UInt64(trial.finish(requests)) }
  }

  private func inOneHeap(_ timeouts: [Int64]) -> CalendarTiming {
    var timers = TimersInOneHeap(inFlight: inFlight, work: work, timeouts: timeouts)
    _ = timers.finish(warmUp)
    return .of(operations: requests) { UInt64(timers.finish(requests)) }
  }

  private func inTwoHeaps(_ timeouts: [Int64]) -> CalendarTiming {
    var timers = TimersInTwoHeaps(inFlight: inFlight, work: work, timeouts: timeouts)
    _ = timers.finish(warmUp)
    return .of(operations: requests) { UInt64(timers.finish(requests)) }
  }
}
