import Engine
import Model
import Testing

/// A cache of one object whose answers are worked out by hand, request by request.
///
/// The network takes 20 ms, an edge 5 ms and the origin 100 ms; an object is fresh for 10 s. A segment of 10 Mbit comes
/// in 10 ms.
@Suite struct `What a cache keeps` {
  /// What becomes of requests for one title of one segment.
  /// - Parameter edge: further keys, with a comma before each.
  private func answers(
    _ edge: String, at times: [Double], fault: String? = nil, sites: Int = 1, shield: String = "",
    work: String = "100ms"
  ) throws -> (CDNTally, [DeliveryLine]) {
    let (outcome, records) = try Broadcast(
      """
      model: stale
      time: {horizon: 200s}
      catalog: {titles: 1, popularity: zipf(0), duration: 10s, ladder: [1Mbps], segment: 10s}
      players: {viewer: {like: basic, bandwidth: 1Gbps, latency: 20ms}}
      sessions: {arrivals: \(replayed), start: [segment]}
      cdns:
        alpha:
          edge: {sites: \(sites), cache: {size: unlimited, ttl: 10s}, latency: 5ms\(edge)}
          \(shield)
          origin: origin.segment
      services: {origin: {pool: {threads: unbounded}, endpoints: {segment: [work: \(work)]}}}
      """,
      faults: fault, files: plays(at: times)
    ).told()
    let lines = records.deliveries.sorted { ($0.began, $0.ended) < ($1.began, $1.ended) }
    return (try outcome.cdn(), lines)
  }

  /// From a request to its first byte, in milliseconds.
  private func firstBytes(_ lines: [DeliveryLine]) -> [Int64] {
    lines.map { $0.firstByte < 0 ? -1 : ($0.firstByte - $0.began) / 1_000_000 }
  }

  /// RFC 5861, section 4: a stale object stands in for an error, for 20 s after its end at 10.105 s.
  @Test func `stands in for an error`() throws {
    let (cdn, lines) = try answers(
      ", stale-if-error: 20s", at: [0, 5, 12, 30, 31, 130],
      fault: "broken: {at: 11s, for: 100s, inject: error, target: origin}")
    #expect(lines.map(\.result) == [.miss, .hit, .staleHit, .staleHit, .error, .miss])
    #expect(lines.map(\.status) == [200, 200, 200, 200, 500, 200])
    #expect(firstBytes(lines) == [125, 25, 25, 25, -1, 125])
    var edge = TierTally()
    (edge.requests, edge.hits, edge.misses, edge.staleAfterError) = (6, 1, 5, 2)
    #expect(cdn.edge == edge)
    #expect(cdn.originRequests == 5 && cdn.originFailures == 3 && cdn.delivered == 5 && cdn.errors == 1)
    // 10 Mbit are 1,250,000 bytes.
    #expect(cdn.originBytes == 2 * 1_250_000 && cdn.egressBytes == 5 * 1_250_000)
  }

  /// RFC 5861, section 3: a stale object is served, for 5 s after its end at 10.105 s, while it is fetched anew once;
  /// then it is fresh until 22.105 s.
  @Test func `is served while it is fetched anew`() throws {
    let (cdn, lines) = try answers(", stale-while-revalidate: 5s", at: [0, 12, 12.05, 13, 22, 28])
    #expect(lines.map(\.result) == [.miss, .staleHit, .staleHit, .hit, .hit, .miss])
    #expect(firstBytes(lines) == [125, 25, 25, 25, 25, 125])
    var edge = TierTally()
    (edge.requests, edge.hits, edge.staleHits, edge.misses) = (6, 2, 2, 2)
    #expect(cdn.edge == edge)
    #expect(cdn.originRequests == 3)
  }

  /// A failure is kept for 3 s from when it arrived, at 5 ms and again at 3.505 s.
  @Test func `may be a failure`() throws {
    let (cdn, lines) = try answers(
      ", negative: 3s", at: [0, 1, 3, 3.5, 6.5, 20],
      fault: "broken: {at: 0s, for: 10s, inject: error, target: origin}")
    #expect(lines.map(\.result) == [.error, .negativeHit, .negativeHit, .error, .negativeHit, .miss])
    #expect(lines.map(\.status) == [500, 500, 500, 500, 500, 200])
    #expect(lines.map { $0.ended - $0.began } == [25, 25, 25, 25, 25, 135].map(ms))
    var edge = TierTally()
    (edge.requests, edge.negativeHits, edge.misses) = (6, 3, 3)
    #expect(cdn.edge == edge)
    #expect(cdn.originRequests == 3 && cdn.originFailures == 2 && cdn.errors == 5 && cdn.delivered == 1)
  }

  /// The origin takes 2 s, and 20 requests come within 1 s: all of them have their first byte with the first one's
  /// object, from 5 ms of the edge, 10 ms of the shield and 2 s of the origin on.
  @Test(arguments: [(true, true), (false, true), (true, false), (false, false)])
  func `is fetched once where requests collapse`(atEdge: Bool, atShield: Bool) throws {
    func word(_ collapses: Bool) -> String { collapses ? "yes" : "no" }
    let times = (0..<20).map { Double($0) / 20 }
    let (cdn, lines) = try answers(
      ", collapse: \(word(atEdge))", at: times, sites: 3,
      shield: "shield: {sites: 1, latency: 10ms, cache: {size: unlimited}, collapse: \(word(atShield))}", work: "2s")
    let sites = Set(lines.map(\.site)).count
    #expect(sites == 3)
    let fetches = atEdge ? sites : 20
    #expect(cdn.edge.requests == 20 && cdn.edge.misses == fetches && cdn.edge.collapsed == 20 - fetches)
    #expect(cdn.shield.requests == fetches)
    #expect(cdn.shield.misses == (atShield ? 1 : fetches) && cdn.shield.collapsed == (atShield ? fetches - 1 : 0))
    #expect(cdn.originRequests == (atShield ? 1 : fetches))
    if atShield {
      #expect(lines.allSatisfy { $0.firstByte == ms(2035) })
    } else if !atEdge {
      #expect(lines.allSatisfy { $0.firstByte - $0.began == ms(2035) })
    }
  }
}
