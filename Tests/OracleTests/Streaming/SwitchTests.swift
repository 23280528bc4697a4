import Engine
import Model
import Testing

/// How long players stay with a CDN that has begun to fail, by the retries and timeouts in the sources of hls.js 1.7,
/// dash.js 5.1, shaka-player 5.2 and androidx.media3 1.11.
///
/// A request takes 20 ms on the network and 5 ms at the edge; segments of 4 s come in 4 ms.
@Suite struct `From a CDN that fails` {
  /// A player, what happens to its requests at alpha, how many of them fail, and the time from the first of these to the
  /// first request at beta, in milliseconds.
  struct Case: Sendable {
    let player: String
    let trouble: String
    let failures: Int
    let milliseconds: Double

    init(_ player: String, _ trouble: String, failures: Int, _ milliseconds: Double) {
      self.player = player
      self.trouble = trouble
      self.failures = failures
      self.milliseconds = milliseconds
    }
  }

  private static let hang = "inject: hang, target: alpha"
  private static let unavailable = "inject: unavailable, target: alpha"
  private static func status(_ status: Int) -> String { "inject: error, target: alpha, status: \(status)" }

  private func broadcast(
    _ player: String, _ trouble: String, at: String = "20s", lasting: String = "1h", plays times: [Double] = [0],
    start: String = "[segment]", ttl: String = "5min", title: String = "2min", delivery: String = "content-steering"
  ) throws -> Broadcast {
    try Broadcast(
      """
      model: switch
      time: {horizon: 1200s}
      catalog: {titles: 1, popularity: zipf(0), duration: \(title), ladder: [1Mbps], segment: 4s}
      players: {viewer: {like: \(player), bandwidth: 1Gbps, latency: 20ms}}
      sessions: {arrivals: \(replayed), start: \(start)}
      cdns:
        alpha: {edge: {sites: 1, cache: {size: unlimited}, latency: 5ms}, origin: origin.segment}
        beta: {edge: {sites: 1, cache: {size: unlimited}, latency: 5ms}, origin: origin.segment}
      steering: {policy: weighted(alpha=100% beta=0%), ttl: \(ttl), delivery: \(delivery)}
      services: {origin: {pool: {threads: unbounded}, endpoints: {segment: []}}}
      """,
      faults: "failing: {at: \(at), for: \(lasting), \(trouble)}", files: plays(at: times))
  }

  /// What one session did: from its first failed request, how many failed and when beta was first asked, in
  /// milliseconds.
  private struct Switch {
    let failures: Int
    let milliseconds: Double?
  }

  private func switches(_ lines: [DeliveryLine]) -> [Switch] {
    let sessions = lines.map(\.session).reduce(into: [UInt64]()) { if !$0.contains($1) { $0.append($1) } }
    return sessions.map { session in
      let own = lines.filter { $0.session == session }.sorted { $0.began < $1.began }
      let failed = own.filter { $0.cdn == 0 && $0.status != 200 }
      let other = own.first { $0.cdn == 1 }
      let time = failed.first.flatMap { first in other.map { Double($0.began - first.began) / 1e6 } }
      return Switch(failures: failed.count, milliseconds: time)
    }
  }

  /// A request that is answered with an error takes 25 ms, one that is refused 20 ms.
  static let afterRetries: [Case] = [
    // 1 + 2 + 4 + 8 + 8 + 8 s.
    Case("hls.js", status(503), failures: 7, 31_175),
    Case("hls.js", status(502), failures: 7, 31_175),
    Case("hls.js", unavailable, failures: 7, 31_140),
    // A status 4xx is never retried.
    Case("hls.js", status(404), failures: 1, 25),
    // The first byte within 10 s, and four retries at once.
    Case("hls.js", hang, failures: 5, 50_000),
    // 3 x 1 s.
    Case("dash.js", status(503), failures: 4, 3100),
    Case("dash.js", status(404), failures: 4, 3100),
    Case("dash.js", unavailable, failures: 4, 3080),
    // 20 s each, and 1 s between them.
    Case("dash.js", hang, failures: 4, 83_000),
    Case("media3", status(403), failures: 1, 25),
    Case("media3", status(404), failures: 1, 25),
    Case("media3", status(410), failures: 1, 25),
    Case("media3", status(416), failures: 1, 25),
    Case("media3", status(500), failures: 1, 25),
    Case("media3", status(503), failures: 1, 25),
  ]

  @Test(arguments: afterRetries) func `a player goes after its retries`(its: Case) throws {
    let (outcome, records) = try broadcast(its.player, its.trouble).told()
    let found = try #require(switches(records.deliveries).first)
    #expect(found.failures == its.failures)
    #expect(found.milliseconds == its.milliseconds)
    let sessions = try outcome.sessions()
    #expect(sessions.cdnChanges >= 1 && sessions.playbackFailures == 0)
  }

  static let shaka: [Case] = [
    Case("shaka", status(503), failures: 2, 50), Case("shaka", status(404), failures: 2, 50),
    Case("shaka", unavailable, failures: 2, 40), Case("shaka", hang, failures: 2, 20_000),
  ]

  /// Two attempts with 1 s ± 50% between them; what hangs does so for 10 s each.
  @Test(arguments: shaka) func `shaka goes after a random pause`(its: Case) throws {
    let count = 100
    let plays = (0..<count).map { Double($0) / 100 }
    let (_, records) = try broadcast(its.player, its.trouble, plays: plays).told()
    let found = switches(records.deliveries)
    var pauses: [Double] = []
    for change in found { pauses.append(try #require(change.milliseconds) - its.milliseconds) }
    #expect(found.count == count)
    #expect(found.allSatisfy { $0.failures == its.failures })
    #expect(pauses.allSatisfy { $0 >= 500 && $0 <= 1500 })
    // Uniform from 500 to 1500 ms: of variance 1000² / 12.
    let error = 1000 / (12 * Double(count)).squareRoot()
    expectNormal("shaka's pause", pauses.reduce(0, +) / Double(count), is: 1000, error: error, precision: 0.2)
  }

  static let staying: [Case] = [
    Case("media3", status(502), failures: 4, 3100), Case("media3", status(504), failures: 4, 3100),
    Case("media3", unavailable, failures: 4, 3080), Case("media3", hang, failures: 4, 35_000),
  ]

  /// 0 + 1 + 2 s between four attempts, of 8 s where nothing answers; then playback ends with what is in the buffer.
  @Test(arguments: staying) func `media3 does not go`(its: Case) throws {
    let (outcome, records) = try broadcast(its.player, its.trouble).told()
    let lines = records.deliveries
    let found = try #require(switches(lines).first)
    #expect(found.failures == its.failures && found.milliseconds == nil)
    let failed = lines.filter { $0.status != 200 }
    let (first, last) = (try #require(failed.first), try #require(failed.last))
    #expect(Double(last.ended - first.began) / 1e6 == its.milliseconds)
    let sessions = try outcome.sessions()
    #expect(sessions.playbackFailures == 1 && sessions.stalls <= 1)
    // All that was fetched has been played.
    #expect(sessions.playedNanoseconds == sessions.fetchedNanoseconds)
  }

  static let byName: [Case] = [
    Case("hls.js", status(503), failures: 7, 0), Case("dash.js", status(503), failures: 4, 0),
    Case("shaka", status(503), failures: 2, 0), Case("media3", status(503), failures: 4, 0),
    Case("basic", status(503), failures: 1, 0),
  ]

  /// Players know one CDN alone where a name is resolved to it: the same attempts, and then a failure.
  @Test(arguments: byName) func `nobody goes by DNS`(its: Case) throws {
    let (outcome, records) = try broadcast(its.player, its.trouble, delivery: "dns").told()
    let found = try #require(switches(records.deliveries).first)
    #expect(found.failures == its.failures && found.milliseconds == nil)
    let failures = try outcome.sessions().playbackFailures
    #expect(failures == 1)
  }

  static let manifests: [Case] = [
    Case("hls.js", status(503), failures: 2, 1050), Case("hls.js", status(404), failures: 1, 25),
    Case("hls.js", hang, failures: 3, 60_000), Case("dash.js", status(503), failures: 4, 1600),
    Case("dash.js", hang, failures: 4, 41_500), Case("media3", status(503), failures: 1, 25),
  ]

  /// The manifest of a start: hls.js 1 retry after 1 s, 2 at once after 20 s each; dash.js 3 retries after 0.5 s, of
  /// 10 s each; the others as with segments.
  @Test(arguments: manifests) func `a start goes after the manifest's retries`(its: Case) throws {
    let start = "[manifest, segment]"
    let (outcome, records) = try broadcast(its.player, its.trouble, at: "0s", plays: [1], start: start).told()
    let lines = records.deliveries
    let found = try #require(switches(lines).first)
    #expect(found.failures == its.failures && found.milliseconds == its.milliseconds)
    let areManifests = lines.filter { $0.status != 200 }.allSatisfy { $0.isManifest }
    #expect(areManifests)
    // The manifest and the first segment from beta: two requests, and 20 KB and 4 Mbit at 1 Gbit/s.
    let startup = try outcome.sessions().startupNanoseconds
    #expect(startup == ms(Int64(its.milliseconds)) + ms(2 * 25) + 160_000 + ms(4))
  }

  /// How long a player avoids the CDN that it has left, where steering names it after each minute again: 300 s
  /// (hls.js, media3), 60 s (shaka), or until the next answer of steering (dash.js). It comes back with the first
  /// segment that it asks for after the first such answer.
  @Test(arguments: zip(["hls.js", "media3", "shaka", "dash.js"], [300.0, 300, 60, 0]))
  func `a player comes back after its penalty`(player: String, penalty: Double) throws {
    let (_, records) = try broadcast(player, Self.status(503), lasting: "50s", ttl: "1min", title: "10min").told()
    let lines = records.deliveries.sorted { $0.began < $1.began }
    let left = try #require(lines.first { $0.cdn == 1 })
    let back = try #require(lines.first { $0.cdn == 0 && $0.began > left.began })
    let seconds = Double(back.began - left.began) / 1e9
    // Answers are 60 s old, and a segment of 4 s older, at most.
    #expect(seconds >= penalty && seconds <= penalty + 64, "\(seconds) s")
    if penalty == 0 { #expect(back.began >= 60_000_000_000 && back.began < 64_000_000_000 + 200_000_000) }
  }
}
