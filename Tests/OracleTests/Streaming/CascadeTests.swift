import Campaign
import Engine
import Model
import ModelFile
import Testing

/// Cascades through CDNs, caches and players, and of an autoscaler: small systems in which the order and the mechanism are
/// known by hand.
///
/// Mutations: failover laid on the fault and not on the errors that players saw; a stall without its cause; scale-in that
/// is told as replicas down.
@Suite struct `A cascade of streams` {
  private func cascade(_ model: String, _ fault: String) throws -> Cascade {
    let document = try ModelFile.decode(
      text: "scenario: oracle\nmodel: model.yaml\nfaults:\n  \(fault)\n", path: "scenario.yaml",
      files: ["model.yaml": model])
    guard case .scenario(let found) = document else { preconditionFailure("this is a scenario") }
    let variant = CampaignPlan.Variant(
      name: "oracle", model: found.model.model, scenario: found.scenario, overrides: [])
    return try #require(Cascade(of: variant, seed: 20260, replication: 0))
  }

  /// `63 alpha origin fails <- alpha -> origin calls fail (failures)`: the second in which each departure began, its first
  /// cause, and what carried it.
  private func told(_ cascade: Cascade) -> [String] {
    cascade.nodes.indices.map { index in
      let first = cascade.edges.first { $0.to == index && $0.isFirst }
      let cause =
        switch first?.from {
        case .root(let root): "\(cascade.roots[root].effect) of \(cascade.roots[root].target)"
        case .node(let node):
          "\(cascade.nodes[node].name) \(cascade.nodes[node].mechanism.rawValue) (\(first?.carrier ?? ""))"
        case nil: "nothing"
        }
      let node = cascade.nodes[index]
      return "\(node.from.nanoseconds / 1_000_000_000) \(node.name) \(node.mechanism.rawValue) <- \(cause)"
    }
  }

  private func expect(_ cascade: Cascade, tells lines: [String]) {
    let all = told(cascade)
    for line in lines { #expect(all.contains(line), "\(line) is not in \(all.joined(separator: "\n"))") }
    #expect(cascade.nodes.allSatisfy { $0.depth != nil }, "\(all.joined(separator: "\n"))")
  }

  /// A play a second from 1 s on, of a title of ten minutes; segments of 4 s come at once.
  private func streams(
    like profile: String, ttl: String, origin: String = "origin.segment", threads: String = "unbounded"
  ) -> String {
    """
    model: streams
    time: {horizon: 120s}
    catalog: {titles: 1, popularity: zipf(0), duration: 600s, ladder: [1Mbps], segment: 4s}
    players:
      tv:
        like: \(profile)
        bandwidth: 1Gbps
        latency: 20ms
        watch: all
        buffer: {start: 4s, target: 8s, resume: 4s}
        patience: {startup: 10s, stall: 20s}
    sessions: {arrivals: constant(1/s), start: [segment]}
    cdns:
      alpha: {edge: {sites: 1, cache: {size: unlimited, ttl: \(ttl)}, latency: 5ms}, origin: \(origin)}
      beta: {edge: {sites: 1, cache: {size: unlimited, ttl: \(ttl)}, latency: 5ms}, origin: \(origin)}
    steering: {policy: weighted(alpha=100% beta=0%)}
    services:
      origin: {pool: {threads: \(threads)}, endpoints: {segment: [work: 10ms]}}
    """
  }

  /// media3 tries another CDN at once at a 503; the other one has nothing in its cache, and asks the origin.
  @Test func `goes from the errors of a CDN to the load of the other, its misses and the origin`() throws {
    let cascade = try cascade(
      streams(like: "media3", ttl: "10min"), "down: {at: 60s, for: 30s, inject: error, status: 503, target: alpha}")
    expect(
      cascade,
      tells: [
        "60 alpha answers players with errors <- error of alpha",
        "60 beta more requests <- alpha answers players with errors (failover)",
        "60 beta more misses <- beta more requests (its own)",
        "60 origin more load <- beta more misses (misses)",
      ])
    // Nobody has to wait for it.
    #expect(!cascade.nodes.contains { $0.component.kind == .cohort } && cascade.chains.isEmpty)
  }

  /// A basic player waits for ever: it has 4 to 8 s in its buffer, then it stalls, and its viewer leaves 20 s later. Who
  /// presses play at 60 s leaves after 10 s.
  @Test func `goes from the hang of a CDN to stalls, and from stalls to viewers who leave`() throws {
    let cascade = try cascade(
      streams(like: "basic", ttl: "10min"), "dead: {at: 60s, for: 50s, inject: hang, target: alpha}")
    let all = told(cascade)
    func second(_ mechanism: CascadeMechanism, _ cause: String) throws -> Int64 {
      let node = try #require(
        cascade.nodes.firstIndex { $0.name == "tv" && $0.mechanism == mechanism }, "\(all.joined(separator: "\n"))")
      #expect(all[node].hasSuffix("<- \(cause)"), "\(all[node])")
      return cascade.nodes[node].from.nanoseconds / 1_000_000_000
    }
    let stalls = try second(.stalls, "hang of alpha")
    #expect((64...68).contains(stalls))
    let left = try second(.abandonments, "tv playback stalls (its own)")
    #expect((left - stalls - 20).magnitude <= 1)
    #expect((70...71).contains(try second(.exits, "hang of alpha")))
    #expect(!cascade.nodes.contains { $0.name == "beta" && $0.mechanism == .requests })
    let exits = try #require(cascade.chains.first { $0.reason == .abandoned })
    guard case .fault(let nodes, _) = exits.origin else {
      Issue.record("the exits lead to no fault")
      return
    }
    #expect(nodes.map { cascade.nodes[$0].mechanism } == [.exits])
  }

  /// What the cache keeps is old after 1 ms, so that each segment is asked for at the origin; after 3 s the CDN gives up, and
  /// answers with an error. A basic player fails with it: a start at once, a play when its buffer is empty.
  @Test func `goes from the origin through the CDN to the players`() throws {
    let cascade = try cascade(
      streams(like: "basic", ttl: "1ms", origin: "{call: origin.segment, timeout: 3s}"),
      "stuck: {at: 60s, for: 30s, inject: hang, target: origin}")
    expect(
      cascade,
      tells: [
        "63 alpha -> origin timeouts <- hang of origin",
        "63 alpha -> origin calls fail <- alpha -> origin timeouts (its own)",
        "63 alpha origin fails <- alpha -> origin calls fail (failures)",
        "63 alpha answers players with errors <- alpha origin fails (its own)",
      ])
    let all = told(cascade)
    for mechanism in [CascadeMechanism.startsFail, .playbackFails] {
      let node = try #require(
        cascade.nodes.firstIndex { $0.name == "tv" && $0.mechanism == mechanism }, "\(all.joined(separator: "\n"))")
      #expect(all[node].hasSuffix("<- alpha answers players with errors (failures)"), "\(all[node])")
      #expect((63...72).contains(cascade.nodes[node].from.nanoseconds / 1_000_000_000))
    }
    // Starts that the CDN could not serve, back to the origin.
    let chain = try #require(cascade.chains.first { $0.workload == "tv" })
    guard case .fault(let nodes, let root) = chain.origin else {
      Issue.record("the starts lead to no fault")
      return
    }
    #expect(cascade.roots[root].target == "origin")
    #expect(nodes.map { cascade.nodes[$0].name }.last == "alpha -> origin")
  }

  /// A surge of a cohort's viewers is one of all that their sessions ask.
  @Test func `knows a surge of viewers behind the load`() throws {
    let cascade = try cascade(
      streams(like: "basic", ttl: "1ms"), "rush: {at: 60s, for: 20s, inject: surge, factor: x20, target: tv}")
    let all = told(cascade)
    #expect(all.contains { $0.contains("alpha more requests <- surge of tv") }, "\(all.joined(separator: "\n"))")
    #expect(all.contains { $0.contains("alpha more misses <- alpha more requests") })
    #expect(cascade.nodes.allSatisfy { $0.depth != nil })
  }

  /// Twenty calls a second take two threads of four replicas with one each. Nothing comes from 60 to 120 s, so that at 75 s
  /// an autoscaler that does not wait leaves one replica. What comes at 120 s finds it full.
  private func scaled(_ fault: String) throws -> Cascade {
    try cascade(
      """
      model: scaled
      time: {horizon: 240s}
      workloads: {viewers: {arrivals: constant(20/s), call: gateway.play}}
      services:
        gateway:
          pool: {threads: unbounded}
          dependencies: {desk: {call: desk.serve}}
          endpoints: {play: [call: desk]}
        desk:
          replicas: 4
          pool: {threads: 1, queue: 2}
          autoscaling: {target: 50%, min: 1, max: 8, boot: 10s, stabilisation: 0s}
          endpoints: {serve: [work: 95ms]}
      """, fault)
  }

  @Test func `tells replicas that were scaled in from those that are down`() throws {
    let cascade = try scaled("cut: {at: 60s, for: 60s, inject: unavailable, target: gateway -> desk}")
    expect(
      cascade,
      tells: [
        "75 desk scaled in <- unavailable of gateway -> desk", "120 desk queue grows <- desk scaled in (its own)",
        "120 desk queue full, rejecting <- desk queue grows (its own)",
      ])
    #expect(!cascade.nodes.contains { $0.mechanism == .down })
    let crash = try scaled("dead: {at: 60s, for: 60s, inject: crash, target: 'desk#0'}")
    #expect(crash.nodes.contains { $0.mechanism == .down && $0.from == .zero + .seconds(60) })
    #expect(told(crash).contains("60 desk replicas down <- crash of desk#0"), "\(told(crash))")
    #expect(!crash.nodes.contains { $0.mechanism == .scaledIn && $0.from < .zero + .seconds(75) })
  }
}
