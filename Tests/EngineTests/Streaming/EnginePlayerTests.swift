import Model
import Sampling
import Testing

@testable import Engine

/// A session in the engine, from what it tells, against the obvious player: on recorded networks with recorded sizes.
///
/// Mutations: an estimate that takes the wait for the first byte into the transfer; a request that is made while the
/// buffer has no room for a segment.
@Suite struct `A session in the engine` {
  @Test(
    .enabled(if: SharedNetworks.isPresent, "the recorded networks are not there"),
    arguments: BitrateRule.Kind.allCases)
  func `is the obvious player's on recorded networks`(kind: BitrateRule.Kind) throws {
    let title = try SharedNetworks.title()
    #expect(SharedNetworks.recordings.count >= 10)
    for name in SharedNetworks.recordings {
      var player = ObviousPlayer(
        kind: kind, segmentMs: title.segmentDurationMs, ladderKbps: title.bitratesKbps,
        sizesBits: title.segmentSizesBits, network: try SharedNetworks.network(name))
      try compare(player, "\(name), \(kind)")
      player.beginsAtMs = 100_123
      try compare(player, "\(name), \(kind), from another place")
      // What media3 waits for and assumes.
      (player.startMs, player.resumeMs, player.targetMs, player.fit) = (1000, 5000, 50_000, .bitrate)
      (player.up, player.down, player.initialKbps) = (0.7, 0.95, 1000)
      (player.risesFromMs, player.fallsBelowMs) = (10_000, 25_000)
      try compare(player, "\(name), \(kind), as media3")
    }
  }

  /// The same renditions, and the same times to the microsecond.
  private func compare(_ player: ObviousPlayer, _ label: String) throws {
    let expected = player.play()
    var simulation = Simulation(try program(player), checkingInvariants: false)
    var events: [PlayerEvent] = []
    let outcome = simulation.run(
      seed: 1, replication: 0,
      recording: { records in
        for case .player(let event) in records { events.append(event) }
      })
    #expect(outcome != nil)
    func times(_ kind: PlayerEvent.Kind) -> [Int64] { events.filter { $0.kind == kind }.map(\.time) }
    func agree(_ actual: [Int64], _ milliseconds: [Double], _ what: String) {
      let worst = zip(actual, milliseconds).map { (Double($0) / 1e6 - $1).magnitude }.max() ?? 0
      #expect(actual.count == milliseconds.count && worst <= 1e-3, "\(label): \(what) are \(worst) ms off")
    }
    let renditions = events.filter { $0.kind == .segment }.map { Int($0.rendition) }
    #expect(renditions == expected.segments.map(\.rendition), "\(label)")
    agree(times(.segment), expected.segments.map(\.completed), "segments")
    agree(times(.stall), expected.stalls.map(\.from), "stalls")
    agree(times(.resume), expected.stalls.map(\.to), "ends of stalls")
    agree(times(.start), [expected.startup ?? .nan], "starts")
    agree(times(.end), [expected.ended], "ends")
  }

  private func program(_ player: ObviousPlayer) throws -> Program {
    func time(_ ms: Double) -> SimulationDuration { SimulationDuration(nanoseconds: Int64(ms * 1e6)) }
    func rate(_ kbps: Double) -> Bitrate { Bitrate(bitsPerSecond: Int64(kbps * 1e3)) }
    let rule = BitrateRule(
      kind: player.kind, fit: player.fit, fastHalfLife: time(player.halfLivesMs[0]),
      slowHalfLife: time(player.halfLivesMs[1]), up: player.up, down: player.down,
      initial: player.initialKbps.map(rate), risesFrom: player.risesFromMs.map(time),
      fallsBelow: player.fallsBelowMs.map(time), bolaFrom: time(player.bolaFromMs),
      throughputBelow: time(player.throughputBelowMs))
    let recording = NetworkRecording(
      file: "recorded.json",
      periods: player.network.map {
        NetworkRecording.Period(duration: time($0.ms), bandwidth: rate($0.kbps), latency: time($0.latencyMs))
      })
    let nothing = try Distribution.constant(seconds: 0)
    let viewer = PlayerCohort(
      name: "viewer", share: .one, profile: .named(.basic), watch: nil,
      network: .recorded(recording, from: time(player.beginsAtMs)), rule: rule,
      buffer: BufferSettings(
        start: time(player.startMs), target: time(player.targetMs), resume: time(player.resumeMs)),
      patience: Patience(startup: nil, stall: nil))
    let origin = Dependency(name: "origin", target: EndpointPath(service: "origin", endpoint: "segment"))
    let cdn = CDN(
      name: "alpha",
      edge: CDNTier(
        sites: [CDNTier.Sites(region: nil, count: 1)], cache: CacheSettings(size: nil, policy: .lru, ttl: nil),
        latency: nothing),
      origin: origin, manifestOrigin: origin)
    let streaming = Streaming(
      catalog: Catalog(
        titles: 1, popularity: .zipf(0), duration: nothing, ladder: player.ladderKbps.map(rate),
        segment: time(player.segmentMs), sizes: .recorded(player.sizesBits.map { $0.map { Int64($0) } })),
      players: [viewer],
      sessions: Sessions(
        arrivals: .replay([SimulationTime(nanoseconds: 0)]), start: [StartStep([.segment])]),
      cdns: [cdn],
      steering: Steering(
        policy: .weighted([Steering.Share(cdn: "alpha", weight: 1)]), ttl: .seconds(300), every: .seconds(10),
        telemetry: SteeringTelemetry(sample: .one, lag: .zero, loss: .zero, window: .seconds(60))))
    let model = SystemModel(
      name: "recorded", time: TimeFrame(warmup: .zero, horizon: .seconds(100_000), start: .zero), workloads: [],
      services: [
        Service(
          name: "origin", pool: Pool(threads: 1, queue: .unbounded), endpoints: [Endpoint(name: "segment", steps: [])])
      ], streaming: streaming)
    return Program(model: model, scenario: nil, windows: [.run])
  }
}
