import Campaign
import Engine
import Model
import ModelFile
import Testing

/// Sites that send all they can, on the way from a fault to players who stall.
///
/// Mutations: a link that is full and does not show; stalls laid on the CDN that its players have left.
@Suite struct `A cascade through sites at capacity` {
  /// A play a second of 40 s at 1 Mbit/s: about 40 at a time, on one CDN with ample room, and one that has it for 30.
  private func cascade(on first: String, _ fault: String) throws -> Cascade {
    let model = """
      model: streams
      time: {horizon: 240s}
      catalog: {titles: 1, popularity: zipf(0), duration: 40s, ladder: [1Mbps], segment: 4s}
      players:
        tv:
          like: media3
          bandwidth: 2Mbps
          latency: 20ms
          watch: all
          buffer: {start: 4s, target: 8s, resume: 4s}
      sessions: {arrivals: constant(1/s), start: [segment]}
      cdns:
        ample: {edge: {sites: 1, cache: {size: unlimited}, latency: 5ms, capacity: 100Mbps}, origin: origin.segment}
        narrow: {edge: {sites: 1, cache: {size: unlimited}, latency: 5ms, capacity: 30Mbps}, origin: origin.segment}
      steering: {policy: weighted(ample=\(first == "ample" ? 100 : 50)% narrow=\(first == "ample" ? 0 : 50)%)}
      services:
        origin: {pool: {threads: unbounded}, endpoints: {segment: [work: 10ms]}}
      """
    let document = try ModelFile.decode(
      text: "scenario: oracle\nmodel: model.yaml\nfaults: {x: {at: 100s, for: 60s, \(fault)}}\n",
      path: "scenario.yaml", files: ["model.yaml": model])
    guard case .scenario(let found) = document else { preconditionFailure("this is a scenario") }
    let variant = CampaignPlan.Variant(
      name: "oracle", model: found.model.model, scenario: found.scenario, overrides: [])
    return try #require(Cascade(of: variant, seed: 1, replication: 0))
  }

  /// The first causes of a departure, itself first, and the fault, as texts.
  private func way(to name: String, _ mechanism: CascadeMechanism, in cascade: Cascade) throws -> [String] {
    var place = try #require(
      cascade.nodes.firstIndex { $0.name == name && $0.mechanism == mechanism })
    var way: [String] = []
    while true {
      way.append("\(cascade.nodes[place].name) \(cascade.nodes[place].mechanism.rawValue)")
      guard let edge = cascade.edges.first(where: { $0.to == place && $0.isFirst }) else { return way + ["nothing"] }
      switch edge.from {
      case .root(let root): return way + ["\(cascade.roots[root].effect) of \(cascade.roots[root].target)"]
      case .node(let cause): place = cause
      }
    }
  }

  @Test func `goes from a CDN's errors to the sites of the other one, and from these to stalls`() throws {
    let cascade = try cascade(on: "ample", "inject: error, status: 503, target: ample")
    #expect(
      try way(to: "tv", .stalls, in: cascade) == [
        "tv playback stalls", "narrow at capacity", "narrow more requests", "ample answers players with errors",
        "error of ample",
      ])
    let full = try #require(cascade.nodes.first { $0.mechanism == .atCapacity })
    #expect(full.name == "narrow" && full.normal < 0.5 && full.peak > 0.99)
  }

  @Test func `goes from a surge of viewers to stalls`() throws {
    let cascade = try cascade(on: "both", "inject: surge, factor: 4, target: sessions")
    let way = try way(to: "tv", .stalls, in: cascade)
    #expect(way.dropFirst() == ["narrow at capacity", "narrow more requests", "surge of sessions"])
  }

  @Test func `goes from less bandwidth of a site to stalls`() throws {
    let cascade = try cascade(on: "both", "inject: bandwidth, factor: 10%, target: ample")
    let ways = try way(to: "tv", .stalls, in: cascade)
    #expect(ways == ["tv playback stalls", "ample at capacity", "bandwidth of ample"])
  }
}
