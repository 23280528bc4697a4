import Engine
import Model
import Testing

/// One title of one segment of 10 Mbit, in 10 ms; the network takes 20 ms, an edge 5 ms, a shield 3 ms, the origin 100 ms.
///
/// Mutations: a flush that also ends what is being fetched; one of all sites where one is named; one of the wrong tier.
@Suite struct `A flush of caches` {
  private func answers(
    _ target: String, at flush: String = "10s", plays times: [Double], edge: String = "", shield: String = "",
    detail: String = "objects", further: String = ""
  ) throws -> [DeliveryLine] {
    let (_, records) = try Broadcast(
      """
      model: flush
      time: {horizon: 200s}
      catalog: {titles: 1, popularity: zipf(0), duration: 10s, ladder: [1Mbps], segment: 10s}
      players: {viewer: {like: basic, bandwidth: 1Gbps, latency: 20ms}}
      sessions: {arrivals: \(replayed), start: [segment]}
      cdns:
        alpha:
          edge: {sites: 1, cache: {size: unlimited}, latency: 5ms, detail: \(detail)\(edge)}
          \(shield)
          origin: origin.segment
      services: {origin: {pool: {threads: unbounded}, endpoints: {segment: [work: 100ms]}}}
      """,
      faults: "flush: {at: \(flush), inject: flush-cache, target: \(target)}\n\(further)", files: plays(at: times)
    ).told()
    return records.deliveries.sorted { ($0.began, $0.ended) < ($1.began, $1.ended) }
  }

  private static let shield = "shield: {sites: 1, latency: 3ms, cache: {size: unlimited}}"

  /// What the edge has lost it fetches from the shield, unless that has been emptied too.
  @Test(
    arguments: [
      ("alpha", shield, [DeliveryLine.Result.miss, .hit, .miss, .hit]),
      ("alpha edge", shield, [.miss, .hit, .shieldHit, .hit]), ("alpha#0", shield, [.miss, .hit, .shieldHit, .hit]),
      ("alpha shield", shield, [.miss, .hit, .hit, .hit]), ("alpha", "", [.miss, .hit, .miss, .hit]),
    ])
  func `empties the tier that is named`(target: String, shield: String, results: [DeliveryLine.Result]) throws {
    #expect(try answers(target, plays: [0, 5, 12, 13], shield: shield).map(\.result) == results)
  }

  @Test func `empties it each time that it comes`() throws {
    let lines = try answers(
      "alpha", at: "10s, repeat: {every: 10s, times: 2}", plays: [0, 5, 12, 13, 22, 23, 32], shield: Self.shield)
    #expect(lines.map(\.result) == [.miss, .hit, .miss, .hit, .miss, .hit, .hit])
  }

  /// Asked for at 9.92 s, on its way when the cache is emptied at 10 s, and there at 10.025 s.
  @Test func `leaves alone what is being fetched`() throws {
    #expect(try answers("alpha", plays: [9.92, 9.99, 11]).map(\.result) == [.miss, .collapsed, .hit])
  }

  /// A failure at 5 s is kept for 100 s, and forgotten at 10 s.
  @Test func `empties a cache of failures too`() throws {
    let broken = "broken: {at: 4s, for: 2s, inject: error, target: origin}"
    let lines = try answers("alpha", plays: [5, 7, 12], edge: ", negative: 100s", further: broken)
    #expect(lines.map(\.result) == [.error, .negativeHit, .miss])
    let never = try answers("alpha", at: "100s", plays: [5, 7, 12], edge: ", negative: 100s", further: broken)
    #expect(never.map(\.result) == [.error, .negativeHit, .negativeHit])
  }

  /// What a service keeps of a dependency's answers: made at 0 s and, since it is lost at 2 s, at 3 s.
  @Test(arguments: [("origin -> packager", 2), ("origin -> package", 2), ("alpha", 1)])
  func `empties what a service keeps`(target: String, made: Int) throws {
    let outcome = try Broadcast(
      """
      model: packager
      time: {horizon: 200s}
      catalog: {titles: 1, popularity: zipf(0), duration: 10s, ladder: [1Mbps], segment: 10s}
      players: {viewer: {like: basic, bandwidth: 1Gbps, latency: 0ms}}
      sessions: {arrivals: \(replayed), start: [segment]}
      cdns: {alpha: {edge: {sites: 1, cache: {size: 1KB}, latency: 0ms}, origin: origin.segment}}
      services:
        origin:
          pool: {threads: unbounded}
          dependencies: {package: {call: packager.make, cache: {size: 10GB}}}
          endpoints: {segment: [call: package]}
        packager: {pool: {threads: unbounded}, endpoints: {make: [work: 100ms]}}
      """,
      faults: "flush: {at: 2s, inject: flush-cache, target: \(target)}", files: plays(at: [0, 1, 3, 4])
    ).told().outcome
    #expect(try outcome.endpoint("packager.make").arrivals == made)
  }

  /// The time after it counts as told by `for`, and is empty without it; what comes later is after the fault either way.
  @Test(arguments: [("", 0, 2), (", for: 4s", 1, 1)])
  func `is an instant unless it is said for how long it counts`(duration: String, during: Int, after: Int) throws {
    let outcome = try Broadcast(
      """
      model: flush
      time: {horizon: 20s}
      catalog: {titles: 1, popularity: zipf(0), duration: 1s, ladder: [1Mbps], segment: 1s}
      players: {viewer: {like: basic, bandwidth: 1Gbps}}
      sessions: {arrivals: \(replayed), start: [segment]}
      cdns: {alpha: {edge: {sites: 1, cache: {size: unlimited}, latency: 5ms}, origin: origin.segment}}
      services: {origin: {pool: {threads: unbounded}, endpoints: {segment: []}}}
      """,
      faults: "flush: {at: 10s\(duration), inject: flush-cache, target: alpha}", files: plays(at: [1, 12, 15]),
      windows: [Window(.duringFaults), Window(.afterFaults)]
    ).replications(1)[0]
    #expect(try outcome.sessions(window: 0).attempts == during)
    #expect(try outcome.sessions(window: 1).attempts == after)
  }
}
