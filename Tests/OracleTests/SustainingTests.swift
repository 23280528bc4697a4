import Campaign
import Model
import ModelFile
import Testing

/// Systems of which it is known by what they stay degraded, that nothing else does it, and that without it they don't.
///
/// Mutations: a sign of a mechanism that has no part in it; none of the one that has; signs in a system that came back.
@Suite struct `What sustains a degraded state` {
  private func diagnosis(_ model: String, _ fault: String) throws -> MetastabilityDiagnosis {
    let document = try ModelFile.decode(
      text: "scenario: oracle\nmodel: model.yaml\nfaults:\n  \(fault)\n", path: "scenario.yaml",
      files: ["model.yaml": model])
    guard case .scenario(let found) = document else { preconditionFailure("this is a scenario") }
    return try #require(
      MetastabilityDiagnosis(model: found.model.model, scenario: found.scenario, seed: 20170, replication: 0))
  }

  private func expectRecovered(_ diagnosis: MetastabilityDiagnosis) {
    #expect(diagnosis.findings.map(\.verdict) == [.recovered])
    #expect(diagnosis.signs.isEmpty && diagnosis.counterfactuals.isEmpty)
  }

  // MARK: A breaker

  /// Five calls a second need five of ten threads for a second each. While the breaker is open its fallback searches the
  /// archive of the same desk, for 10 s: ten such searches hold all ten threads, and of the probes and what follows them so
  /// many are refused that the breaker opens again. Without one, a search begins only where no thread is free for it either.
  private func desk(breaker: String) -> String {
    """
    model: flapping
    time: {horizon: 200s}
    workloads: {viewers: {arrivals: constant(5/s), call: front.page}}
    services:
      front:
        pool: {threads: unbounded}
        dependencies:
          desk: {call: desk.serve, \(breaker)fallback: {returns: archive, call: archive}}
          archive: {call: desk.search}
        endpoints: {page: [call: desk]}
      desk:
        pool: {threads: 10, queue: 0}
        endpoints: {serve: [work: 1s], search: [work: 10050ms]}
    """
  }

  private static let errors = "errs: {at: 60s, for: 20s, inject: error, target: desk.serve}"
  private static let breaker =
    "breaker: {failure-rate: 50%, window: 2 calls, minimum: 2 calls, open: 5s, half-open: 1 call}, "

  @Test func `may be a breaker that opens again and again, and nothing else`() throws {
    let flapping = try diagnosis(desk(breaker: Self.breaker), Self.errors)
    #expect(flapping.findings.map(\.verdict) == [.metastable])
    #expect(flapping.signs.map(\.mechanism) == [.breakers], "\(flapping.signs)")
    let sign = try #require(flapping.signs.first)
    #expect(sign.component == "front -> desk")
    let open = try #require(sign.measures.first { $0.quantity == .openShare })
    #expect(open.now > 0.8 && open.usual == 0)
    #expect(flapping.counterfactuals.map(\.removal) == [.breakers])
    #expect(flapping.counterfactuals.map(\.verdict) == [.recovered])
    expectRecovered(try diagnosis(desk(breaker: ""), Self.errors))
  }

  // MARK: A cold cache

  /// An origin of ten threads serves ten segments a second, and gives those up whose CDN has: no work is dead. What waits in
  /// its first-in-first-out queue behind more than it can serve gets its thread when it is too late to be done in time, so
  /// with 20 misses a second nothing is ever done, and what is not in the cache does not come into it.
  private func library(_ rate: String) -> String {
    """
    model: library
    time: {horizon: 300s, warmup: 150s}
    catalog: {titles: 200, popularity: zipf(0), duration: 4s, ladder: [1Mbps], segment: 4s}
    players: {tv: {like: basic, bandwidth: 1Gbps, latency: 20ms, watch: all}}
    sessions: {arrivals: piecewise(0s=8/s 140s=\(rate)), start: [segment]}
    cdns:
      alpha:
        edge: {sites: 1, cache: {size: unlimited}, latency: 5ms, collapse: no}
        origin: {call: origin.segment, timeout: 1400ms}
    services:
      origin: {pool: {threads: 10, queue: unbounded}, cancellation: propagate, endpoints: {segment: [work: 1s]}}
    """
  }

  private static let flush = "flush: {at: 160s, for: 10s, inject: flush-cache, target: alpha}"

  @Test func `may be a cache that stays cold, and nothing else`() throws {
    let cold = try diagnosis(library("20/s"), Self.flush)
    #expect(cold.findings.map(\.verdict) == [.metastable])
    #expect(cold.signs.map(\.mechanism) == [.coldCache], "\(cold.signs)")
    let sign = try #require(cold.signs.first)
    #expect(sign.component == "alpha")
    let hits = try #require(sign.measures.first { $0.quantity == .hitRatio })
    let usual = try #require(hits.usual)
    #expect(hits.now < 0.3 && usual > 0.98)
    #expect(cold.counterfactuals.isEmpty)
    // Eight a second, all of them misses, are less than it can do: the cache is warm again.
    expectRecovered(try diagnosis(library("8/s"), Self.flush))
  }

  // MARK: Players

  /// Seven plays a second, each of which needs 0.1 s of the origin, whose answers nothing keeps. A player that has waited
  /// 10 s for a first byte asks again at once, and up to four times: with 14 s in the queue that are 35 a second, of which
  /// all but ten come on top. The CDN goes on to wait for what it has asked, so that no work is for nobody.
  private static let impatient = """
    model: impatient
    time: {horizon: 240s}
    catalog: {titles: 1, popularity: zipf(0), duration: 4s, ladder: [1Mbps], segment: 4s}
    players: {web: {like: hls.js, bandwidth: 1Gbps, latency: 20ms, watch: all, patience: {startup: 60s, stall: 60s}}}
    sessions: {arrivals: constant(7/s), start: [segment]}
    cdns:
      alpha:
        edge: {sites: 1, cache: {size: unlimited, ttl: 1ms}, latency: 5ms, collapse: no}
        origin: origin.segment
    services:
      origin: {pool: {threads: 1, queue: unbounded}, endpoints: {segment: [work: 100ms]}}
    """

  @Test func `may be players who ask again, and nothing else`() throws {
    let busy = try diagnosis(Self.impatient, "pause: {at: 60s, for: 20s, inject: pause, target: origin}")
    #expect(busy.findings.map(\.verdict) == [.metastable])
    #expect(busy.signs.map(\.mechanism) == [.players], "\(busy.signs)")
    let sign = try #require(busy.signs.first)
    #expect(sign.component == "alpha")
    let requests = try #require(sign.measures.first { $0.quantity == .requests })
    // Up to five for each of the seven a second.
    #expect(requests.now > 20 && requests.now <= 35)
    let usual = try #require(requests.usual)
    #expect((usual - 7).magnitude < 0.1)
    #expect(busy.counterfactuals.isEmpty)
    // A pause of 5 s leaves 35 calls, which wait 4 s and not 10.
    expectRecovered(try diagnosis(Self.impatient, "pause: {at: 60s, for: 5s, inject: pause, target: origin}"))
  }
}
