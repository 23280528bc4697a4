import Engine

/// The hold model: the first event is taken and scheduled again, so that as many are pending throughout.
///
/// D. W. Jones, "An empirical comparison of priority-queue and event-set implementations", Communications of the ACM 29(4),
/// 1986.
struct HoldBench {
  static let workload = "hold"
  private let pending: Int
  private let operations: Int
  private let warmUp: Int
  private let increments = ExponentialTable.times(seed: 1)

  init(pending: Int) {
    self.pending = pending
    operations = 1_000_000
    // Every event has been scheduled again, most of them often.
    warmUp = max(200_000, 3 * pending)
  }

  func rows(runs: Int) -> [CalendarBench.Row] {
    let contenders: [CalendarTiming.Contender] = [
      ("engine", { engine(CalendarTrial()) }),
      ("its heap alone", { engine(CalendarTrial(heapUpTo: 4 * pending + 64)) }),
      ("its buckets alone", { engine(CalendarTrial(heapUpTo: 1)) }),
      ("4-ary heap", { candidate(LazyHoleHeap(capacity: pending)) }),
      ("binary heap", { candidate(BinaryHeap(capacity: pending)) }),
      ("ladder queue", { candidate(LadderQueue(capacity: pending)) }),
    ]
    let timings = CalendarTiming.interleaved(contenders, runs: runs)
    let digests = Set(timings.joined().map(\.digest))
    precondition(digests.count == 1, "the calendars put events in different orders")
    return CalendarBench.Row.medians(timings, of: contenders, workload: Self.workload, pending: pending)
  }

  private var firstTimes: [Int64] {
    let table = ExponentialTable.times(seed: 2)
    return (0..<pending).map { table[$0 & (table.count - 1)] }
  }

  private func engine(_ trial: consuming CalendarTrial) -> CalendarTiming {
    var trial = trial
    trial.fill(firstTimes)
    _ = trial.hold(increments, operations: warmUp)
    return .of(operations: operations) { trial.hold(increments, operations: operations) }
  }

  private func candidate<Queue: CandidateCalendar & ~Copyable>(_ queue: consuming Queue) -> CalendarTiming {
    var queue = queue
    queue.fill(firstTimes)
    _ = queue.hold(increments, operations: warmUp, begun: pending)
    return .of(operations: operations) {
      queue.hold(increments, operations: operations, begun: pending + warmUp)
    }
  }
}
