import Engine
import Model
import Testing

/// Players, CDNs and services between which nothing gets through; times worked out by hand.
///
/// Mutations: what waits is lost; answers that get through; a partition that goes by the CDN and not by its site; tiers of
/// which one is taken for the other.
@Suite struct `A partition of players and CDNs` {
  private let network = NetworkBroadcast()

  /// A transfer of a second from 10 ms on stands still from 510 to 2510 ms. The first byte that was due at 515 ms comes at
  /// 2510 ms, and what was asked for at 1 s is asked for then, and begins 10 ms later.
  @Test(
    arguments: [
      "target: viewer, from: alpha", "target: alpha, from: viewer", "target: [viewer, origin], from: alpha#0",
      "target: alpha edge, from: sessions", "target: viewer, from: [alpha, beta]",
    ])
  func `holds back what is under way until it ends`(groups: String) throws {
    let lines = try network.deliveries(
      at: [0, 0.505, 1, 5], "cut: {at: 510ms, for: 2s, inject: partition, \(groups)}")
    #expect(lines.map(\.status) == [200, 200, 200, 200])
    #expect(lines.map(\.firstByte) == [10, 2510, 2520, 5010].map { ms($0) })
    #expect(lines.map(\.ended) == [3010, 3510, 3520, 6010].map { ms($0) })
  }

  /// An error that was due at 10 ms.
  @Test func `holds back failures too`() throws {
    let lines = try network.deliveries(
      at: [0],
      "a: {at: 0s, for: 3ms, inject: error, target: alpha}\n"
        + "b: {at: 5ms, for: 1s, inject: partition, target: viewer, from: alpha}")
    #expect(lines.map(\.status) == [503] && lines.map(\.ended) == [ms(1005)])
  }

  @Test func `is waited for as a hang`() throws {
    var network = network
    network.like = "hls.js"
    let cut = try network.deliveries(at: [0], "f: {at: 0s, for: 1h, inject: partition, target: viewer, from: alpha}")
    let hung = try network.deliveries(at: [0], "f: {at: 0s, for: 1h, inject: hang, target: viewer}")
    #expect(cut[0].ended == 10_000_000_000 && cut[0].result == .clientGone)
    // Then it turns to the other CDN, which is not cut off.
    let other = try #require(cut.first { $0.cdn != cut[0].cdn })
    #expect(other.status == 200 && hung.allSatisfy { $0.status != 200 })
    let same = cut.filter { $0.cdn == cut[0].cdn }
    #expect(same.map(\.ended) == hung.filter { $0.cdn == cut[0].cdn }.map(\.ended) && same.count == 5)
  }

  /// To the nanosecond: another CDN, all services (players reach the CDN), nobody.
  @Test(arguments: ["target: viewer, from: beta", "target: viewer", "target: beta"])
  func `leaves alone what is not across it`(groups: String) throws {
    let times = (0..<20).map { Double($0) * 0.13 }
    let cut = try network.deliveries(at: times, "f: {at: 510ms, for: 1s, inject: partition, \(groups)}")
    let calm = try network.deliveries(at: times, "f: {at: 199s, for: 1s, inject: latency, add: 1ms, target: origin}")
    #expect(cut == calm && cut.count == 20)
  }

  /// One partition after the other, which overlap: it is over at 3 s.
  @Test func `ends when the last one does`() throws {
    let lines = try network.deliveries(
      at: [1.5],
      "a: {at: 1s, for: 1s, inject: partition, target: viewer, from: alpha}\n"
        + "b: {at: 1s, for: 2s, inject: partition, target: alpha, from: viewer}")
    #expect(lines.map(\.firstByte) == [ms(3010)] && lines.map(\.ended) == [ms(4010)])
  }

  // MARK: Calls of services

  /// The API is asked first, for 10 ms, then 25 ms and a second of segment. From 10 s to 30 s it is out of reach.
  @Test(
    arguments: [
      ("target: phone, from: api", "phone"), ("target: api, from: phone", "phone"), ("target: phone", "phone"),
      ("target: sessions, from: api", "both"), ("target: [phone, tv]", "both"), ("target: phone, from: origin", "none"),
    ])
  func `cuts players off from services`(groups: String, who: String) throws {
    let outcome = try Broadcast(
      """
      model: cohorts
      time: {horizon: 60s}
      catalog: {titles: 1, popularity: zipf(0), duration: 4s, ladder: [1Mbps], segment: 4s}
      players:
        phone: {share: 50%, like: basic, bandwidth: 4Mbps, latency: 20ms}
        tv: {share: 50%, like: basic, bandwidth: 4Mbps, latency: 20ms}
      sessions: {arrivals: constant(20/s), start: [play, segment], dependencies: {play: {call: api.play}}}
      cdns: {alpha: {edge: {sites: 1, cache: {size: unlimited}, latency: 5ms}, origin: origin.segment}}
      services:
        api: {pool: {threads: unbounded}, endpoints: {play: [work: 10ms]}}
        origin: {pool: {threads: unbounded}, endpoints: {segment: []}}
      """, faults: "f: {at: 10s, for: 20s, inject: partition, \(groups)}",
      windows: [.run, Window(.between(.seconds(29), .milliseconds(29_990)))]
    ).replications(1)[0]
    for name in ["phone", "tv"] {
      let tally = try outcome.workload(name, window: 1)
      let isCutOff = who == name || who == "both"
      // Those of 29 s to 29.95 s, every 50 ms, wait for 1 s to 50 ms.
      #expect(tally.failed == 0 && tally.arrivals > 2)
      if isCutOff {
        #expect(try tally.meanLatency > 1.035 + 0.049 && tally.meanLatency < 1.035 + 1.001)
      } else {
        #expect((try tally.meanLatency - 1.035).magnitude < 1e-9)
      }
    }
    if who == "both" {
      let all = try outcome.workload("sessions", window: 1)
      let mean = try all.meanLatency
      #expect(all.arrivals == 20 && (mean - 1.035 - 0.525).magnitude < 1e-9)
    }
  }

  // MARK: Within a CDN, and behind it

  /// A segment of 10 Mbit in 10 ms; the network takes 20 ms, an edge 5, a shield 3, the origin 100 ms.
  private func fetch(_ faults: String, at times: [Double] = [0], shield: Bool = true) throws -> [DeliveryLine] {
    try Broadcast(
      """
      model: tiers
      time: {horizon: 100s}
      catalog: {titles: 1, popularity: zipf(0), duration: 10s, ladder: [1Mbps], segment: 10s}
      players: {viewer: {like: basic, bandwidth: 1Gbps, latency: 20ms}}
      sessions: {arrivals: \(replayed), start: [segment]}
      cdns:
        alpha:
          edge: {sites: 1, cache: {size: unlimited}, latency: 5ms}
          \(shield ? "shield: {sites: 1, latency: 3ms, cache: {size: unlimited}}" : "")
          origin: origin.segment
      services: {origin: {pool: {threads: unbounded}, endpoints: {segment: [work: 100ms]}}}
      """, faults: faults, files: plays(at: times)
    ).told().records.deliveries.sorted { ($0.began, $0.session) < ($1.began, $1.session) }
  }

  /// Whoever asks the origin waits from 8 ms, or without a shield 5 ms, to 1 s; its answer takes 100 and 20 ms more.
  @Test(
    arguments: [
      ("alpha, from: origin", true, 1120), ("alpha shield, from: origin", true, 1120), ("alpha", true, 1120),
      ("origin, from: alpha", true, 1120), ("alpha edge, from: origin", true, 128), ("alpha#0", false, 1120),
      ("alpha edge", false, 1120), ("alpha, from: viewer", true, 1020 + 128 - 20),
    ] as [(String, Bool, Int64)])
  func `cuts a CDN off from its origin`(groups: String, shield: Bool, firstByte: Int64) throws {
    let lines = try fetch("cut: {at: 0s, for: 1s, inject: partition, target: \(groups)}", shield: shield)
    #expect(lines.map(\.status) == [200] && lines.map(\.firstByte) == [ms(firstByte)])
  }

  /// The edge asks at 5 ms and has the answer at 108 ms. From 0 s on its question waits for 1 s, from 50 ms on the answer
  /// waits for 1.05 s, with a further request that joins it.
  @Test(arguments: ["alpha edge, from: alpha shield", "alpha shield, from: alpha#0"])
  func `cuts an edge off from its shield`(groups: String) throws {
    let asking = try fetch("cut: {at: 0s, for: 1s, inject: partition, target: \(groups)}", at: [0, 0.5])
    #expect(asking.map(\.firstByte) == [ms(1123), ms(1123)] && asking[1].result == .collapsed)
    let answering = try fetch("cut: {at: 50ms, for: 1s, inject: partition, target: \(groups)}", at: [0, 0.5])
    #expect(answering.map(\.firstByte) == [ms(1070), ms(1070)])
    // A failure at 8 ms is told at 1006 ms.
    let failing = try fetch(
      "broken: {at: 0s, for: 20ms, inject: error, target: origin}\n"
        + "cut: {at: 6ms, for: 1s, inject: partition, target: \(groups)}")
    #expect(failing.map(\.status) == [500] && failing.map(\.ended) == [ms(1026)])
    // What the shield has is on its way from 1.105 s for 3 ms.
    let held = try fetch(
      "flush: {at: 1s, inject: flush-cache, target: alpha edge}\n"
        + "cut: {at: 1106ms, for: 1s, inject: partition, target: \(groups)}", at: [0, 1.1])
    #expect(held[1].result == .shieldHit && held[1].firstByte == ms(2126))
  }
}
