import Testing

@testable import ModelFile

@Suite struct `The explanation of streaming` {
  private func lines(_ text: String, files: [String: String] = [:], set overrides: [String] = []) throws
    -> [String: String]
  {
    let values = try overrides.map { try ModelFile.override(parsing: $0) }
    guard
      case .model(let document) = try ModelFile.decode(text: text, path: "s.yaml", files: files, overrides: values)
    else { throw WrongDocument() }
    let entries = document.explanation.entries.map { ($0.path, "\($0.value) | \($0.origin.text)") }
    return Dictionary(entries, uniquingKeysWith: { a, b in "\(a) and \(b)" })
  }

  @Test func `says what a cohort has from the player that it is like`() throws {
    let lines = try lines(Base.stream.text, set: ["players.mobile.buffer.start=3s"])
    #expect(lines["players.mobile.abr"] == "throughput | like media3 (s.yaml:11)")
    #expect(lines["players.mobile.buffer.start"] == "3s | --set")
    #expect(lines["players.mobile.buffer.target"] == "50s | like media3 (s.yaml:11)")
    #expect(lines["players.mobile.buffer.resume"] == "2s | like media3 (s.yaml:11)")
    #expect(lines["players.living-room.buffer.target"] == "30s | like hls.js (s.yaml:10)")
    #expect(lines["players.mobile.latency"] == "20ms | assumed")
    #expect(lines["players.mobile.watch"] == "all | assumed")
    #expect(lines["players.mobile.patience.stall"] == "none | assumed")
  }

  @Test func `shows every default of CDNs and of steering`() throws {
    let text = Base.stream.text.replacingFirst("steering:\n  policy: weighted(alpha=70% beta=30%)\n", with: "")
    let lines = try lines(text)
    #expect(lines["steering.policy"] == "weighted(alpha beta) | assumed")
    #expect(lines["steering.ttl"] == "5min | assumed")
    #expect(lines["steering.telemetry.window"] == "1min | assumed")
    #expect(lines["cdns.alpha.edge.detail"] == "objects | assumed")
    #expect(lines["cdns.alpha.edge.collapse"] == "yes | assumed")
    #expect(lines["cdns.alpha.edge.cache.policy"] == "lru | assumed")
    #expect(lines["cdns.alpha.origin.call"] == "origin.segment | s.yaml:21")
    #expect(lines["cdns.alpha.origin.timeout"] == "none | assumed")
    #expect(lines["cdns.beta.manifest-origin.timeout"] == "2s | assumed")
    #expect(lines["cdns.alpha.shield"] == "none | assumed")
    #expect(lines["catalog.segment"] == "4s | assumed")
    #expect(lines["catalog.sizes"] == "constant | assumed")
  }

  @Test func `shows each step of a start`() throws {
    let lines = try lines(Base.stream.text)
    #expect(lines["sessions.start.0"] == "play | s.yaml:14")
    #expect(lines["sessions.start.2.together"] == "[licence, segment] | s.yaml:14")
  }

  @Test func `shows what a recorded title says`() throws {
    let text = Base.stream.text
      .replacingFirst("[235kbps, 750kbps, 3Mbps]", with: "recorded(bbb.json)")
      .replacingFirst("  duration: 40min\n", with: "")
    let lines = try lines(text, files: ["bbb.json": title])
    #expect(lines["catalog.segment"] == "3s | bbb.json:1")
    #expect(lines["catalog.duration"] == "9s | bbb.json:1")
  }

  @Test func `is of no word about streaming where there is none`() throws {
    let lines = try lines(Base.queue.text)
    #expect(lines.keys.allSatisfy { !$0.hasPrefix("steering") && !$0.hasPrefix("catalog") })
  }
}
