import Model

/// What sessions and CDNs did, by cohort, CDN and window, and over time.
struct MediaTallies: ~Copyable {
  private let windowCount: Int
  private let cdnCount: Int
  private let cohortCount: Int
  private let binWidth: Int64
  private let binCount: Int
  private let horizon: Int64
  private let parts: Table<WindowPart>

  /// By cohort, CDN and window.
  private var cells: Slab<SessionTally>
  /// The same: plays that used the CDN, wherever else they were counted in the window.
  private var playsHere: Slab<Int64>
  /// By CDN and window.
  private var cdns: Slab<CDNTally>
  /// Startup times, by the CDN that steering named first and window. Of cohorts the requests' tallies have them.
  private var startups: Latencies
  private var bins: Slab<MediaBin>
  /// By CDN and bin.
  private var cdnBins: Slab<CDNBin>
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

  /// The cells of some cohorts and CDNs added up.
  private func sum(cohorts: [Int], cdns: Range<Int>, window: Int) -> SessionTally {
    var sum = SessionTally()
    for cohort in cohorts {
      for cdn in cdns { sum.add(cells[(cohort * cdnCount + cdn) * windowCount + window]) }
    }
    return sum
  }

  /// What a CDN's sessions did: a play counts for every CDN that it used in the window.
  private func sum(ofCDN cdn: Int, cohorts: [Int], window: Int) -> SessionTally {
    var sum = sum(cohorts: cohorts, cdns: cdn..<cdn + 1, window: window)
    sum.plays = cohorts.reduce(0) { $0 + Int(playsHere[($1 * cdnCount + cdn) * windowCount + window]) }
    return sum
  }

  /// Startup times of a region's sessions: those of its cohorts together.
  private func startups(of cohorts: [Int], window: Int, _ media: MediaProgram, in requests: borrowing Tallies)
    -> LatencyTally
  {
    var merged = LatencyTally.empty
    for cohort in cohorts {
      merged = merged.merging(
        requests.servedLatency(of: Int(media.cohorts[Int32(cohort)].workload) * windowCount + window))
    }
    return merged
  }

  /// - Parameter requests: of the same replication, where each cohort's starts are requests.
  func outcome(_ program: Program, requests: borrowing Tallies) -> StreamingOutcome? {
    let media = program.media
    if !media.isPresent { return nil }
    let all = Array(0..<cohortCount)
    func sums(_ cohorts: [Int]) -> [SessionTally] {
      (0..<windowCount).map { sum(cohorts: cohorts, cdns: 0..<cdnCount, window: $0) }
    }
    var groups = [SessionGroupOutcome(kind: .all, name: Streaming.everySession, windows: sums(all), startups: nil)]
    for cohort in all {
      groups.append(
        SessionGroupOutcome(kind: .cohort, name: media.cohortNames[cohort], windows: sums([cohort]), startups: nil))
    }
    for (region, name) in media.regions.enumerated() {
      let cohorts = all.filter { media.regionOfCohort[$0] == region }
      var times: [LatencyTally] = []
      for window in 0..<windowCount { times.append(startups(of: cohorts, window: window, media, in: requests)) }
      groups.append(SessionGroupOutcome(kind: .region, name: name, windows: sums(cohorts), startups: times))
    }
    for cdn in 0..<cdnCount {
      groups.append(
        SessionGroupOutcome(
          kind: .cdn, name: media.cdnNames[cdn],
          windows: (0..<windowCount).map { sum(ofCDN: cdn, cohorts: all, window: $0) },
          startups: (0..<windowCount).map { startups.tally(of: cdn * windowCount + $0) }))
    }
    let seconds = program.boundaries.intervals.map { parts in
      parts.reduce(0.0) { $0 + Double($1.upperBound - $1.lowerBound) / 1e9 }
    }
    return StreamingOutcome(
      groups: groups,
      cdns: (0..<cdnCount).map { cdn in
        let price = program.model.streaming?.cdns[cdn].pricePerGB
        return CDNOutcome(
          name: media.cdnNames[cdn], pricePerGB: price, currency: program.model.streaming?.cdns[cdn].currency,
          windows: (0..<windowCount).map { cdns[cdn * windowCount + $0] }, windowSeconds: seconds)
      },
      timeline: timeline(media))
  }

  private func timeline(_ media: MediaProgram) -> StreamingTimeline {
    let lengths = (0..<binCount).map { Double(min(binWidth, horizon - Int64($0) * binWidth)) }
    return StreamingTimeline(
      concurrent: (0..<binCount).map { bins[$0].active / lengths[$0] },
      starts: (0..<binCount).map { Int(bins[$0].starts) },
      stalled: (0..<binCount).map { bins[$0].stalled / lengths[$0] },
      cdns: (0..<cdnCount).map { cdn in
        StreamingTimeline.CDNSeries(
          name: media.cdnNames[cdn],
          egress: (0..<binCount).map { Double(cdnBins[cdn * binCount + $0].bytes) * 8e9 / lengths[$0] },
          hitRatio: (0..<binCount).map {
            let bin = cdnBins[cdn * binCount + $0]
            return bin.requests == 0 ? nil : Double(bin.answered) / Double(bin.requests)
          })
      })
  }
}

extension SessionTally {
  mutating func add(_ other: SessionTally) {
    attempts += other.attempts
    starts += other.starts
    startFailures += other.startFailures
    exitsBeforeStart += other.exitsBeforeStart
    startupNanoseconds += other.startupNanoseconds
    plays += other.plays
    ended += other.ended
    abandoned += other.abandoned
    playbackFailures += other.playbackFailures
    playedNanoseconds += other.playedNanoseconds
    stalledNanoseconds += other.stalledNanoseconds
    pausedNanoseconds += other.pausedNanoseconds
    stalls += other.stalls
    segments += other.segments
    fetchedNanoseconds += other.fetchedNanoseconds
    nominalBits += other.nominalBits
    bitrateChanges += other.bitrateChanges
    bitrateChangeSum += other.bitrateChangeSum
    cdnChanges += other.cdnChanges
  }
}
