import Testing

@testable import ratchet_bench

@Suite struct `A target` {
  private func row(_ workload: Workload, requests: Int, seconds: Double) throws -> WorkloadSummary {
    try #require(WorkloadSummary(workload, [Measurement(seconds: seconds, requests: requests, events: 4 * requests)]))
  }

  private func row(_ peer: SimPy.Peer, requests: Int, seconds: Double) throws -> WorkloadSummary {
    let run = SimPy.Run(seconds: seconds, requests: requests, meanSeconds: [:], simpy: "4", python: "3")
    return try #require(WorkloadSummary(peer, [run]))
  }

  private func value(_ name: String, _ rows: [WorkloadSummary]) throws -> Double? {
    try #require(Target.all(rows).first { $0.name == name }).value
  }

  @Test func `compares what was measured of whole runs`() throws {
    let rows = [
      try row(Workload.chain, requests: 2_000_000, seconds: 1),
      try row(.handWritten, requests: 2_000_000, seconds: 0.5),
      try row(.scaled, requests: 2_000_000, seconds: 1.5), try row(SimPy.Peer.chain, requests: 30_000, seconds: 3),
      try row(.replications, requests: 10_000_000, seconds: 0.4),
    ]
    #expect(try value("chain-to-hand-written", rows) == 0.5)
    #expect(try value("scaled-to-chain", rows) == 1.5)
    #expect(try value("chain-to-simpy", rows) == 200)
    #expect(try value("mm1-to-simpy", rows) == nil)
    #expect(try value("replications-seconds", rows) == 0.4)
    let verdicts = Dictionary(uniqueKeysWithValues: Target.all(rows).map { ($0.name, $0.isReached) })
    #expect(verdicts["chain-to-hand-written"] == true && verdicts["scaled-to-chain"] == true)
    #expect(verdicts["chain-to-simpy"] == false && verdicts["mm1-to-simpy"] == .some(nil))
  }

  /// Arrivals are random, so that nearly all requests are enough; half of them are not.
  @Test(arguments: [(1_990_000, true), (1_000_000, false)])
  func `is not measured in short runs`(requests: Int, isTold: Bool) throws {
    let rows = [
      try row(Workload.chain, requests: requests, seconds: 1), try row(.handWritten, requests: 2_000_000, seconds: 1),
      try row(.scaled, requests: 2_000_000, seconds: 1), try row(SimPy.Peer.chain, requests: 30_000, seconds: 3),
    ]
    for name in ["chain-to-hand-written", "scaled-to-chain", "chain-to-simpy"] {
      #expect(try (value(name, rows) != nil) == isTold)
    }
  }

  @Test func `is not measured beside short runs of SimPy`() throws {
    let rows = [
      try row(Workload.chain, requests: 2_000_000, seconds: 1), try row(SimPy.Peer.chain, requests: 10_000, seconds: 1),
    ]
    #expect(try value("chain-to-simpy", rows) == nil)
  }
}
