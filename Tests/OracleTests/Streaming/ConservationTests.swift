import Engine
import Model
import Testing

/// A busy little service with everything in it that can fail.
@Suite struct `Whatever happens to sessions` {
  /// - Parameters:
  ///   - isReversed: cohorts, CDNs and services in another order.
  ///   - services: further ones, on lines of their own.
  private func broadcast(
    isReversed: Bool = false, services: String = "", windows: [Window] = [.run]
  ) throws -> Broadcast {
    func listed(_ entries: [String]) -> String {
      (isReversed ? entries.reversed() : entries).map { "  \($0)\n" }.joined()
    }
    let cohorts = [
      "web: {share: 40%, like: hls.js, bandwidth: lognormal(mean=8Mbps cv=0.8), patience: {startup: 8s, stall: 12s}}",
      "tv: {share: 30%, like: dash.js, bandwidth: 20Mbps, pauses: {every: exponential(mean=20s), lasting: 5s}}",
      "phone: {share: 20%, like: media3, bandwidth: uniform(min=300kbps max=4Mbps), watch: 20s}",
      "old: {share: 10%, like: shaka, bandwidth: 2Mbps, latency: exponential(mean=80ms)}",
    ]
    let cache = "cache: {size: 60MB, ttl: 20s}, latency: exponential(mean=4ms)"
    let cdns = [
      """
      alpha: {edge: {sites: 2, \(cache), capacity: 60Mbps, stale-if-error: 5s, negative: 1s}, \
      shield: {sites: 1, cache: {size: 100MB, ttl: 20s}, stale-while-revalidate: 4s}, origin: origin.segment}
      """,
      "beta: {edge: {sites: 3, \(cache), collapse: no}, origin: {call: origin.segment, timeout: 1s}}",
    ]
    let own = [
      "origin: {pool: {threads: 8, queue: 20}, endpoints: {segment: [work: exponential(mean=60ms)]}}",
      "encoder: {pool: {threads: 2}, endpoints: {make: [work: uniform(min=100ms max=900ms)]}}",
      "auth: {pool: {threads: 4}, endpoints: {check: [work: exponential(mean=50ms)]}}",
    ]
    return try Broadcast(
      """
      model: busy
      time: {horizon: 120s}
      catalog:
        titles: 30
        popularity: zipf(0.9)
        duration: exponential(mean=40s)
        ladder: [300kbps, 1Mbps, 3Mbps, 6Mbps]
        segment: 4s
        sizes: variable(cv=20%)
        live: {channels: 2, share: 30%, encode: {call: encoder.make, timeout: 700ms}}
      players:
      \(listed(cohorts))
      sessions:
        arrivals: poisson(2/s)
        start: [auth, manifest, segment]
        dependencies: {auth: {call: auth.check, timeout: 300ms, fallback: {takes: 1ms, fails: 50%}}}
      cdns:
      \(listed(cdns))
      steering: {policy: priority(alpha beta), ttl: 20s, every: 5s, stragglers: 10%, telemetry: {loss: 10%, lag: 1s}}
      services:
      \(listed(own))\(services)
      """,
      faults: """
        errors: {at: 20s, for: 15s, inject: error, target: alpha, probability: 60%}
        lost: {at: 45s, for: 15s, inject: hang, target: alpha#1}
        slow: {at: 65s, for: 10s, inject: hang, target: origin}
        gone: {at: 80s, for: 10s, inject: unavailable, target: beta}
        broken: {at: 95s, for: 10s, inject: error, target: origin}
        """, windows: windows)
  }

  @Test func `it is conserved, and told as it is counted`() throws {
    let (outcome, records) = try broadcast().told()
    let all = try outcome.sessions()
    let events = records.events
    func count(_ kind: PlayerEvent.Kind) -> Int { events.count { $0.kind == kind } }
    let starting = all.attempts - all.starts - all.startFailures - all.exitsBeforeStart
    let underWay = try outcome.workload("sessions").inFlight
    #expect(starting >= 0 && starting == underWay)
    #expect(all.attempts == count(.attempt) && all.starts == count(.start) && all.startFailures == count(.startFailure))
    #expect(all.exitsBeforeStart == count(.exitBeforeStart) && all.segments == count(.segment))
    #expect(all.ended == count(.end) && all.abandoned == count(.abandonment))
    #expect(all.playbackFailures == count(.playbackFailure) && all.cdnChanges == count(.cdnChange))
    #expect(all.stalls == count(.stall) && all.bitrateChanges == count(.bitrateChange))
    // Everything that can happen has happened.
    #expect(min(all.startFailures, all.exitsBeforeStart, all.ended, all.abandoned, all.playbackFailures) > 0)
    #expect(min(all.stalls, all.bitrateChanges, all.cdnChanges, count(.pause), count(.unpause)) > 0)
    let lines = records.deliveries
    for (index, name) in ["alpha", "beta"].enumerated() {
      let cdn = try outcome.cdn(name)
      let own = lines.filter { $0.cdn == index }
      for tier in [cdn.edge, cdn.shield] {
        let answered = tier.hits + tier.staleHits + tier.collapsed
        #expect(tier.requests == answered + tier.misses + tier.negativeHits)
        #expect(tier.staleAfterError <= tier.misses + tier.collapsed)
      }
      #expect(cdn.delivered == own.count { $0.status == 200 })
      #expect(cdn.errors == own.count { $0.result == .error || $0.result == .negativeHit })
      #expect(cdn.timeouts <= own.count { $0.result == .clientGone })
      #expect(cdn.egressBytes == own.reduce(0) { $0 + $1.bytes })
      #expect(cdn.delivered > 100 && cdn.errors > 0)
    }
    let alpha = try outcome.cdn("alpha")
    #expect(alpha.shield.requests > 0 && alpha.shield.requests <= alpha.edge.misses)
    #expect(alpha.edge.negativeHits + alpha.edge.staleAfterError + alpha.edge.collapsed > 0)
  }

  @Test func `groups add up to all`() throws {
    let outcome = try broadcast().replications(1)[0]
    let groups = try #require(outcome.streaming).groups
    let all = try outcome.sessions()
    for kind in [SessionGroupOutcome.Kind.cohort, .cdn] {
      let parts = groups.filter { $0.kind == kind }.map { $0.windows[0] }
      for field in Self.sums { #expect(parts.reduce(0) { $0 + field($1) } == field(all), "\(kind)") }
    }
    // Every start is one of the CDN's that was named first.
    let latency = try outcome.workload("sessions").latency
    let startups = groups.filter { $0.kind == .cdn }.compactMap { $0.startups?[0] }
    #expect(startups.count == 2 && startups.allSatisfy { $0.count > 0 })
    #expect(startups.reduce(.empty) { $0.merging($1) } == latency)
  }

  /// Counts and sums that add up over groups of sessions and over times.
  private static let sums: [@Sendable (SessionTally) -> Int64] = [
    { Int64($0.attempts) }, { Int64($0.starts) }, { Int64($0.startFailures) }, { Int64($0.exitsBeforeStart) },
    { $0.startupNanoseconds }, { Int64($0.ended) }, { Int64($0.abandoned) }, { Int64($0.playbackFailures) },
    { $0.playedNanoseconds }, { $0.stalledNanoseconds }, { $0.pausedNanoseconds }, { Int64($0.stalls) },
    { Int64($0.segments) }, { $0.fetchedNanoseconds }, { Int64($0.bitrateChanges) }, { $0.bitrateChangeSum },
    { Int64($0.cdnChanges) },
  ]

  @Test func `it is the same with telemetry and without, and again`() throws {
    let broadcast = try broadcast()
    let outcome = try broadcast.replications(1)[0]
    #expect(try broadcast.told().outcome == outcome)
    #expect(try broadcast.replications(1)[0] == outcome)
  }

  @Test func `it is the same in one window or in many, which add up`() throws {
    let parts = [(0, 37), (37, 80), (80, 120)].map { from, to in
      Window(.between(.seconds(Int64(from)), .seconds(Int64(to))))
    }
    let whole = try broadcast().replications(1)[0]
    let many = try broadcast(windows: [.run] + parts).replications(1)[0]
    #expect(many.fingerprint == whole.fingerprint)
    let all = try whole.sessions()
    #expect(try many.sessions() == all)
    for field in Self.sums {
      var sum: Int64 = 0
      for window in 1...3 { sum += field(try many.sessions(window: window)) }
      #expect(sum == field(all))
    }
    for name in ["alpha", "beta"] {
      let cdn = try whole.cdn(name)
      #expect(try many.cdn(name) == cdn)
      var (requests, bytes) = (0, Int64(0))
      for window in 1...3 {
        requests += try many.cdn(name, window: window).edge.requests
        bytes += try many.cdn(name, window: window).egressBytes
      }
      #expect(requests == cdn.edge.requests && bytes == cdn.egressBytes)
    }
  }

  @Test func `the order of a file does not matter`() throws {
    let outcome = try broadcast().replications(1)[0]
    #expect(try broadcast(isReversed: true).replications(1)[0] == outcome)
  }

  @Test func `a service that nobody calls changes nothing`() throws {
    let outcome = try broadcast().replications(1)[0]
    let idle = "  aside: {pool: {threads: 2}, endpoints: {serve: [work: exponential(mean=1s)]}}\n"
    let other = try broadcast(services: idle).replications(1)[0]
    #expect(other.fingerprint == outcome.fingerprint && other.events == outcome.events)
    #expect(other.streaming == outcome.streaming && other.workloads == outcome.workloads)
  }
}
