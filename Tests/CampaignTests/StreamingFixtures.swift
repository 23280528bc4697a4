import Engine
import Model

@testable import Campaign

/// Outcomes of sessions and CDNs, made by hand.
enum Streamed {
  static func sessions(
    attempts: Int = 0, starts: Int = 0, startFailures: Int = 0, exits: Int = 0, plays: Int = 0, abandoned: Int = 0,
    playbackFailures: Int = 0, played: Int64 = 0, stalled: Int64 = 0, stalls: Int = 0, fetched: Int64 = 0,
    nominalBits: Double = 0
  ) -> SessionTally {
    var tally = SessionTally()
    tally.attempts = attempts
    tally.starts = starts
    tally.startFailures = startFailures
    tally.exitsBeforeStart = exits
    tally.plays = plays
    tally.abandoned = abandoned
    tally.playbackFailures = playbackFailures
    tally.playedNanoseconds = played * 1_000_000_000
    tally.stalledNanoseconds = stalled * 1_000_000_000
    tally.stalls = stalls
    tally.fetchedNanoseconds = fetched * 1_000_000_000
    tally.nominalBits = nominalBits
    return tally
  }

  static func cdn(
    requests: Int, hits: Int = 0, stale: Int = 0, collapsed: Int = 0, origin: Int = 0, originBytes: Int64 = 0,
    egressBytes: Int64 = 0
  ) -> CDNTally {
    var tally = CDNTally()
    tally.edge.requests = requests
    tally.edge.hits = hits
    tally.edge.staleHits = stale
    tally.edge.collapsed = collapsed
    tally.edge.misses = requests - hits - stale - collapsed
    tally.originRequests = origin
    tally.originBytes = originBytes
    tally.egressBytes = egressBytes
    return tally
  }

  /// The same in every window; starts took 10 ms, those in `north` 30 ms and those of `alpha` 50 ms.
  static func record(
    _ variant: String, _ replication: Int, _ sessions: SessionTally, _ cdn: CDNTally, price: Double? = 0.02,
    seconds: [Double], hitRatio: [Double?] = [nil, 0.5]
  ) -> ReplicationRecord {
    let windows = seconds.map { _ in sessions }
    let started = Build.tally(
      success: sessions.starts, failed: sessions.startFailures + sessions.exitsBeforeStart,
      inFlight: sessions.attempts - sessions.endedStarts,
      reasons: [ReasonCount(reason: .abandoned, component: "sessions", count: sessions.exitsBeforeStart)])
    func startups(_ milliseconds: Int64) -> [LatencyTally] {
      seconds.map { _ in Build.latencies(sessions.starts, milliseconds: milliseconds) }
    }
    return ReplicationRecord(
      variant: variant,
      outcome: ReplicationOutcome(
        replication: replication, fingerprint: UInt64(replication),
        workloads: [WorkloadOutcome(name: "sessions", windows: seconds.map { _ in started })], endpoints: [],
        services: [],
        timeline: Build.timeline("sessions", bins: [1, 1]),
        streaming: StreamingOutcome(
          groups: [
            SessionGroupOutcome(kind: .all, name: "sessions", windows: windows, startups: nil),
            SessionGroupOutcome(kind: .region, name: "north", windows: windows, startups: startups(30)),
            SessionGroupOutcome(kind: .cdn, name: "alpha", windows: windows, startups: startups(50)),
          ],
          cdns: [
            CDNOutcome(
              name: "alpha", pricePerGB: price, currency: price.map { _ in "USD" }, windows: seconds.map { _ in cdn },
              windowSeconds: seconds)
          ],
          timeline: StreamingTimeline(
            concurrent: [3, 4], starts: [1, 2], stalled: [0, 1],
            cdns: [.init(name: "alpha", egress: [8e6, 9e6], hitRatio: hitRatio)])),
        events: 1),
      recoveries: [], twinFingerprint: nil, requests: 1)
  }

  /// Of one variant; windows as `Fixture.plan` needs them.
  static func samples(_ replications: [(SessionTally, CDNTally)], price: Double? = 0.02) -> VariantSamples {
    let outline = CampaignDesign(Fixture.plan(models: [Fixture.model()])).outline
    var samples = VariantSamples(of: outline.variants[0], in: outline)
    for (index, item) in replications.enumerated() {
      samples.append(
        record(samples.name, index, item.0, item.1, price: price, seconds: outline.windows.map { _ in 100 }))
    }
    return samples
  }
}
