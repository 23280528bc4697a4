import Model

/// What sessions and CDNs did, by cohort, CDN and window, and over time.
struct MediaTallies: ~Copyable {
  let windowCount: Int
  let cdnCount: Int
  let cohortCount: Int
  let binWidth: Int64
  let binCount: Int
  let horizon: Int64
  private let parts: Table<WindowPart>

  /// By cohort, CDN and window.
  private(set) var cells: Slab<SessionTally>
  /// The same: plays that used the CDN, wherever else they were counted in the window.
  private(set) var playsHere: Slab<Int64>
  /// By CDN and window.
  private(set) var cdns: Slab<CDNTally>
  /// Startup times, by the CDN that steering named first and window. Of cohorts the requests' tallies have them.
  private(set) var startups: Latencies
  private(set) var bins: Slab<MediaBin>
  /// By CDN and bin.
  private(set) var cdnBins: Slab<CDNBin>
  private(set) var active: Int64 = 0
  private var activeSince: Int64 = 0
  /// Since when the present set of windows holds.
  private var windowsSince: Int64 = 0

  struct MediaBin: BitwiseCopyable {
    /// Sessions x nanoseconds.
    var active: Double = 0
    var stalled: Double = 0
    var starts: Int64 = 0
  }
  struct CDNBin: BitwiseCopyable {
    var bytes: Int64 = 0
    var requests: Int32 = 0
    var answered: Int32 = 0
  }
  /// What a stretch of a session's time was.
  enum Stretch { case played, stalled, paused }

  init(_ program: Program) {
    windowCount = program.windows.count
    cdnCount = program.media.cdns.count
    cohortCount = program.media.cohorts.count
    binWidth = program.boundaries.binWidth
    binCount = program.media.isPresent ? program.boundaries.binCount : 0
    horizon = program.model.time.horizon.nanoseconds
    parts = program.media.windowParts
    cells = Slab(repeating: SessionTally(), count: cohortCount * cdnCount * windowCount)
    playsHere = Slab(repeating: 0, count: cohortCount * cdnCount * windowCount)
    cdns = Slab(repeating: CDNTally(), count: cdnCount * windowCount)
    startups = Latencies(subjects: cdnCount * windowCount)
    bins = Slab(repeating: MediaBin(), count: binCount)
    cdnBins = Slab(repeating: CDNBin(), count: cdnCount * binCount)
  }

  mutating func reset() {
    cells.fill(with: SessionTally())
    playsHere.fill(with: 0)
    cdns.fill(with: CDNTally())
    startups.reset()
    bins.fill(with: MediaBin())
    cdnBins.fill(with: CDNBin())
    active = 0
    activeSince = 0
    windowsSince = 0
  }

  mutating func windowsChanged(at now: Int64) { windowsSince = now }

  /// Changes what is counted of a cohort's sessions at a CDN, in each of some windows.
  @inline(always) mutating func count(
    cohort: Int16, cdn: Int8, windows: UInt64, _ change: (inout SessionTally) -> Void
  ) {
    let first = (Int(cohort) &* cdnCount &+ Int(cdn)) &* windowCount
    var left = windows
    while left != 0 {
      change(&cells[first &+ left.trailingZeroBitCount])
      left &= left &- 1
    }
  }

  @inline(always) mutating func count(cdn: Int32, windows: UInt64, _ change: (inout CDNTally) -> Void) {
    let first = Int(cdn) &* windowCount
    var left = windows
    while left != 0 {
      change(&cdns[first &+ left.trailingZeroBitCount])
      left &= left &- 1
    }
  }

  /// Counts a start among those of the CDN that steering named first, in each of some windows.
  ///
  /// - Parameter startup: from play to the first picture, in nanoseconds.
  mutating func recordStartup(_ startup: Int64, cdn: Int8, windows: UInt64) {
    let first = Int32(cdn) &* Int32(truncatingIfNeeded: windowCount)
    var left = windows
    while left != 0 {
      startups.record(startup, of: first &+ Int32(truncatingIfNeeded: left.trailingZeroBitCount))
      left &= left &- 1
    }
  }

  /// Counts a stretch of a session's time, each window's part in it.
  ///
  /// - Parameters:
  ///   - current: the windows that hold now; `allowed`: those that count the session.
  ///   - seen: the windows in which the session has been counted as a play; those that it is counted in now are added.
  ///   - seenHere: the same of plays of this CDN.
  mutating func add(
    _ stretch: Stretch, from: Int64, to: Int64, cohort: Int16, cdn: Int8, current: UInt64, allowed: UInt64,
    seen: inout UInt64, seenHere: inout UInt64
  ) {
    if stretch == .stalled { addStalled(from: from, to: to) }
    if to <= from { return }
    let first = (Int(cohort) &* cdnCount &+ Int(cdn)) &* windowCount
    if from >= windowsSince {
      var left = current & allowed
      while left != 0 {
        let window = left.trailingZeroBitCount
        let bit = UInt64(1) << UInt64(window)
        add(stretch, to &- from, to: first &+ window, isNew: seen & bit == 0, isNewHere: seenHere & bit == 0)
        seen |= bit
        seenHere |= bit
        left &= left &- 1
      }
      return
    }
    for index in 0..<parts.count {
      let part = parts[index]
      let bit = UInt64(1) << UInt64(part.window)
      let overlap = min(to, part.to) - max(from, part.from)
      guard overlap > 0, allowed & bit != 0 else { continue }
      add(
        stretch, overlap, to: first + Int(part.window), isNew: seen & bit == 0, isNewHere: seenHere & bit == 0)
      seen |= bit
      seenHere |= bit
    }
  }

  private mutating func add(_ stretch: Stretch, _ length: Int64, to cell: Int, isNew: Bool, isNewHere: Bool) {
    if isNew { cells[cell].plays += 1 }
    if isNewHere { playsHere[cell] += 1 }
    switch stretch {
    case .played: cells[cell].playedNanoseconds += length
    case .stalled: cells[cell].stalledNanoseconds += length
    case .paused: cells[cell].pausedNanoseconds += length
    }
  }

  private mutating func addStalled(from: Int64, to: Int64) {
    var begin = from
    while begin < to {
      let bin = Int(begin / binWidth)
      let end = min(to, Int64(bin + 1) * binWidth)
      bins[bin].stalled += Double(end - begin)
      begin = end
    }
  }

  /// One more session is under way, or one less.
  mutating func changeActive(by change: Int64, at now: Int64, bin: Int32) {
    readActive(at: now, bin: bin)
    active += change
  }

  mutating func readActive(at now: Int64, bin: Int32) {
    if binCount > 0 { bins[bin].active += Double(active) * Double(now - activeSince) }
    activeSince = now
  }

  mutating func started(bin: Int32) { bins[bin].starts += 1 }

  @inline(always) mutating func asked(cdn: Int32, bin: Int32, answered: Bool) {
    let index = Int(cdn) &* binCount &+ Int(bin)
    cdnBins[index].requests &+= 1
    if answered { cdnBins[index].answered &+= 1 }
  }

  @inline(always) mutating func delivered(bytes: Int64, cdn: Int32, bin: Int32) {
    cdnBins[Int(cdn) &* binCount &+ Int(bin)].bytes &+= bytes
  }
}
