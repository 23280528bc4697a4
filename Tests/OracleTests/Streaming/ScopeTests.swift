import Campaign
import Engine
import Model
import ModelFile
import Testing

/// Whose requests a fault's scope picks, where only some can meet the fault at all: the same at all percentages.
///
/// Mutations: a fault of a whole cohort that has everybody in its scope; a window about one fault that forgets the cohort.
@Suite struct `The scope of a fault on some askers` {
  private let model = """
    model: two
    time: {horizon: 60s}
    catalog: {titles: 1, popularity: zipf(0), duration: 8s, ladder: [1Mbps], segment: 4s}
    players:
      a: {share: 50%, like: basic, bandwidth: 8Mbps, latency: 10ms, watch: all}
      b: {share: 50%, like: basic, bandwidth: 8Mbps, latency: 10ms, watch: all}
    sessions: {arrivals: constant(4/s), start: [licence, segment], dependencies: {licence: {call: web.licence}}}
    workloads:
      browsing: {arrivals: constant(4/s), call: web.page}
      search: {arrivals: constant(4/s), call: web.page}
    cdns:
      alpha: {edge: {sites: 1, cache: {size: unlimited}, latency: 5ms}, origin: origin.segment}
    services:
      origin: {pool: {threads: 50}, endpoints: {segment: [work: 1ms]}}
      web: {pool: {threads: 50}, endpoints: {page: [work: 1ms], licence: [work: 1ms]}}
    """

  private func variant(_ faults: String) throws -> CampaignPlan.Variant {
    let document = try ModelFile.decode(
      text: "scenario: oracle\nmodel: model.yaml\nfaults: {\(faults)}\n", path: "scenario.yaml",
      files: ["model.yaml": model])
    guard case .scenario(let found) = document else { preconditionFailure("this is a scenario") }
    return CampaignPlan.Variant(
      name: "oracle", model: found.model.model, scenario: found.scenario, overrides: [])
  }

  /// The groups of which somebody is in scope, and those of which somebody is not.
  private func groups(_ faults: String) throws -> (inScope: [String], outside: [String]) {
    let groups = try #require(TwinRun(of: variant(faults), seed: 1, replication: 0)).comparison.groups
    return (groups.filter { $0.inScope.both > 0 }.map(\.name), groups.filter { $0.outside.both > 0 }.map(\.name))
  }

  @Test(arguments: [
    ("error, target: a", ["a"]), ("hang, target: [a, b]", ["a", "b"]), ("error, target: alpha", ["a", "b"]),
    ("hang, target: alpha#0", ["a", "b"]), ("error, target: browsing -> web", ["browsing"]),
    ("error, target: sessions -> licence", ["a", "b"]), ("error, target: web", ["browsing", "search", "a", "b"]),
    ("error, target: web.licence", ["browsing", "search", "a", "b"]),
  ])
  func `is those who can meet it`(fault: String, askers: [String]) throws {
    for scope in ["100%", "99.99% of requests", "50% of requests"] {
      let (inScope, outside) = try groups("x: {at: 10s, for: 20s, inject: \(fault), scope: \(scope)}")
      #expect(inScope == askers, "\(fault), \(scope)")
      let others = ["browsing", "search", "a", "b"].filter { !askers.contains($0) }
      if scope == "100%" { #expect(outside == others, "\(fault)") }
      #expect(others.allSatisfy(outside.contains), "\(fault), \(scope)")
    }
  }

  /// A fault of all of a service picks nobody in particular beside one of a cohort.
  @Test func `is that of a cohort where another fault reaches everybody`() throws {
    let both = "x: {at: 10s, for: 20s, inject: error, target: a}, y: {at: 10s, for: 20s, inject: hang, target: web}"
    #expect(try groups(both) == (["a"], ["browsing", "search", "b"]))
  }

  @Test(arguments: ["100%", "99.99% of requests"], [Window.Period.duringFaults, .duringFault("x"), .afterFault("x")])
  func `is what counts in a window among the scoped`(scope: String, period: Window.Period) throws {
    let variant = try variant("x: {at: 10s, for: 20s, inject: error, target: [b, a], scope: \(scope)}")
    let one = try self.variant("x: {at: 10s, for: 20s, inject: error, target: a, scope: \(scope)}")
    for (variant, isOne) in [(variant, false), (one, true)] {
      let program = Program(
        model: variant.model, scenario: variant.scenario, windows: [Window(period, among: .scoped), Window(period)])
      var simulation = Simulation(program)
      let run = simulation.run(seed: 1, replication: 0)
      let outcome = try #require(run)
      for workload in outcome.workloads {
        let (scoped, all) = (workload.windows[0].arrivals, workload.windows[1].arrivals)
        switch workload.name {
        case "a": #expect(scoped == all && all > 10)
        case "b": #expect(scoped == (isOne ? 0 : all))
        case "sessions": #expect(isOne ? scoped > 10 && scoped < all : scoped == all)
        default: #expect(scoped == 0 && all > 10, "\(workload.name)")
        }
      }
    }
  }
}
