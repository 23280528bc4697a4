import Engine
import Model
import Testing

/// An origin that keeps what its packager makes, for 10 s, and an edge that keeps nothing.
@Suite struct `A packager behind an origin` {
  private func broadcast(_ cache: String, steps: String, at times: [Double]) throws -> ReplicationOutcome {
    try Broadcast(
      """
      model: packager
      time: {horizon: 200s}
      catalog: {titles: 1, popularity: zipf(0), duration: 10s, ladder: [1Mbps], segment: 10s}
      players: {viewer: {like: basic, bandwidth: 1Gbps, latency: 0ms}}
      sessions: {arrivals: \(replayed), start: [segment]}
      cdns:
        alpha:
          # Too small for any object.
          edge: {sites: 1, cache: {size: 1KB}, latency: 0ms}
          origin: origin.segment
      services:
        origin:
          pool: {threads: unbounded}
          dependencies:
            package: {call: packager.make\(cache)}
            other: {call: packager.make, fallback: {call: package, takes: 0ms}, timeout: 1ms}
          endpoints: {segment: [\(steps)]}
        packager: {pool: {threads: unbounded}, endpoints: {make: [work: 100ms]}}
      """, files: plays(at: times)
    ).told().outcome
  }

  /// Made at 0.1 s and kept until 10.1 s; made again at 10.3 s and kept until 20.3 s.
  @Test(arguments: ["call: package", "together: [package]"])
  func `makes a segment once in the time that it is kept`(steps: String) throws {
    let times = [0, 0.05, 1, 10, 10.2, 20, 20.5]
    let kept = try broadcast(", cache: {size: 10GB, ttl: 10s}", steps: steps, at: times)
    // The second request joins the first one's fill at the edge.
    #expect(try kept.endpoint("origin.segment").arrivals == 6)
    #expect(try kept.endpoint("packager.make").arrivals == 3)
    let not = try broadcast("", steps: steps, at: times)
    #expect(try not.endpoint("packager.make").arrivals == 6)
    // A cache smaller than a segment of 1.25 MB keeps none.
    let small = try broadcast(", cache: {size: 1MB, ttl: 10s}", steps: steps, at: times)
    #expect(try small.endpoint("packager.make").arrivals == 6)
  }

  /// What stands in for a dependency that has timed out is kept too: of three requests the first asks twice, the others
  /// once in vain.
  @Test func `is not asked by a fallback whose answer is there`() throws {
    let kept = try broadcast(", cache: {size: 10GB, ttl: 10s}", steps: "call: other", at: [0, 1, 2])
    #expect(try kept.endpoint("packager.make").arrivals == 4)
    #expect(try kept.sessions().starts == 3)
  }
}

/// Whom a viewer's exit is laid on.
@Suite struct `An exit before the first picture` {
  /// The control plane takes a minute and viewers five seconds; the CDN has done nothing.
  @Test func `is laid on what the viewer waited for`() throws {
    let outcome = try Broadcast(
      """
      model: exits
      time: {horizon: 200s}
      catalog: {titles: 1, popularity: zipf(0), duration: 10s, ladder: [1Mbps], segment: 10s}
      players: {viewer: {like: basic, bandwidth: 1Mbps, latency: 0ms, patience: {startup: 5s}}}
      sessions:
        arrivals: \(replayed)
        start: [play, segment]
        dependencies: {play: {call: api.play}}
      cdns: {alpha: {edge: {sites: 1, cache: {size: unlimited}, latency: 0ms}, origin: origin.segment}}
      services:
        api: {pool: {threads: 1, queue: unbounded}, endpoints: {play: [work: 60s]}}
        origin: {pool: {threads: unbounded}, endpoints: {segment: []}}
      """, files: plays(at: [0, 100])
    ).told().outcome
    let sessions = try #require(outcome.workloads.first { $0.name == "sessions" }).windows[0]
    #expect(
      sessions.reasons == [ReasonCount(reason: .abandoned, component: "sessions -> play", count: 2)])
    #expect(try outcome.sessions().exitsBeforeStart == 2)
  }
}
