import Engine
import Model
import Testing

/// What sessions do at the edges of pauses, windows, penalties and encoders' failures, worked out by hand.
@Suite struct `A session` {
  private func model(
    _ player: String, catalog: String = "titles: 1, popularity: zipf(0), duration: 10min", sessions: String = replayed,
    start: String = "[segment]", cdns: String = "[a]", steering: String = "", services: String = "",
    horizon: String = "6min"
  ) -> String {
    let names = cdns.dropFirst().dropLast().split(separator: ",")
    let all = names.map {
      "  \($0): {edge: {sites: 1, cache: {size: unlimited}, latency: 10ms}, origin: {call: origin.segment, timeout: 1h}}"
    }
    return """
      model: corners
      time: {horizon: \(horizon)}
      catalog: {\(catalog), ladder: [1Mbps], segment: 4s}
      players: {p: {\(player)}}
      sessions: {arrivals: \(sessions), start: \(start)}
      cdns:
      \(all.joined(separator: "\n"))
      \(steering)
      services:
        origin: {pool: {threads: unbounded}, endpoints: {segment: [work: 30ms]}}
      \(services)
      """
  }

  private let fourMegabits = "like: basic, bandwidth: 4Mbps, latency: 20ms"

  @Test func `that is paused asks for no more than its buffer takes`() throws {
    let (_, records) = try Broadcast(
      model("\(fourMegabits), buffer: {start: 4s, target: 8s}, pauses: {every: 6s, lasting: 30s}"),
      files: plays(at: [0])
    ).told()
    let levels = records.events.filter { $0.kind == .segment }.map(\.buffer)
    #expect(levels.count > 10)
    #expect(levels.allSatisfy { $0 <= ms(8000) })
  }

  /// Played from 1.06 s (20 ms, 10 ms, 30 ms and 1 s for 4 Mbit) to 21.06 s.
  @Test func `ends in the window in which it has played`() throws {
    let edge = SimulationDuration.milliseconds(21_060)
    let outcome = try Broadcast(
      model("\(fourMegabits), watch: 20s"), files: plays(at: [0]),
      windows: [Window(.between(.zero, edge)), Window(.between(edge, .seconds(50)))]
    ).told().outcome
    #expect(try outcome.sessions(window: 0).ended == 1 && outcome.sessions(window: 0).plays == 1)
    #expect(try outcome.sessions(window: 1).ended == 0 && outcome.sessions(window: 1).plays == 0)
  }

  @Test func `without any patience leaves in a stall`() throws {
    let sessions = try Broadcast(
      model("like: basic, bandwidth: 500kbps, latency: 20ms, patience: {stall: 0s}"), files: plays(at: [0, 10])
    ).told().outcome.sessions()
    #expect(sessions.abandoned == 2 && sessions.stalls == 2 && sessions.stalledNanoseconds == 0)
  }

  /// The connection is refused when the request is made; a CDN that hangs gives no answer at all.
  @Test func `tells a refused connection from a timeout`() throws {
    let events = try Broadcast(
      model("like: hls.js, bandwidth: 4Mbps, latency: 20ms"),
      faults: "f: {at: 1ms, for: 1s, inject: unavailable, target: a}", files: plays(at: [0.5])
    ).told().records.events
    #expect(events.first { $0.kind == .error }?.status == -1)
  }

  /// Penalties last until the next answer of steering, and both CDNs fail within one TTL: the player gives up.
  @Test func `of dash.js gives up where all CDNs fail`() throws {
    let outcome = try Broadcast(
      model(
        "like: dash.js, bandwidth: 4Mbps, latency: 20ms, buffer: {start: 4s, target: 12s}",
        sessions: "constant(1/s)", cdns: "[a,b]", steering: "steering: {policy: weighted(a=50% b=50%), ttl: 5s}"),
      faults: "f: {at: 60s, for: 5min, inject: error, target: a}\ng: {at: 60s, for: 5min, inject: error, target: b}"
    ).replications(1)[0]
    let sessions = try outcome.sessions()
    #expect(sessions.plays == 59 && sessions.playbackFailures == 59)
  }

  /// A play counts for each CDN that it used, so that no more of a CDN's plays fail than there are.
  @Test func `is a play of each CDN that it used`() throws {
    let outcome = try Broadcast(
      model(
        "like: hls.js, bandwidth: 4Mbps, latency: 20ms, buffer: {start: 4s, target: 12s}",
        sessions: "constant(0.2/s)", cdns: "[a,b]", steering: "steering: {policy: weighted(a=100% b=0%)}"),
      faults: "f: {at: 160s, for: 3min, inject: error, target: a}\ng: {at: 210s, for: 140s, inject: error, target: b}"
    ).replications(1)[0]
    let streaming = try #require(outcome.streaming)
    let (a, b) = (streaming.groups[2].windows[0], streaming.groups[3].windows[0])
    #expect(streaming.groups[3].name == "b" && b.playbackFailures > 0)
    #expect(a.playbackFailures <= a.plays && b.playbackFailures <= b.plays)
    // Those of one CDN and of the other are more than all, since some used both.
    #expect(a.plays + b.plays > streaming.groups[0].windows[0].plays)
  }

  /// Steering hears of stalls while they last: a rule leaves a CDN that hangs.
  @Test func `reports a stall before it is over`() throws {
    let window = Window(.between(.seconds(120), .seconds(240)))
    let outcome = try Broadcast(
      model(
        "\(fourMegabits), buffer: {start: 4s, target: 12s}", sessions: "constant(1/s)", cdns: "[a,b]",
        steering: "steering: {policy: rule, rule: if rebuffering > 1% then 0 else 1, ttl: 1h}"),
      faults: "f: {at: 60s, for: 3min, inject: hang, target: a}", windows: [window]
    ).replications(1)[0]
    let groups = try #require(outcome.streaming).groups
    let attempts = groups.filter { $0.kind == .cdn }.map { $0.windows[0].attempts }
    #expect(attempts == [0, 120])
  }

  private let live = "live: {hold-back: 3, manifest-ttl: 1s, encode: {call: encoder.encode, timeout: 2s}}"
  private let encoder = "  encoder: {pool: {threads: unbounded}, endpoints: {encode: [work: 100ms]}}"

  /// The segments that end at 60 s, 64 s and 68 s are not made: numbers 14 to 16 from the start.
  @Test(arguments: ["[segment]", "[manifest, segment]", "[{together: [segment, manifest]}]"])
  func `never asks for what was not made`(start: String) throws {
    let (outcome, records) = try Broadcast(
      model(
        "like: basic, bandwidth: 20Mbps, latency: 5ms", catalog: live, sessions: "constant(1/s)", start: start,
        services: encoder, horizon: "90s"),
      faults: "f: {at: 59s, for: 10s, inject: error, target: encoder}"
    ).told()
    let fetched = Set(records.deliveries.filter { !$0.isManifest }.map { $0.segment - 1_000_000 })
    #expect(fetched.isDisjoint(with: [14, 15, 16]))
    #expect(fetched.isSuperset(of: [12, 13, 17, 18]))
    #expect(try outcome.sessions().starts > 80)
  }

  /// The first viewer's manifest is made at 21.035 s, when the segment that ended at 20 s is the newest: number 4. It is
  /// kept for 20 s, and the second viewer begins with what it names.
  @Test func `begins with what its manifest names`() throws {
    let (_, records) = try Broadcast(
      model(
        "like: basic, bandwidth: 20Mbps, latency: 5ms", catalog: "live: {hold-back: 1, manifest-ttl: 20s}",
        start: "[manifest, segment]"),
      files: plays(at: [21, 31])
    ).told()
    let second = try #require(
      records.deliveries.first { !$0.isManifest && $0.began > ms(31_000) && $0.began < ms(31_100) })
    #expect(second.segment == 1_000_004)
  }
}
