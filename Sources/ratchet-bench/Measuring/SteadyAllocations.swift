import AllocationCounter

/// Counts allocations in the later part of a run, while the engine does nothing but handle events.
///
/// The engine asks at equal distances in events whether it is cancelled; each time the count is looked at. What is
/// allocated between the last power of two of these questions in the first half and the last question is counted, so
/// the start of a run, when storage grows to what is needed, and its end, when the outcome is put together, are not.
struct SteadyAllocations {
  private var marks: (at: Int, allocations: Int64) = (0, 0)
  private var nextMarks: (at: Int, allocations: Int64) = (0, 0)
  private var samples = 0
  private var last: Int64 = 0

  mutating func sample() {
    samples += 1
    last = Int64(allocation_count())
    if samples & (samples - 1) == 0 {
      marks = nextMarks
      nextMarks = (samples, last)
    }
  }

  /// - Parameter events: of the whole run.
  func perEvent(of events: Int) -> Double? {
    guard samples >= 4, last >= 0 else { return nil }
    let start = nextMarks.at * 2 <= samples ? nextMarks : marks
    let counted = Double(events) * Double(samples - start.at) / Double(samples)
    return Double(last - start.allocations) / counted
  }
}
