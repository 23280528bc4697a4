import Engine
import Model
import Testing

/// From play to the first picture, by where viewers are and by the CDN that they begin with.
@Suite struct `The startup time` {
  /// Nanoseconds by what is near or far, alpha or beta: a request takes 20 or 120 ms on the network and 5 or 45 ms at
  /// the edge, and the first segment of 4 s and 4 Mbit comes in 4 ms at 1 Gbit/s.
  private static func time(isFar: Bool, isBeta: Bool) -> Int64 { ms((isFar ? 120 : 20) + (isBeta ? 45 : 5) + 4) }

  private static let windows = [(0, 100), (0, 40), (40, 100)].map { from, to in
    Window(.between(.seconds(Int64(from)), .seconds(Int64(to))))
  }

  private func outcome() throws -> ReplicationOutcome {
    let cdn = "edge: {sites: 1, cache: {size: unlimited}, latency:"
    return try Broadcast(
      """
      model: startups
      time: {horizon: 120s}
      regions: {north: {zones: [a]}, south: {zones: [b]}}
      catalog: {titles: 1, popularity: zipf(0), duration: 8s, ladder: [1Mbps], segment: 4s}
      players:
        near: {share: 60%, like: basic, region: north, bandwidth: 1Gbps, latency: 20ms}
        far: {share: 40%, like: basic, region: south, bandwidth: 1Gbps, latency: 120ms}
      sessions: {arrivals: \(replayed), start: [segment]}
      cdns:
        alpha: {\(cdn) 5ms}, origin: origin.segment}
        beta: {\(cdn) 45ms}, origin: origin.segment}
      steering: {policy: weighted(alpha=70% beta=30%)}
      services: {origin: {pool: {threads: unbounded}, endpoints: {segment: []}}}
      """,
      files: plays(at: (0..<400).map { Double($0) / 4 + 0.001 }), windows: Self.windows
    ).replications(1)[0]
  }

  /// The starts of a group in a window that took exactly so long; they have a bucket of their own.
  private func count(_ nanoseconds: Int64, _ tally: LatencyTally) -> Int {
    tally.buckets.filter { $0.index == LatencyScale.index(of: nanoseconds) }.reduce(0) { $0 + $1.count }
  }

  @Test func `is told exactly by region and by CDN, window by window`() throws {
    let groups = try #require(try outcome().streaming).groups
    func group(_ name: String) throws -> SessionGroupOutcome { try #require(groups.first { $0.name == name }) }
    for (window, plays) in [400, 160, 240].enumerated() {
      var starts = 0
      for (region, isFar) in [("north", false), ("south", true)] {
        let place = try group(region)
        let here = try #require(place.startups)[window]
        var expected: (count: Int, sum: Int64) = (0, 0)
        for (cdn, isBeta) in [("alpha", false), ("beta", true)] {
          let time = Self.time(isFar: isFar, isBeta: isBeta)
          let there = try #require(try group(cdn).startups)[window]
          // The same starts, seen from both sides.
          #expect(count(time, here) == count(time, there) && count(time, here) > 10)
          expected.count += count(time, here)
          expected.sum += Int64(count(time, here)) * time
        }
        #expect(here.count == expected.count && here.count == place.windows[window].starts)
        #expect(here.sum == UInt128(expected.sum))
        #expect(here.max == Self.time(isFar: isFar, isBeta: true))
        #expect(place.windows[window].startupNanoseconds == expected.sum)
        starts += here.count
      }
      for (cdn, isBeta) in [("alpha", false), ("beta", true)] {
        let of = try group(cdn)
        let there = try #require(of.startups)[window]
        #expect(there.buckets.count == 2 && there.count == of.windows[window].starts)
        #expect(there.sum == UInt128(of.windows[window].startupNanoseconds))
        #expect(there.max == Self.time(isFar: true, isBeta: isBeta))
      }
      #expect(starts == plays)
    }
  }
}
