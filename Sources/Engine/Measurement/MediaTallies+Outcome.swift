import Model

/// What has been counted of sessions and CDNs, as a replication's outcome tells it.
extension MediaTallies {
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
