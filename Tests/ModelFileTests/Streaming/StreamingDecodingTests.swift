import Model
import Sampling
import Testing

@testable import ModelFile

@Suite struct `A model of streaming` {
  private func streaming(_ text: String, files: [String: String] = [:], set overrides: [String] = []) throws
    -> Streaming
  {
    try #require(try model(text, files: files, set: overrides).streaming)
  }

  @Test func `is decoded as the language's description writes it`() throws {
    let streaming = try streaming(streamingExample, files: ["3g.json": network])
    #expect(
      streaming.catalog
        == Catalog(
          titles: 8000, popularity: .zipf(0.9), duration: try .lognormal(p50: 42 * 60, p99: 7200),
          ladder: [235_000, 750_000, 1_750_000, 3_000_000, 5_800_000].map { Bitrate(bitsPerSecond: $0) },
          segment: .seconds(4), sizes: .constant, manifest: ByteCount(bytes: 20_000)))
    #expect(
      streaming.sessions.start == [
        StartStep([.call("play")]), StartStep([.manifest]), StartStep([.call("licence"), .segment]),
      ])
    #expect(streaming.sessions.dependencies.map(\.name) == ["licence", "play"])
    #expect(streaming.sessions.dependencies.map(\.timeout) == [.seconds(5), .seconds(3)])
    #expect(streaming.cdns.map(\.name) == ["alpha", "beta"])
    #expect(
      streaming.steering
        == Steering(
          policy: .weighted([.init(cdn: "alpha", weight: 0.7), .init(cdn: "beta", weight: 0.3)]), ttl: .seconds(300),
          every: .seconds(10),
          telemetry: SteeringTelemetry(sample: .one, lag: .zero, loss: .zero, window: .seconds(60))))
  }

  @Test func `has the cohorts of its description`() throws {
    let players = try streaming(streamingExample, files: ["3g.json": network]).players
    let (hls, media3) = (PlayerProfile.named(.hlsJS), PlayerProfile.named(.media3))
    #expect(
      players[0]
        == PlayerCohort(
          name: "living-room", share: Probability(0.6), profile: hls, watch: try .lognormal(p50: 24 * 60, p99: 10_800),
          network: .drawn(
            bandwidth: try .lognormal(mean: 22e6, cv: 0.8), latency: try .constant(seconds: 0.02)),
          rule: hls.rule.using(.bola),
          buffer: BufferSettings(start: .seconds(4), target: .seconds(30), resume: .seconds(4)),
          patience: Patience(startup: try .constant(seconds: 15), stall: try .constant(seconds: 30))))
    let periods = [
      NetworkRecording.Period(
        duration: .seconds(1), bandwidth: Bitrate(bitsPerSecond: 1_500_000), latency: .milliseconds(100)),
      NetworkRecording.Period(
        duration: SimulationDuration(nanoseconds: 500_500_000), bandwidth: Bitrate(bitsPerSecond: 0), latency: .zero),
    ]
    #expect(
      players[1]
        == PlayerCohort(
          name: "mobile", share: Probability(0.4), profile: media3, watch: nil,
          network: .recorded(NetworkRecording(file: "3g.json", periods: periods), from: nil), rule: media3.rule,
          buffer: media3.buffer, patience: Patience(startup: nil, stall: nil)))
  }

  @Test func `has the CDNs of its description`() throws {
    let alpha = try streaming(streamingExample, files: ["3g.json": network]).cdns[0]
    let target = EndpointPath(service: "origin", endpoint: "segment")
    #expect(
      alpha
        == CDN(
          name: "alpha",
          edge: CDNTier(
            sites: [.init(region: nil, count: 24)],
            cache: CacheSettings(size: ByteCount(bytes: 4_000_000_000_000), policy: .lru, ttl: .seconds(86_400)),
            latency: try .lognormal(p50: 0.009, p99: 0.06), capacity: Bitrate(bitsPerSecond: 400_000_000_000),
            detail: .che),
          shield: CDNTier(
            sites: [.init(region: nil, count: 2)],
            cache: CacheSettings(size: ByteCount(bytes: 40_000_000_000_000), policy: .lru, ttl: nil),
            latency: try .constant(seconds: 0.01), staleIfError: .seconds(3600)),
          origin: Dependency(name: "origin", target: target),
          manifestOrigin: Dependency(name: "manifest-origin", target: target)))
  }

  @Test func `takes what is not given from the player that a cohort is like`() throws {
    let text = Base.stream.text.replacingFirst("like: media3", with: "like: shaka, buffer: {start: 2s}")
    let mobile = try streaming(text).players[1]
    #expect(mobile.buffer == BufferSettings(start: .seconds(2), target: .seconds(10), resume: .zero))
    #expect(mobile.rule == PlayerProfile.named(.shaka).rule)
    #expect(try streaming(text, set: ["players.mobile.like=hls.js"]).players[1].buffer.target == .seconds(30))
  }

  @Test func `weighs CDNs alike where nothing is said`() throws {
    let text = Base.stream.text.replacingFirst("steering:\n  policy: weighted(alpha=70% beta=30%)\n", with: "")
    let shares: [Steering.Share] = [.init(cdn: "alpha", weight: 0.5), .init(cdn: "beta", weight: 0.5)]
    #expect(try streaming(text).steering.policy == .weighted(shares))
  }

  @Test(arguments: [
    ("priority(beta alpha)", Steering.Policy.priority(["beta", "alpha"], threshold: 0.2)),
    ("priority(beta alpha)\n  threshold: 5%", .priority(["beta", "alpha"], threshold: 0.05)),
    (
      "quality(alpha beta)",
      .quality(["alpha", "beta"], hysteresis: 0.15, dwell: .seconds(60), halfLife: .seconds(60))
    ),
    (
      "quality(alpha beta)\n  hysteresis: 10%\n  dwell: 30s\n  half-life: 20s",
      .quality(["alpha", "beta"], hysteresis: 0.1, dwell: .seconds(30), halfLife: .seconds(20))
    ),
    ("weighted(beta alpha)", .weighted([.init(cdn: "beta", weight: 0.5), .init(cdn: "alpha", weight: 0.5)])),
  ])
  func `steers by a policy with its own settings`(text: String, policy: Steering.Policy) throws {
    let text = Base.stream.text.replacingFirst("weighted(alpha=70% beta=30%)", with: text)
    #expect(try streaming(text).steering.policy == policy)
  }

  @Test func `steers by a team's rule`() throws {
    let text = Base.stream.text.replacingFirst(
      "weighted(alpha=70% beta=30%)", with: "rule\n  rule: if error-ratio > 5% then 0 else alpha.load")
    guard case .rule(let rule) = try streaming(text).steering.policy else { throw WrongDocument() }
    #expect(rule.text == "if error-ratio > 5% then 0 else alpha.load")
  }

  @Test func `keeps titles as they were recorded`() throws {
    let text = Base.stream.text
      .replacingFirst("[235kbps, 750kbps, 3Mbps]", with: "recorded(bbb.json)")
      .replacingFirst("  duration: 40min\n", with: "")
    let catalog = try streaming(text, files: ["bbb.json": title]).catalog
    #expect(catalog.ladder.map(\.bitsPerSecond) == [230_000, 331_000])
    #expect(catalog.segment == .seconds(3))
    #expect(catalog.duration == (try .constant(seconds: 9)))
    #expect(catalog.sizes == .recorded([[886_360, 1_180_512], [700_000, 900_000], [690_000, 993_000]]))
  }

  @Test func `shows live channels, which need no titles`() throws {
    let text = Base.stream.text
      .replacingFirst("  titles: 100\n  popularity: zipf(0.9)\n  duration: 40min\n", with: "")
      .replacingFirst(
        "3Mbps]\n",
        with: """
          3Mbps]
            segment: 6s
            sizes: variable(cv=25%)
            live:
              channels: 3
              encode: {call: api.play, fallback: {call: standby}}
              standby: {call: api.licence}

          """)
    let catalog = try streaming(text).catalog
    #expect(catalog.titles == 0)
    #expect(catalog.sizes == .variable(cv: 0.25))
    let live = try #require(catalog.live)
    #expect((live.channels, live.popularity, live.share, live.holdBack) == (3, .zipf(0), .one, 3))
    #expect(live.manifestTTL == .seconds(3))
    #expect(live.encode?.name == "encode")
    #expect(live.encode?.fallback?.calls == "standby")
    #expect(live.standby == Dependency(name: "standby", target: EndpointPath(service: "api", endpoint: "licence")))
  }

  @Test func `takes overrides, policies and parts from other files`() throws {
    let cdns = """
      cdns:
        alpha:
          edge: {sites: 4, cache: {size: 4TB}, latency: 10ms, capacity: 1Gbps}
          origin: {call: origin.segment, policy: paved-road}

      """
    let text = Base.stream.text
      .replacingFirst("time:", with: "include: [cdns.yaml]\npolicies: {paved-road: {timeout: 250ms}}\ntime:")
      .replacingFirst(
        "  alpha:\n    edge: {sites: 4, cache: {size: 4TB}, latency: 10ms}\n    origin: origin.segment\n", with: "")
    let overrides = [
      "players.mobile.share=30%", "players.living-room.share=70%", "cdns.*.edge.cache.size=1GiB",
      "cdns.beta.origin.timeout=7s", "steering.policy=quality(alpha beta)",
    ]
    let streaming = try streaming(text, files: ["cdns.yaml": cdns], set: overrides)
    #expect(streaming.players.map(\.share.value) == [0.7, 0.3])
    #expect(streaming.cdns.map(\.edge.cache.size?.bytes) == [1 << 30, 1 << 30])
    #expect(streaming.cdns.map(\.origin.timeout) == [.milliseconds(250), .seconds(7)])
    #expect(streaming.cdns[0].manifestOrigin.timeout == .milliseconds(250))
  }

  @Test func `lets an override add a policy to an origin that is written in short`() throws {
    let streaming = try streaming(Base.stream.text, set: ["cdns.alpha.origin.retry.attempts=2"])
    #expect(streaming.cdns[0].origin.retry?.attempts == 2)
    #expect(streaming.cdns[0].manifestOrigin.retry?.attempts == 2)
  }

  @Test(arguments: [
    ("4Mbps", 4e6), ("0.5Gbps", 5e8), ("uniform(min=1Mbps max=3Mbps)", 2e6), ("exponential(mean=750kbps)", 750_000),
    ("mixture(50%=1Mbps 50%=3Mbps)", 2e6), ("shifted(exponential(mean=1Mbps) by=500bps)", 1_000_500),
    ("empirical(rates.csv unit=kbps)", 2e6),
  ])
  func `draws bit rates from the distributions of times`(text: String, mean: Double) throws {
    let text = Base.stream.text.replacingFirst("bandwidth: 4Mbps", with: "bandwidth: \(text)")
    let mobile = try streaming(text, files: ["rates.csv": "1000\n3000"]).players[1]
    guard case .drawn(let bandwidth, _) = mobile.network else { throw WrongDocument() }
    #expect((bandwidth.mean / mean - 1).magnitude < 1e-12)
  }

  @Test(arguments: [
    ("512KB", Int64(512_000)), ("512kB", 512_000), ("2GiB", 1 << 31), ("0.5MB", 500_000), ("20B", 20),
    ("3TiB", 3 << 40),
  ])
  func `has sizes by powers of ten, or of two with an i`(text: String, bytes: Int64) throws {
    let streaming = try streaming(Base.stream.text, set: ["catalog.manifest=\(text)"])
    #expect(streaming.catalog.manifest.bytes == bytes)
  }

  @Test(arguments: [("0.02 USD/GB", 0.02, "USD"), ("20 EUR/TB", 0.02, "EUR")])
  func `has prices for a GB`(text: String, price: Double, currency: String) throws {
    let cdn = try streaming(Base.stream.text, set: ["cdns.alpha.price=\(text)"]).cdns[0]
    #expect(cdn.pricePerGB == price)
    #expect(cdn.currency == currency)
  }
}
