import Engine
import Model
import Testing

/// Faults of streaming in combinations, each against what is worked out by hand.
@Suite struct `Faults of streaming together` {
  /// A hang whose scope grows to everyone within 10 s, twice: at 5 s it strikes whom half of the requests are, each time.
  @Test func `move anew with each repetition`() throws {
    let times = [15.0, 35].flatMap { start in (0..<100).map { start + Double($0) * 1e-9 } }
    func struck(_ scope: String, _ effect: String) throws -> [UInt64] {
      let lines = try NetworkBroadcast().deliveries(
        at: times,
        "f: {at: 10s, for: 10s, repeat: {every: 20s, times: 2}, inject: \(effect), target: viewer, scope: \(scope)}")
      #expect(lines.count == 200)
      return lines.filter { $0.status != 200 }.map(\.session)
    }
    for effect in ["hang", "loss, probability: 100%"] {
      let moving = try struck("from 0% to 100% of requests over 10s", effect)
      let fixed = try struck("50% of requests", effect)
      // A session's uniform lies between the two by chance of 2e-8.
      #expect(moving == fixed && moving.count > 60 && moving.count < 140, "\(effect)")
    }
  }

  /// Up for 10 s and down for 5, new at first: down from 10 to 15 s and from 25 to 30 s.
  @Test func `fail a CDN and its origin by a common cause`() throws {
    func lines(_ failure: String) throws -> [DeliveryLine] {
      try Broadcast(
        """
        model: common
        time: {horizon: 60s}
        catalog: {titles: 1, popularity: zipf(0), duration: 4s, ladder: [1Mbps], segment: 4s}
        players: {viewer: {like: basic, bandwidth: 4Mbps, latency: 10ms}}
        sessions: {arrivals: \(replayed), start: [segment]}
        cdns:
          alpha: {edge: {sites: 1, cache: {size: 1KB}, latency: 0ms}, origin: origin.segment}
        services: {origin: {pool: {threads: unbounded}, endpoints: {segment: []}}}
        failures: {power: {\(failure), every: 10s, repair: 5s, start: new}}
        """, files: plays(at: [5, 12, 16, 27, 31])
      ).told().records.deliveries.sorted { $0.began < $1.began }
    }
    #expect(try lines("target: [alpha, origin], inject: unavailable").map(\.status) == [200, -1, 200, -1, 200])
    // Cut off from its origin the CDN waits for it, and answers 10 ms after it is back; the cache keeps nothing.
    let cut = try lines("target: alpha, inject: partition")
    #expect(cut.map(\.firstByte) == [5010, 15_010, 16_010, 30_010, 31_010].map { ms($0) })
    let apart = try lines("target: viewer, from: alpha, inject: partition")
    #expect(apart.map(\.firstByte) == [5010, 15_010, 16_010, 30_010, 31_010].map { ms($0) })
  }

  /// Messages of a call are lost with 50% each: it takes 10 ms and 200 ms x (2^a + 2^b - 2), RFC 6298; then come 25 ms and
  /// the segment at (11680 / 20 ms) sqrt(3). Neither is lost in a quarter of the cases; nothing is of the others' calls.
  @Test func `lose what a cohort asks of services`() throws {
    let outcome = try Broadcast(
      """
      model: lossy
      time: {horizon: 400s}
      catalog: {titles: 1, popularity: zipf(0), duration: 1s, ladder: [1Mbps], segment: 1s}
      players:
        phone: {share: 50%, like: basic, bandwidth: 4Mbps, latency: 20ms}
        tv: {share: 50%, like: basic, bandwidth: 4Mbps, latency: 20ms}
      sessions: {arrivals: constant(10/s), start: [play, segment], dependencies: {play: {call: api.play}}}
      cdns: {alpha: {edge: {sites: 1, cache: {size: unlimited}, latency: 5ms}, origin: origin.segment}}
      services:
        api: {pool: {threads: unbounded}, endpoints: {play: [work: 10ms]}}
        origin: {pool: {threads: unbounded}, endpoints: {segment: []}}
      """, faults: "f: {at: 1s, for: 1h, inject: loss, probability: 50%, target: phone}"
    ).told()
    let events = outcome.records.events.filter { $0.time >= 1_000_000_000 && $0.time < 300_000_000_000 }
    let begun = Dictionary(
      uniqueKeysWithValues: events.filter { $0.kind == .attempt }.map { ($0.session, $0.time) })
    let segment = 1e6 / (11_680 / 0.02 * (3 as Double).squareRoot()).rounded()
    var (whole, phones) = (0, 0)
    for event in outcome.records.events where event.kind == .start {
      guard let attempt = begun[event.session] else { continue }
      let took = Double(event.time - attempt) / 1e9
      if event.cohort == 1 {
        #expect((took - 0.285).magnitude < 1e-8)
        continue
      }
      // Eleven losses and more, of which the waits are 120 s at most, are left out.
      if took > 250 { continue }
      let lost = (took - 0.035 - segment) / 0.2
      #expect((lost - lost.rounded()).magnitude < 1e-6 && lost > -0.5, "\(took)")
      // 2^a + 2^b - 2.
      let sum = Int(lost.rounded()) + 2
      #expect((0..<20).contains { a in (0..<20).contains { b in 1 << a + 1 << b == sum } })
      phones += 1
      if sum == 2 { whole += 1 }
    }
    #expect(phones > 1000)
    expectShare("nothing lost", whole, of: phones, is: 0.25, precision: 0.2)
  }

  /// Less is sent by a site that is held back, and steering, which goes by the capacity that is stated, turns nobody away:
  /// the load is egress / 8 Mbit/s.
  @Test(arguments: [("factor: 25%", 4.0), ("factor: from 100% to 25% over 1ms", 4)])
  func `hold back a site that steering thinks whole`(left: String, slower: Double) throws {
    func lines(_ faults: String) throws -> [DeliveryLine] {
      try Broadcast(
        """
        model: capped
        time: {horizon: 200s}
        catalog: {titles: 1, popularity: zipf(0), duration: 4s, ladder: [1Mbps], segment: 4s}
        players: {viewer: {like: basic, bandwidth: 100Mbps, latency: 10ms}}
        sessions: {arrivals: \(replayed), start: [segment]}
        cdns:
          alpha: {edge: {sites: 1, cache: {size: unlimited}, latency: 0ms, capacity: 8Mbps}, origin: origin.segment}
          beta: {edge: {sites: 1, cache: {size: unlimited}, latency: 0ms, capacity: 8Mbps}, origin: origin.segment}
        steering: {policy: priority(alpha beta), cap: 90%, every: 1s, telemetry: {window: 2s}}
        services: {origin: {pool: {threads: unbounded}, endpoints: {segment: []}}}
        """, faults: faults, files: plays(at: [10, 20, 30, 40])
      ).told().records.deliveries.sorted { $0.began < $1.began }
    }
    let calm = try lines("f: {at: 199s, for: 1s, inject: latency, add: 1ms, target: origin}")
    let slow = try lines("f: {at: 5s, for: 150s, inject: bandwidth, \(left), target: alpha}")
    #expect(calm.allSatisfy { $0.cdn == 0 } && slow.allSatisfy { $0.cdn == 0 })
    #expect(calm.map { $0.ended - $0.firstByte } == Array(repeating: ms(500), count: 4))
    #expect(slow.map { $0.ended - $0.firstByte } == Array(repeating: ms(500) * Int64(slower), count: 4))
  }
}
