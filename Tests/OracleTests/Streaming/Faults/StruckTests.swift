import Engine
import Model
import Testing

/// What faults of networks strike of what is under way: a transfer lasts a second from 10 ms after its request on.
///
/// Mutations: only requests that are made while the fault is active; all sessions there are.
@Suite struct `What a fault of a network strikes` {
  private func struck(_ fault: String, at times: [Double]) throws -> [Bool] {
    try NetworkBroadcast().broadcast(at: times, fault).logged().requests.sorted { $0.arrived < $1.arrived }
      .map { $0.flags.contains(.struck) }
  }

  /// From 5.5 to 5.6 s: what ended at 5.01 s and what began at 5.7 s is not struck; what has been sent since 4.6 s is, and
  /// what was asked for at 5.495 s, and what is asked for in the meantime.
  @Test(
    arguments: [
      "inject: bandwidth, to: 1Mbps, target: viewer", "inject: bandwidth, to: 900Gbps, target: viewer",
      "inject: bandwidth, to: 5Gbps, target: alpha",
      "inject: bandwidth, to: from 5Gbps to 1Gbps over 50ms, target: alpha#0",
      "inject: loss, probability: 1%, target: viewer", "inject: loss, probability: 100%, target: alpha",
      "inject: partition, target: viewer, from: alpha",
      "inject: bandwidth, factor: from 100% to 50% over 1min, target: viewer",
    ])
  func `is what is under way when it begins, too`(fault: String) throws {
    let times = [4, 4.6, 5.495, 5.55, 5.7]
    #expect(try struck("f: {at: 5500ms, for: 100ms, \(fault)}", at: times) == [false, true, true, true, false])
  }

  @Test func `is nothing of another CDN`() throws {
    let times = [4, 4.6, 5.495, 5.55, 5.7]
    let other = try struck("f: {at: 5500ms, for: 100ms, inject: bandwidth, to: 1Mbps, target: beta}", at: times)
    #expect(other == [false, false, false, false, false])
  }

  /// Within 100 ms half of the sessions: of those that stand at 5 s a part between none and all.
  @Test func `is whom its scope has picked by then`() throws {
    let times = (0..<100).map { 4.6 + Double($0) * 1e-6 }
    func count(_ scope: String) throws -> Set<Int> {
      let flags = try struck(
        "f: {at: 5s, for: 100ms, inject: bandwidth, to: 1Mbps, target: viewer, scope: \(scope)}", at: times)
      return Set(flags.indices.filter { flags[$0] })
    }
    // At its end it has come to 50%, by steps: the last one before that is 99% of it.
    let (moving, before, after) = (
      try count("from 0% to 50% of requests over 100ms"), try count("49% of requests"), try count("50% of requests")
    )
    #expect(before.isSubset(of: moving) && moving.isSubset(of: after) && moving.count > 25 && moving.count < 75)
  }
}
