import Campaign
import Engine
import Model
import ModelFile
import Testing

/// Which of two faults failures are laid on: the one that brought them about, whatever the other one does, is called, or
/// has done before.
///
/// Mutations: the first fault on a component taken for the cause; a fault that is over; a fault of one cohort that is the
/// cause of what befell another one.
@Suite struct `Blame among two faults` {
  private let model = """
    model: two
    time: {horizon: 300s}
    catalog: {titles: 1, popularity: zipf(0), duration: 20s, ladder: [4Mbps], segment: 4s}
    players:
      a: {share: 50%, like: shaka, bandwidth: 8Mbps, latency: 20ms, watch: all}
      b: {share: 50%, like: shaka, bandwidth: 8Mbps, latency: 20ms, watch: all}
    sessions:
      arrivals: constant(2/s)
      start: [auth, segment]
      dependencies: {auth: {call: auth.check, timeout: 1s}}
    workloads:
      browsing: {arrivals: constant(5/s), call: web.page, timeout: 2s}
    cdns:
      alpha: {edge: {sites: 1, cache: {size: unlimited}, latency: 50ms}, origin: origin.segment}
    services:
      origin: {pool: {threads: 50, queue: 100}, endpoints: {segment: [work: 100ms]}}
      auth: {replicas: 3, pool: {threads: 50, queue: 100}, endpoints: {check: [work: 30ms]}}
      web:
        replicas: 3
        pool: {threads: 50, queue: 100}
        dependencies: {auth: {call: auth.check, timeout: 1s}}
        endpoints: {page: [work: 5ms, call: auth]}
    """

  private func cascade(_ faults: String) throws -> Cascade {
    let document = try ModelFile.decode(
      text: "scenario: oracle\nmodel: model.yaml\nfaults: {\(faults)}\n", path: "scenario.yaml",
      files: ["model.yaml": model])
    guard case .scenario(let found) = document else { preconditionFailure("this is a scenario") }
    let variant = CampaignPlan.Variant(
      name: "oracle", model: found.model.model, scenario: found.scenario, overrides: [])
    return try #require(Cascade(of: variant, seed: 1, replication: 0))
  }

  /// Failures by the fault that they are laid on, as `name: how many`.
  private func blamed(_ cascade: Cascade) -> [String: Int] {
    cascade.chains.reduce(into: [:]) { counts, chain in
      switch chain.origin {
      case .fault(_, let root): counts[cascade.roots[root].fault, default: 0] += chain.count
      case .alsoWithoutFaults: counts["as without", default: 0] += chain.count
      case .unknown: counts["unknown", default: 0] += chain.count
      }
    }
  }

  private static let early = "at: 100s, for: 30s"

  /// One of the two answers, refuses, or holds; the other one adds a millisecond.
  @Test(
    arguments: [
      ("alpha", "unavailable"), ("alpha", "error"), ("auth", "unavailable"), ("auth", "error"), ("auth", "hang"),
    ], [("aa", "zz"), ("zz", "aa")])
  func `is laid on what answers or holds, not on what delays`(
    fault: (target: String, effect: String), names: (String, String)
  ) throws {
    let (target, effect) = fault
    let (late, broken) = names
    let counts = blamed(
      try cascade(
        "\(late): {\(Self.early), inject: latency, add: 1ms, target: \(target)}, "
          + "\(broken): {\(Self.early), inject: \(effect), target: \(target)}"))
    #expect(counts[broken, default: 0] > 20 && counts.count == 1, "\(counts)")
  }

  /// The first one has ended long before the second, or when that begins.
  @Test(arguments: ["alpha", "auth"], [130, 200])
  func `is laid on the fault that is active`(target: String, second: Int) throws {
    let faults =
      "x: {\(Self.early), inject: error, target: \(target)}, y: {at: \(second)s, for: 30s, inject: unavailable, target: \(target)}"
    let cascade = try cascade(faults)
    let counts = blamed(cascade)
    let alone = blamed(try self.cascade("x: {\(Self.early), inject: error, target: \(target)}"))
    #expect(counts.keys.sorted() == ["x", "y"], "\(counts)")
    // What the first one does alone it does here too, and next to nothing more.
    let difference = counts["x", default: 0] - alone["x", default: 0]
    #expect(difference.magnitude <= 2 && counts["y", default: 0] > 20, "\(counts), \(alone)")
    // What leaves its band under the second one is not the first one's.
    for edge in cascade.edges where edge.isFirst {
      if case .root(let root) = edge.from, second == 200, edge.at >= .zero + .seconds(200) {
        #expect(cascade.roots[root].fault == "y")
      }
    }
  }

  @Test func `is laid on the fault of one's own cohort`() throws {
    let cascade = try cascade(
      "bw: {\(Self.early), inject: bandwidth, to: 1Mbps, target: b}, er: {\(Self.early), inject: error, target: a}")
    let counts = blamed(cascade)
    #expect(counts["er", default: 0] > 20 && counts.keys.filter { $0 != "er" && $0 != "bw" }.isEmpty, "\(counts)")
    for chain in cascade.chains {
      guard case .fault(_, let root) = chain.origin else { continue }
      #expect(cascade.roots[root].fault == (chain.workload == "a" ? "er" : "bw"), "\(chain)")
    }
    #expect(cascade.roots.map(\.targets) == [["b"], ["sessions -> auth", "a"]])
    for (index, node) in cascade.nodes.enumerated() where node.component.kind == .cohort {
      let first = try #require(cascade.edges.first { $0.to == index && $0.isFirst }, "\(node.name) \(node.mechanism)")
      var cause = first.from
      while case .node(let place) = cause {
        cause = try #require(cascade.edges.first { $0.to == place && $0.isFirst }).from
      }
      guard case .root(let root) = cause else { continue }
      #expect(cascade.roots[root].fault == (node.name == "a" ? "er" : "bw"), "\(node.name) \(node.mechanism)")
    }
  }

  /// Replicas of a service that crash, or are taken, and calls that have nowhere to go.
  @Test(arguments: ["crash", "capacity, replicas: 3", "leak, resource: memory, fills: 1s, restart: 40s"])
  func `is laid on what takes the replicas`(effect: String) throws {
    let counts = blamed(
      try cascade(
        "aa: {\(Self.early), inject: latency, add: 1ms, target: auth}, zz: {\(Self.early), inject: \(effect), target: auth}"
      ))
    #expect(counts["zz", default: 0] > 20 && counts.count == 1, "\(counts)")
  }

  /// A flush answers nothing: an origin of one thread that no longer keeps up does.
  @Test func `is laid on a flush by way of misses`() throws {
    let few = model.replacing("origin: {pool: {threads: 50, queue: 100}", by: "origin: {pool: {threads: 1, queue: 0}")
      .replacing("titles: 1,", by: "titles: 20,")
    let document = try ModelFile.decode(
      text: "scenario: s\nmodel: model.yaml\nfaults: {x: {at: 150s, inject: flush-cache, target: alpha}}\n",
      path: "scenario.yaml", files: ["model.yaml": few])
    guard case .scenario(let found) = document else { preconditionFailure("this is a scenario") }
    let variant = CampaignPlan.Variant(
      name: "oracle", model: found.model.model, scenario: found.scenario, overrides: [])
    let cascade = try #require(Cascade(of: variant, seed: 1, replication: 0))
    let struck = cascade.edges.filter { if case .root = $0.from { true } else { false } }
    #expect(struck.map { cascade.nodes[$0.to].mechanism } == [.misses])
    #expect(cascade.nodes.contains { $0.mechanism == .answersFail && $0.depth ?? 0 > 3 })
  }
}

extension String {
  fileprivate func replacing(_ part: String, by other: String) -> String {
    split(separator: part, omittingEmptySubsequences: false).joined(separator: other)
  }
}
