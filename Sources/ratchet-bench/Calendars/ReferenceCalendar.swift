import Engine

/// All events in one order, later ones first, cut into short runs: plain, and fast enough for millions.
struct ReferenceCalendar {
  typealias Event = CalendarTrial.Event
  private static let longest = 512
  private var runs: [[Event]] = []

  mutating func insert(_ event: Event) {
    if runs.isEmpty {
      runs = [[event]]
      return
    }
    let run = min(firstRun(reaching: event), runs.count - 1)
    runs[run].insert(event, at: place(of: event, in: run))
    if runs[run].count > Self.longest {
      let half = Self.longest / 2
      runs.insert(Array(runs[run][half...]), at: run + 1)
      runs[run].removeSubrange(half...)
    }
  }

  mutating func pop() -> Event? {
    guard !runs.isEmpty else { return nil }
    let first = runs[runs.count - 1].removeLast()
    if runs[runs.count - 1].isEmpty { runs.removeLast() }
    return first
  }

  mutating func remove(_ event: Event) {
    let run = firstRun(reaching: event)
    let place = place(of: event, in: run) - 1
    precondition(runs[run][place] == event, "the event is pending")
    runs[run].remove(at: place)
    if runs[run].isEmpty { runs.remove(at: run) }
  }

  private static func precedes(_ a: Event, _ b: Event) -> Bool {
    a.time != b.time ? a.time < b.time : a.order < b.order
  }

  /// The first run whose earliest event is not after this one.
  private func firstRun(reaching event: Event) -> Int {
    Self.firstIndex(below: runs.count) { !Self.precedes(event, runs[$0][runs[$0].count - 1]) }
  }

  /// The first place of a run whose event is before this one.
  private func place(of event: Event, in run: Int) -> Int {
    Self.firstIndex(below: runs[run].count) { Self.precedes(runs[run][$0], event) }
  }

  /// Binary search: from some index on, the condition holds.
  private static func firstIndex(below count: Int, where holds: (Int) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if holds(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
