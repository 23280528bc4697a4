import Model

/// The bins of the timeline and the edges of the windows: when meters are read.
struct Boundaries: Sendable {
  /// Ascending, from after 0 up to but without the horizon.
  let times: [Int64]
  let binWidth: Int64
  let binCount: Int
  /// The ends of faults before the horizon at which no other fault is active, ascending.
  let faultEnds: [Int64]
  /// The parts of each window, as half-open intervals of nanoseconds, after the warm-up.
  let intervals: [[Range<Int64>]]

  /// At most this many bins of 10 s; beyond it they are widened by a whole factor.
  static let longestTimeline = 8_640

  init(time: TimeFrame, windows: [Window], faults: [Fault]) {
    let warmup = time.warmup.nanoseconds
    let horizon = time.horizon.nanoseconds
    let tenSeconds: Int64 = 10_000_000_000
    let bins = (horizon + tenSeconds - 1) / tenSeconds
    let factor = max(1, (bins + Int64(Self.longestTimeline) - 1) / Int64(Self.longestTimeline))
    binWidth = tenSeconds * factor
    binCount = Int((horizon + binWidth - 1) / binWidth)
    let active = Self.union(
      faults.flatMap(\.occurrences).filter { $0.start < time.horizon }.map {
        $0.start.nanoseconds..<min($0.end.nanoseconds, horizon)
      })
    faultEnds = active.map(\.upperBound).filter { $0 < horizon }
    intervals = windows.map { window in
      let whole: [Range<Int64>] =
        switch window.period {
        case .run: [0..<horizon]
        case .duringFaults: active
        case .afterFaults: active.last.map { [$0.upperBound..<horizon] } ?? []
        case .duringFault(let name): Self.union(Self.spans(of: name, faults, horizon: time.horizon))
        case .afterFault(let name):
          Self.spans(of: name, faults, horizon: time.horizon).map(\.upperBound).max().map { [$0..<horizon] } ?? []
        case .between(let from, let to): [from.nanoseconds..<to.nanoseconds]
        }
      return whole.map { $0.clamped(to: warmup..<horizon) }.filter { !$0.isEmpty }
    }
    var edges = Set(intervals.flatMap { $0.flatMap { [$0.lowerBound, $0.upperBound] } })
    edges.insert(warmup)
    for bin in 1..<max(2, binCount) { edges.insert(Int64(bin) * binWidth) }
    times = edges.filter { $0 > 0 && $0 < horizon }.sorted()
  }

  /// When a fault is active, each time that it is, in nanoseconds, before the horizon.
  private static func spans(of name: String, _ faults: [Fault], horizon: SimulationDuration) -> [Range<Int64>] {
    faults.filter { $0.name == name }.flatMap(\.occurrences).filter { $0.start < horizon }.map {
      $0.start.nanoseconds..<min($0.end.nanoseconds, horizon.nanoseconds)
    }
  }

  /// How long a window lasts.
  func seconds(ofWindow window: Int) -> Double {
    Double(intervals[window].reduce(0) { $0 + ($1.upperBound - $1.lowerBound) }) / 1e9
  }

  /// The windows that hold an instant, as bits.
  func windows(at time: Int64) -> UInt64 {
    var bits: UInt64 = 0
    for (index, parts) in intervals.enumerated() where parts.contains(where: { $0.contains(time) }) {
      bits |= 1 << UInt64(index)
    }
    return bits
  }

  /// What is empty is an instant, as of a flush, and stays.
  private static func union(_ ranges: [Range<Int64>]) -> [Range<Int64>] {
    var merged: [Range<Int64>] = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = merged.last, range.lowerBound <= last.upperBound {
        merged[merged.count - 1] =
          last.lowerBound..<max(last.upperBound, range.upperBound)
      } else {
        merged.append(range)
      }
    }
    return merged
  }
}
