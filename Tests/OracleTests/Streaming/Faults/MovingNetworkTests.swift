import Engine
import Model
import Testing

/// Networks that get worse bit by bit, and for ever more players.
///
/// Mutations: transfers that keep the rate at which they began; a scope that moves for later requests alone; steps that are
/// those of another ramp.
@Suite struct `A fault of a network that moves` {
  /// From 4 to 2 Mbit/s within a second from the first byte on, in 100 steps of 10 ms: the k-th carries 4 (1 - k / 200)
  /// x 10 ms, together 3.01 Mbit, and the other 0.99 Mbit take 0.495 s. Of a site, each of two has half of 8 Mbit/s.
  @Test(
    arguments: [
      ("factor: from 100% to 50% over 1s, target: viewer", 1), ("to: from 4Mbps to 2Mbps over 1s, target: viewer", 1),
      ("factor: from 100% to 50% over 1s, target: alpha", 2), ("to: from 8Mbps to 4Mbps over 1s, target: alpha#0", 2),
    ])
  func `takes transfers under way along`(fault: String, viewers: Int) throws {
    var network = NetworkBroadcast()
    if viewers > 1 {
      network.bandwidth = "6Mbps"
      network.edge = ", capacity: 8Mbps"
    }
    let times = try network.transfers(
      at: Array(repeating: 0, count: viewers), "slow: {at: 10ms, for: 100s, inject: bandwidth, \(fault)}")
    #expect(times.count == viewers)
    for time in times { #expect((time - 1.495).magnitude < 1e-7, "\(time)") }
  }

  /// Back to 4 Mbit/s after it, and once more with each time it comes: 3.01 Mbit in the first second, 0.99 at the full rate.
  @Test func `begins anew each time`() throws {
    let times = try NetworkBroadcast().transfers(
      at: [0, 5],
      "slow: {at: 10ms, for: 1s, repeat: {every: 5s, times: 2}, inject: bandwidth, "
        + "factor: from 100% to 50% over 1s, target: viewer}")
    for time in times { #expect((time - 1.2475).magnitude < 1e-7, "\(time)") }
  }

  /// (1460 x 8 bits / RTT) sqrt(3/2) / sqrt(p), by Mathis and others 1997, p being 0.01% more every 10 ms.
  @Test func `caps transfers as the loss grows`() throws {
    var network = NetworkBroadcast(bandwidth: "20Mbps", latency: "100ms")
    network.length = 8
    var left = 8e6
    var exact = 0.0
    for step in 0..<100 {
      let cap = step == 0 ? 20e6 : min(20e6, 11_680 / 0.1 * (1.5 / (1e-4 * Double(step))).squareRoot())
      left -= cap * 0.01
      exact += 0.01
    }
    #expect(left > 0)
    exact += left / (11_680 / 0.1 * (1.5 as Double).squareRoot() / 0.1)
    let times = try network.transfers(
      at: [0], "lossy: {at: 100ms, for: 100s, inject: loss, probability: from 0% to 1% over 1s, target: viewer}")
    #expect(times.count == 1 && (times[0] - exact).magnitude < 1e-5, "\(times), \(exact)")
  }

  /// A request after the last step is not answered until the fault ends; one at the first step of a loss that falls from
  /// 100% until the second.
  @Test func `is silent while everything is lost`() throws {
    let network = NetworkBroadcast(latency: "100ms")
    let rising = try network.deliveries(
      at: [0, 1.5],
      "lossy: {at: 0s, for: 10s, inject: loss, probability: from 0% to 100% over 1s, target: viewer}")
    #expect(rising.map(\.status) == [200, -1] && rising[1].ended == ms(10_100) && rising[0].ended > ms(10_000))
    let falling = try network.deliveries(
      at: [0], "lossy: {at: 0s, for: 10s, inject: loss, probability: from 100% to 0% over 1s, target: viewer}")
    #expect(falling.map(\.status) == [-1] && falling[0].ended == ms(110))
  }

  // MARK: A scope that moves

  /// When each of 300 sessions entered the scope, in seconds from the beginning of the fault on, by its key: of 40 Mbit at
  /// 4 Mbit/s, e seconds of that, the rest at 1, so that the time is 40 - 3 e; or where it moves out of it, 10 + 0.75 e.
  private func entries(_ scope: String, devices: String = "", isLeaving: Bool = false) throws -> [UInt64: Double] {
    var network = NetworkBroadcast()
    network.length = 40
    network.player = devices + ", buffer: {target: 80s}"
    let lines = try network.deliveries(
      at: Array(repeating: 0, count: 300),
      "slow: {at: 10ms, for: 100s, inject: bandwidth, to: 1Mbps, target: viewer, scope: \(scope)}")
    return Dictionary(
      uniqueKeysWithValues: lines.map { line in
        let time = Double(line.ended - line.firstByte) / 1e9
        return (line.session, isLeaving ? (time - 10) / 0.75 : (40 - time) / 3)
      })
  }

  /// Each enters once, at one of the 100 steps; those at 30% are among those of the moving scope at 3 s, and nobody else.
  @Test(arguments: [("of requests", ""), ("of devices", ", devices: 120")])
  func `nests at every moment, under way too`(unit: String, devices: String) throws {
    let rising = try entries("from 0% to 100% \(unit) over 10s", devices: devices)
    let falling = try entries("from 100% to 0% \(unit) over 10s", devices: devices, isLeaving: true)
    #expect(rising.count == 300)
    for moment in rising.values {
      #expect((moment * 10 - (moment * 10).rounded()).magnitude < 1e-5 && moment > 0.09 && moment < 10.01, "\(moment)")
    }
    for part in [10, 30, 75] {
      let struck = try entries("\(part)% \(unit)", devices: devices).filter { $0.value < 1 }
      #expect(!struck.isEmpty && struck.count < 300)
      #expect(Set(struck.keys) == Set(rising.filter { $0.value < Double(part) / 10 + 0.05 }.keys))
      #expect(Set(struck.keys) == Set(falling.filter { $0.value > 10 - Double(part) / 10 + 0.05 }.keys))
    }
    if devices.isEmpty { expectShare("in scope", rising.values.count { $0 < 5.05 }, of: 300, is: 0.5, precision: 0.3) }
  }
}
