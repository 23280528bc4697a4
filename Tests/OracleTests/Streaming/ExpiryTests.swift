import Engine
import Model
import Testing

/// One object whose time T in a cache hits don't prolong and whose fetch takes D, asked for by a Poisson process of rate
/// λ; by renewal.
///
/// With collapsing, from the end of its time to the end of the next one go 1/λ, D and T, so that there are
/// λ / (1 + λ (T + D)) fetches a second.
///
/// Without it, all requests that come during a fetch are fetches too: 1 + λ D for one. The first answer is kept, and those
/// that follow while it is fresh leave it, so that the cycle stays the same: λ (1 + λ D) / (1 + λ (T + D)).
@Suite struct `An object that expires` {
  private func broadcast(
    rate: Int, ttl: String, fetch: String, collapse: Bool, time: (String, String), segment: String = "1s"
  ) throws -> Broadcast {
    try Broadcast(
      """
      model: expiry
      time: {warmup: \(time.0), horizon: \(time.1)}
      catalog: {titles: 1, popularity: zipf(0), duration: \(segment), ladder: [1Mbps], segment: \(segment)}
      players: {viewer: {like: basic, bandwidth: 10Gbps, latency: 0ms}}
      sessions: {arrivals: poisson(\(rate)/s), start: [segment]}
      cdns:
        alpha:
          edge:
            {sites: 1, cache: {size: unlimited, policy: ttl, ttl: \(ttl)}, latency: 0ms, collapse: \(collapse ? "yes" : "no")}
          origin: origin.segment
      services: {origin: {pool: {threads: unbounded}, endpoints: {segment: [work: \(fetch)]}}}
      """)
  }

  /// λ = 10/s, T = 4 s, D = 0.2 s.
  @Test func `is fetched once a cycle where requests collapse`() throws {
    let outcomes = try broadcast(rate: 10, ttl: "4s", fetch: "200ms", collapse: true, time: ("0s", "4000s"))
      .replications(8)
    // The first fetch is at the start and not at some time of a cycle: one of 930 cycles too many at most.
    let rates = try outcomes.map { try $0.originRate() }
    try expectMean("collapsed", rates, is: 0.232558, precision: 0.01, allowance: 0.0011)
  }

  @Test func `is fetched by all that come during a fetch where they don't collapse`() throws {
    let outcomes = try broadcast(rate: 10, ttl: "4s", fetch: "200ms", collapse: false, time: ("0s", "4000s"))
      .replications(8)
    let rate = try outcomes.reduce(0) { $0 + (try $1.originRate()) } / 8
    // 3 / 4.3. In 7442 cycles, each with a variance of 2 by the Poisson count of those that join in.
    let error = (2.0 * 7442).squareRoot() / 32_000
    expectNormal("not collapsed", rate, is: 0.697674, error: error, precision: 0.025)
  }

  /// λ = 5000/s, T = 2 s, D = 0.3 s: of the fetches that are 2.3002 s apart, those from 1 s to 24.002 s are ten.
  @Test func `is fetched once a cycle however many ask`() throws {
    let outcome = try broadcast(
      rate: 5000, ttl: "2s", fetch: "300ms", collapse: true, time: ("1s", "24.002s"), segment: "20ms"
    ).replications(1)[0]
    #expect(try outcome.cdn().originRequests == 10)
    // λ / (1 + λ (T + D)).
    #expect((try outcome.originRate() - 0.434745).magnitude < 1e-6)
  }

  /// The herd that collapsing prevents: of the fetches that begin 2.3002 s apart, those from 1 s to 24.002 s are ten, with
  /// 1501 requests each, of Poisson's variance.
  @Test func `is fetched by a herd unless requests collapse`() throws {
    let outcome = try broadcast(
      rate: 5000, ttl: "2s", fetch: "300ms", collapse: false, time: ("1s", "24.002s"), segment: "20ms"
    ).replications(1)[0]
    let error = (10 * 1500.0).squareRoot() / 23.002
    expectNormal("herd", try outcome.originRate(), is: 652.55, error: error, precision: 0.035)
  }

  /// The same herd asks for the manifest of a live channel, which caches keep for 2 s, wherever it comes from.
  @Test(arguments: [true, false]) func `may be a live channel's manifest`(collapse: Bool) throws {
    let (warmup, horizon) = (1.0, 24.015)
    let outcome = try Broadcast(
      """
      model: edge
      time: {warmup: \(warmup)s, horizon: \(horizon)s}
      catalog: {ladder: [1Mbps], segment: 4s, manifest: 10KB, live: {manifest-ttl: 2s, hold-back: 3}}
      players: {viewer: {like: basic, bandwidth: 10Gbps, latency: 0ms, watch: 4s, buffer: {target: 4s}}}
      sessions: {arrivals: poisson(1000/s), start: [manifest, segment]}
      cdns:
        alpha:
          edge: {sites: 1, cache: {size: unlimited}, latency: 0ms, collapse: \(collapse ? "yes" : "no")}
          origin: origin.segment
          manifest-origin: origin.manifest
      services: {origin: {pool: {threads: unbounded}, endpoints: {segment: [], manifest: [work: 300ms]}}}
      """
    ).replications(1)[0]
    let manifests = try outcome.endpoint("origin.manifest").arrivals
    if collapse {
      #expect(manifests == 10)
    } else {
      // 301 requests in each of ten herds; the cycle is 2.301 s.
      let error = (10 * 300.0).squareRoot() / 10
      expectNormal("manifests", Double(manifests) / 10, is: 301, error: error, precision: 0.08)
    }
  }
}
