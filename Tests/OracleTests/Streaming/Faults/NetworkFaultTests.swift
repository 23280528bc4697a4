import Engine
import Model
import Testing

/// Transfers of 4 Mbit whose rates change while they are under way; worked out by hand.
///
/// Mutations: a cap that is changed only for later requests; a factor that is not taken back.
@Suite struct `A fault of a network` {
  /// Deliveries of one segment each, in the order of their requests.
  /// - Parameters:
  ///   - edge: further keys of the edge, with a comma before each.
  ///   - player: further keys of the cohort `viewer`, with a comma before each.
  private func deliveries(
    at times: [Double], bandwidth: String, latency: String = "10ms", edge: String = "", player: String = "",
    sites: Int = 1, like: String = "basic", _ faults: String
  ) throws -> [DeliveryLine] {
    try Broadcast(
      """
      model: network
      time: {horizon: 200s}
      catalog: {titles: 1, popularity: zipf(0), duration: 4s, ladder: [1Mbps], segment: 4s}
      players: {viewer: {like: \(like), bandwidth: \(bandwidth), latency: \(latency)\(player)}}
      sessions: {arrivals: \(replayed), start: [segment]}
      cdns:
        alpha:
          edge: {sites: \(sites), cache: {size: unlimited}, latency: 0ms\(edge)}
          origin: origin.segment
      services: {origin: {pool: {threads: unbounded}, endpoints: {segment: []}}}
      """,
      faults: faults, files: plays(at: times)
    ).told().records.deliveries.sorted { ($0.began, $0.session) < ($1.began, $1.session) }
  }

  private func seconds(_ lines: [DeliveryLine]) -> [Double] {
    lines.map { Double($0.ended - ($0.firstByte < 0 ? $0.began : $0.firstByte)) / 1e9 }
  }

  /// 4 Mbit/s and 4 Mbit: in a second. A quarter of the rate from 0.51 to 1.51 s: half is there at 0.51 s, a quarter
  /// follows until 1.51 s, and the rest takes 0.25 s. To 1 Mbit/s it is the same; both at once leave 1 Mbit/s, the least.
  @Test(
    arguments: [
      "slow: {at: 510ms, for: 1s, inject: bandwidth, factor: 25%, target: viewer}",
      "slow: {at: 510ms, for: 1s, inject: bandwidth, to: 1Mbps, target: viewer}",
      "a: {at: 510ms, for: 1s, inject: bandwidth, factor: 50%, target: viewer}\n"
        + "b: {at: 510ms, for: 1s, inject: bandwidth, factor: 50%, target: viewer}",
      "a: {at: 510ms, for: 1s, inject: bandwidth, factor: 50%, target: viewer}\n"
        + "b: {at: 510ms, for: 1s, inject: bandwidth, to: 1Mbps, target: viewer}",
    ])
  func `of a cohort changes what is under way`(faults: String) throws {
    let lines = try deliveries(at: [0, 10], bandwidth: "4Mbps", faults)
    #expect(lines.map(\.firstByte) == [ms(10), ms(10_010)])
    let exact = [1.75, 1]
    for (time, exact) in zip(seconds(lines), exact) { #expect((time - exact).magnitude < 3e-9, "\(time)") }
  }

  /// A limit that nothing reaches changes nothing, to the nanosecond and to the bit.
  @Test func `without effect changes nothing`() throws {
    let times = (0..<50).map { Double($0) * 0.37 }
    let bandwidth = "lognormal(mean=5Mbps cv=0.8)"
    let idle = try deliveries(
      at: times, bandwidth: bandwidth, "slow: {at: 3s, for: 5s, inject: bandwidth, to: 900Gbps, target: viewer}")
    let calm = try deliveries(
      at: times, bandwidth: bandwidth, "none: {at: 199s, for: 1s, inject: latency, add: 1ms, target: origin}")
    #expect(idle == calm && idle.count == 50)
  }

  /// Two at once on a site of 8 Mbit/s, each with a network of 6: 4 each. Halved at 0.26 s, to 2 each: 1 Mbit is there of
  /// each, and after 1 s, at 1.26 s, 3; then the last one takes 0.25 s.
  @Test(
    arguments: [
      ("alpha", "factor: 50%"), ("alpha#0", "factor: 50%"), ("alpha edge", "factor: 50%"), ("alpha", "to: 4Mbps"),
    ])
  func `of a site shares what is left`(target: String, left: String) throws {
    let lines = try deliveries(
      at: [0, 0], bandwidth: "6Mbps", edge: ", capacity: 8Mbps",
      "slow: {at: 260ms, for: 1s, inject: bandwidth, \(left), target: \(target)}")
    for time in seconds(lines) { #expect((time - 1.5).magnitude < 3e-9, "\(time)") }
  }

  /// Where a site states no capacity, it has one while the fault lasts: 2 Mbit/s for two, from 0.26 to 1.26 s. Each has
  /// 1.5 Mbit by then at 6 Mbit/s, 1 more afterwards, and 1.5 in another 0.25 s.
  @Test func `of a site limits one without capacity`() throws {
    let lines = try deliveries(
      at: [0, 0], bandwidth: "6Mbps", "slow: {at: 260ms, for: 1s, inject: bandwidth, to: 2Mbps, target: alpha}")
    for time in seconds(lines) { #expect((time - 1.5).magnitude < 3e-9, "\(time)") }
  }

  /// (1460 x 8 bits / RTT) sqrt(3/2) / sqrt(p), by Mathis and others 1997: at 100 ms and 1% 1,430,502.01 bit/s, at 50 ms
  /// and 4% the same.
  @Test(arguments: [("100ms", "1%"), ("50ms", "4%")])
  func `that loses packets caps a transfer`(latency: String, loss: String) throws {
    for target in ["viewer", "alpha", "alpha#0"] {
      let lines = try deliveries(
        at: [0], bandwidth: "100Mbps", latency: latency,
        "lossy: {at: 0s, for: 100s, inject: loss, probability: \(loss), target: \(target)}")
      let rate = 11_680 / 0.1 * (1.5 as Double).squareRoot() / 0.1
      #expect((rate - 1_430_502.01).magnitude < 0.01)
      for time in seconds(lines) { #expect((time - 4e6 / rate.rounded()).magnitude < 1e-8, "\(time)") }
    }
  }

  /// It leaves a network that carries less anyway as it is, and is a cap of each transfer: two share a site of 2 Mbit/s
  /// where each could have 1.43.
  @Test func `that loses packets is a cap beside others`() throws {
    let lossy = "lossy: {at: 0s, for: 100s, inject: loss, probability: 1%, target: viewer}"
    let slow = try deliveries(at: [0], bandwidth: "1Mbps", latency: "100ms", lossy)
    #expect(seconds(slow) == [4])
    let shared = try deliveries(at: [0, 0], bandwidth: "100Mbps", latency: "100ms", edge: ", capacity: 2Mbps", lossy)
    for time in seconds(shared) { #expect((time - 4).magnitude < 3e-9, "\(time)") }
  }

  /// All is lost from 0.51 to 2.51 s: half is there, nothing follows for 2 s, and then the rest. A request in between is
  /// not answered: without a timeout its connection is gone when the fault ends, 10 ms later.
  @Test func `that loses everything is silent`() throws {
    let lines = try deliveries(
      at: [0, 1], bandwidth: "4Mbps", "lost: {at: 510ms, for: 2s, inject: loss, probability: 100%, target: viewer}")
    #expect(lines.map(\.status) == [200, -1])
    #expect(lines.map(\.ended) == [ms(3010), ms(2520)])
  }

  /// hls.js waits 10 s for a first byte, as in a hang.
  @Test func `that loses everything is waited for as a hang`() throws {
    let silent = ["inject: loss, probability: 100%", "inject: hang"].map {
      "gone: {at: 0s, for: 1h, \($0), target: viewer}"
    }
    let lost = try deliveries(at: [0], bandwidth: "4Mbps", like: "hls.js", silent[0])
    let hung = try deliveries(at: [0], bandwidth: "4Mbps", like: "hls.js", silent[1])
    #expect(lost.count > 1 && lost.map(\.ended) == hung.map(\.ended))
    #expect(lost[0].ended == 10_000_000_000 && lost[0].result == .clientGone)
  }
}
