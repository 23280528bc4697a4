import Engine
import Model
import Testing

/// Faults of everything that the players of one of two cohorts ask, and of a CDN's calls to its origin.
///
/// Mutations: a fault of a cohort that strikes all calls of sessions, or the other cohort's; one that strikes the CDN alone.
@Suite struct `A fault of a cohort` {
  private func broadcast(
    _ fault: String, devices: String = "", start: String = "[play, segment]", horizon: String = "60s"
  ) throws -> Broadcast {
    try Broadcast(
      """
      model: cohorts
      time: {horizon: \(horizon)}
      catalog: {titles: 1, popularity: zipf(0), duration: 4s, ladder: [1Mbps], segment: 4s}
      players:
        phone: {share: 50%, like: basic, bandwidth: 4Mbps, latency: 20ms\(devices)}
        tv: {share: 50%, like: basic, bandwidth: 4Mbps, latency: 20ms\(devices)}
      sessions: {arrivals: poisson(20/s), start: \(start), dependencies: {play: {call: api.play}}}
      cdns: {alpha: {edge: {sites: 1, cache: {size: unlimited}, latency: 5ms}, origin: origin.segment}}
      services:
        api: {pool: {threads: unbounded}, endpoints: {play: [work: 10ms]}}
        origin: {pool: {threads: unbounded}, endpoints: {segment: []}}
      """, faults: "f: {at: 10s, for: 20s, \(fault)}", windows: [.run, Window(.between(.seconds(10), .seconds(29)))])
  }

  /// The start calls the API first: a fault without a scope leaves nobody of the cohort with a picture, and the others alone.
  @Test(
    arguments: [
      "inject: unavailable", "inject: error", "inject: error, probability: 100%, status: 404",
    ])
  func `is one of all that it asks`(fault: String) throws {
    let outcome = try broadcast("\(fault), target: phone").replications(1)[0]
    let (phone, tv) = (try outcome.workload("phone", window: 1), try outcome.workload("tv", window: 1))
    #expect(phone.arrivals > 100 && phone.failed == phone.arrivals)
    #expect(tv.arrivals > 100 && tv.failed == 0)
    // Its calls don't reach the API, and nobody else's fail.
    let calls = try outcome.endpoint("api.play").arrivals
    let failed = try outcome.workload("phone").failed
    #expect(calls == (try outcome.workload("phone").arrivals) + (try outcome.workload("tv").arrivals) - failed)
  }

  /// With a start that asks the CDN alone, that fails.
  @Test func `is one of what it asks a CDN`() throws {
    let outcome = try broadcast("inject: unavailable, target: phone", start: "[segment]").replications(1)[0]
    let (phone, tv) = (try outcome.workload("phone", window: 1), try outcome.workload("tv", window: 1))
    #expect(phone.failed == phone.arrivals && phone.arrivals > 100 && tv.failed == 0)
  }

  /// 100 ms before the API and 100 ms before the segment: 10 + 100, 25 + 1000 + 100 ms.
  @Test func `adds latency to each of them`() throws {
    let outcome = try broadcast("inject: latency, add: 100ms, target: phone").replications(1)[0]
    let (phone, tv) = (try outcome.workload("phone", window: 1), try outcome.workload("tv", window: 1))
    // The first play of all fetches the segment, in no time.
    #expect((try phone.meanLatency - 1.235).magnitude < 1e-9)
    #expect((try tv.meanLatency - 1.035).magnitude < 1e-9)
  }

  @Test func `that hangs is over when it ends`() throws {
    let outcome = try broadcast("inject: hang, target: phone").replications(1)[0]
    let (phone, tv) = (try outcome.workload("phone", window: 1), try outcome.workload("tv", window: 1))
    #expect(phone.failed == phone.arrivals && phone.arrivals > 100 && tv.failed == 0)
    // All calls that it holds end with it.
    #expect(try outcome.workload("phone").inFlight < 40)
  }

  /// Devices of the cohort, the same at 20% as among those at 50%, and one of them.
  @Test func `nests in its devices`() throws {
    func failed(_ scope: String) throws -> Int {
      let outcome = try broadcast("inject: error, target: phone, scope: \(scope)", devices: ", devices: 50")
        .replications(1)[0]
      #expect(try outcome.workload("tv").failed == 0)
      return try outcome.workload("phone", window: 1).failed
    }
    let (one, some, half, all) = (
      try failed("one device"), try failed("20%"), try failed("50%"), try failed("100%")
    )
    #expect(one > 0 && one < some && some < half && half < all)
    // 50 devices, of which binomially many are struck: within five standard deviations.
    #expect((Double(half) / Double(all) - 0.5).magnitude < 0.36)
  }

  /// What a CDN asks its origin after the 5 ms of its edge: a failure takes no time, a hang lasts until the fault ends, and
  /// latency is added to the 10 ms of the origin; the answer takes 20 ms more, and a segment a second.
  @Test(
    arguments: [
      ("inject: error", 1.0, 500 as Int32, ms(25)), ("inject: unavailable", 1, 502, ms(25)),
      ("inject: hang", 1, 500, ms(1_020)), ("inject: latency, add: 300ms", 0, 200, ms(1_335)),
    ])
  func `has its like in a CDN's calls to its origin`(fault: String, failing: Double, status: Int32, took: Int64) throws
  {
    let (outcome, records) = try Broadcast(
      """
      model: origin
      time: {horizon: 60s}
      catalog: {titles: 1, popularity: zipf(0), duration: 4s, ladder: [1Mbps], segment: 4s}
      players: {viewer: {like: basic, bandwidth: 4Mbps, latency: 20ms}}
      sessions: {arrivals: \(replayed), start: [segment]}
      cdns:
        alpha: {edge: {sites: 1, cache: {size: unlimited}, latency: 5ms}, origin: origin.segment}
        beta: {edge: {sites: 1, cache: {size: unlimited}, latency: 5ms}, origin: origin.segment}
      steering: {policy: weighted(alpha=100% beta=0%)}
      services: {origin: {pool: {threads: unbounded}, endpoints: {segment: [work: 10ms]}}}
      """,
      faults: """
        f: {at: 0s, for: 1s, \(fault), target: alpha -> origin}
        other: {at: 0s, for: 1s, inject: error, target: beta -> origin}
        """, files: plays(at: [0])
    ).told()
    let line = try #require(records.deliveries.first)
    #expect(line.status == status && line.ended - line.began == took)
    #expect(try outcome.cdn().originFailures == Int(failing))
  }
}
