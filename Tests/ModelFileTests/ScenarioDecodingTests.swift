import Model
import Sampling
import Testing

@testable import ModelFile

@Suite struct `A scenario file` {
  private func fault(_ settings: String, on model: String = vod) throws -> Fault {
    let text = """
      scenario: s
      model: ../model.yaml
      faults:
        f: {at: 3min, for: 2min, \(settings)}
      """
    return try #require(try scenario(text, on: model).scenario.faults.first)
  }

  private func ids(_ settings: String, on model: String = vod) -> [DiagnosticID] {
    let text = """
      scenario: s
      model: model.yaml
      faults:
        f: {at: 3min, for: 2min, \(settings)}
      """
    return errors(in: text, path: "s.yaml", files: ["model.yaml": model]).map(\.id)
  }

  @Test func `of an outage says what it says`() throws {
    let text = """
      scenario: viewing-history-hangs
      model: ../model.yaml
      faults:
        history-down:
          at: 3min
          for: 3min
          inject: hang
          target: viewing-history
          scope: 100%
      expect:
        still-plays:
          that: availability(viewers) >= 99.9%
          during: faults
          among: everyone
        comes-back:
          that: recovery(viewers) <= 2min
        no-collateral:
          that: availability(browsing) >= 99.9%
          during: faults
      confidence: 95%
      """
    let document = try scenario(text, on: vod)
    #expect(
      document.scenario
        == Scenario(
          name: "viewing-history-hangs",
          faults: [
            Fault(
              name: "history-down", at: .seconds(180), duration: .seconds(180), effect: .hang,
              target: .service("viewing-history"), scope: .everything, salt: nil)
          ],
          expectations: [
            Expectation(
              name: "still-plays", metric: Metric(.availability, of: "viewers", in: Window(.duringFaults)),
              comparison: .atLeast, bound: 0.999),
            Expectation(
              name: "comes-back", metric: Metric(.recovery, of: "viewers"), comparison: .atMost, bound: 120),
            Expectation(
              name: "no-collateral", metric: Metric(.availability, of: "browsing", in: Window(.duringFaults)),
              comparison: .atLeast, bound: 0.999),
          ], confidence: 0.95))
    #expect(document.model.model.name == "vod")
    #expect(document.sources.map(\.path) == ["scenarios/s.yaml", "model.yaml"])
  }

  @Test func `takes every effect of the language`() throws {
    let expected: [(String, FaultEffect)] = [
      ("inject: unavailable, target: entitlement", .unavailable),
      ("inject: hang, target: entitlement", .hang),
      ("inject: error, target: entitlement", .error(ErrorFault(probability: .one))),
      ("inject: error, probability: 5%, target: entitlement", .error(ErrorFault(probability: Probability(0.05)))),
      (
        "inject: latency, add: 20ms, factor: 2, target: entitlement",
        .latency(LatencyFault(add: try .constant(seconds: 0.02), factor: 2))
      ),
      ("inject: latency, factor: x3, target: entitlement", .latency(LatencyFault(add: nil, factor: 3))),
      ("inject: slow, speed: 25%, target: entitlement", .slow(SlowFault(speed: 0.25))),
      ("inject: crash, target: entitlement", .crash),
      (
        "inject: capacity, threads: 50%, target: entitlement",
        .capacity(CapacityFault(resource: .threads, taken: .fraction(Probability(0.5))))
      ),
      (
        "inject: capacity, replicas: 2, target: entitlement",
        .capacity(CapacityFault(resource: .replicas, taken: .count(2)))
      ),
      ("inject: surge, factor: x3, target: viewers", .surge(SurgeFault(factor: 3))),
      ("inject: pause, target: entitlement", .pause),
    ]
    for (settings, effect) in expected {
      #expect(try fault(settings).effect == effect, "\(settings)")
    }
  }

  @Test func `takes every target of the language`() throws {
    let expected: [(String, FaultTarget)] = [
      ("entitlement", .service("entitlement")),
      ("entitlement.check", .endpoint(EndpointPath(service: "entitlement", endpoint: "check"))),
      ("edge-api -> viewing-history", .edge(from: "edge-api", to: "viewing-history")),
      ("edge-api -> history", .edge(from: "edge-api", to: "viewing-history")),
      ("viewers -> edge-api", .edge(from: "viewers", to: "edge-api")),
      ("edge-api#11", .replica(service: "edge-api", index: 11)),
      ("zone a", .zone(region: "us-east", name: "a")),
      ("zone us-east.b", .zone(region: "us-east", name: "b")),
      ("region us-east", .region("us-east")),
    ]
    for (text, target) in expected {
      #expect(try fault("inject: unavailable, target: \(text)").target == target, "\(text)")
    }
  }

  /// `a -> c` is all calls of the one to the other, and the name of a dependency those along it where there are more.
  @Test func `tells dependencies on the same service apart`() throws {
    let model = """
      model: two
      workloads: {users: {arrivals: poisson(1/s), call: a.x}}
      services:
        a:
          pool: {threads: 1, queue: 0}
          dependencies: {c: {call: c.q}, f: {call: c.q}, lone: {call: d.q}}
          endpoints: {x: [call: c, call: f, call: lone]}
        c: {pool: {threads: 1, queue: 0}, endpoints: {q: [work: 1ms]}}
        d: {pool: {threads: 1, queue: 0}, endpoints: {q: [work: 1ms]}}
      time: {horizon: 10min}
      """
    let expected: [(String, FaultTarget)] = [
      ("a -> c", .edge(from: "a", to: "c")), ("a -> f", .dependency(of: "a", name: "f")),
      ("dependency a -> c", .dependency(of: "a", name: "c")), ("a -> lone", .edge(from: "a", to: "d")),
    ]
    for (text, target) in expected {
      #expect(try fault("inject: hang, target: \(text)", on: model).target == target, "\(text)")
    }
    #expect(ids("inject: hang, target: dependency a -> g", on: model) == [.unknownDependency])
    #expect(ids("inject: pause, target: a -> f", on: model) == [.badTarget])
  }

  @Test(arguments: [
    ("100%", FaultScope.everything), ("everything", .everything), ("5%", .devices(Probability(0.05))),
    ("5% of devices", .devices(Probability(0.05))), ("5% of requests", .requests(Probability(0.05))),
    ("one device", .oneDevice), ("2 replicas", .replicas(2)), ("1 replica", .replicas(1)),
  ])
  func `takes every scope of the language`(text: String, scope: FaultScope) throws {
    #expect(try fault("inject: hang, target: entitlement, scope: \(text)").scope == scope)
  }

  @Test(arguments: [
    ("inject: slow, speed: 0%, target: entitlement", DiagnosticID.outOfRange),
    ("inject: slow, target: entitlement", .missingKey),
    ("inject: surge, factor: x1, target: viewers", .outOfRange),
    ("inject: surge, factor: x3, target: entitlement", .badTarget),
    ("inject: hang, target: viewers", .badTarget),
    ("inject: pause, target: edge-api -> history", .badTarget),
    ("inject: capacity, replicas: 1, target: entitlement#0", .badTarget),
    ("inject: capacity, target: entitlement", .missingKey),
    ("inject: capacity, replicas: 1, threads: 1, target: entitlement", .conflictingKeys),
    ("inject: latency, target: entitlement", .missingKey),
    ("inject: crash, scope: 5% of requests, target: entitlement", .badScope),
    ("inject: hang, scope: 2 replicas, target: entitlement.check", .badScope),
    ("inject: crash, scope: 7 replicas, target: entitlement", .badScope),
    ("inject: set, target: entitlement, to: 3", .missingKey),
    ("target: entitlement", .missingKey),
  ])
  func `refuses what makes no sense with exactly one reason`(settings: String, id: DiagnosticID) {
    #expect(ids(settings) == [id])
  }

  @Test func `does not guess between a workload and a service of one name`() {
    let both = Base.queue.text.replacingFirst("customers", with: "desk")
    #expect(ids("inject: hang, target: desk", on: both) == [.badTarget])
  }

  @Test func `reads the window and the population inside of a hypothesis too`() throws {
    let text = """
      scenario: s
      model: ../model.yaml
      expect:
        e: {that: latency-p99(viewers) during 3min..6min among scoped < 250ms}
      """
    #expect(
      try scenario(text, on: vod).scenario.expectations == [
        Expectation(
          name: "e",
          metric: Metric(
            .latencyP99, of: "viewers", in: Window(.between(.seconds(180), .seconds(360)), among: .scoped)),
          comparison: .below, bound: 0.25)
      ])
  }

  @Test func `can be changed from outside like a model`() throws {
    let text = """
      scenario: s
      model: ../model.yaml
      faults:
        f: {at: 3min, for: 2min, inject: error, probability: 5%, target: entitlement}
      """
    let document = try scenario(text, on: vod, set: ["faults.*.probability=7%", "services.entitlement.replicas=2"])
    #expect(document.scenario.faults[0].effect == .error(ErrorFault(probability: Probability(0.07))))
    #expect(try document.model.model.service("entitlement").replicas == 2)
  }

  @Test func `reports the faults of its model and its own together`() {
    let text = """
      scenario: s
      model: model.yaml
      faults:
        f: {at: 3min, for: 2min, inject: hang, target: entitlment}
      """
    let broken = vod.replacingFirst("replicas: 6", with: "replicas: 0")
    let found = errors(in: text, path: "s.yaml", files: ["model.yaml": broken])
    #expect(found.map { "\($0.path) \($0.id.rawValue)" } == ["s.yaml unknown-service", "model.yaml out-of-range"])
  }
}
