import Model
import Sampling
import Testing

@testable import ModelFile

/// The language of values that are set while the system runs.
@Suite struct `A fault that sets a value` {
  private func text(_ settings: String) -> String {
    "scenario: s\nmodel: ../model.yaml\nfaults:\n  f: {at: 3min, for: 2min, inject: set, \(settings)}\n"
  }

  private func fault(_ settings: String, set overrides: [String] = []) throws -> Fault {
    try #require(try scenario(text(settings), on: vod, set: overrides).scenario.faults.first)
  }

  private func effect(_ settings: String, set overrides: [String] = []) throws -> SetFault {
    guard case .set(let set) = try fault(settings, set: overrides).effect else {
      preconditionFailure("`\(settings)` sets nothing")
    }
    return set
  }

  private func said(_ settings: String) -> [String] {
    let text = text(settings).replacingFirst("../model.yaml", with: "model.yaml")
    return errors(in: text, path: "s.yaml", files: ["model.yaml": vod]).map {
      "\($0.id.rawValue) \($0.location?.line ?? 0)"
    }
  }

  static let history = CallPlace.service("edge-api", dependency: "history")

  @Test(arguments: [
    ("services.edge-api.pool.threads, to: 3", [Setting.service("edge-api", .threads)]),
    ("services.edge-api.pool.threads, to: unbounded", [.service("edge-api", .threads)]),
    ("services.edge-api.pool.queue, to: 3", [.service("edge-api", .queue)]),
    (
      "services.edge-api.pool, to: {threads: 7, queue: 9}",
      [.service("edge-api", .queue), .service("edge-api", .threads)]
    ),
    ("services.edge-api.replicas, to: 3", [.service("edge-api", .replicas)]),
    ("services.edge-api.cores, to: 3", [.service("edge-api", .cores)]),
    ("services.edge-api.balancing, to: random", [.service("edge-api", .balancing)]),
    ("services.edge-api.cancellation, to: propagate", [.service("edge-api", .cancellation)]),
    (
      "services.edge-api.endpoints.play.0.work, to: exponential(mean=9ms)",
      [.step(EndpointPath(service: "edge-api", endpoint: "play"), 0, .work)]
    ),
    (
      "services.edge-api.endpoints.home.1.probability, to: 90%",
      [.step(EndpointPath(service: "edge-api", endpoint: "home"), 1, .probability)]
    ),
    ("services.edge-api.dependencies.history.timeout, to: none", [.call(history, .timeout)]),
    ("services.edge-api.dependencies.history.deadline, to: 1s", [.call(history, .deadline)]),
    ("services.edge-api.dependencies.history.retry.attempts, to: 9", [.call(history, .retry)]),
    ("services.edge-api.dependencies.history.breaker, to: none", [.call(history, .breaker)]),
    ("services.edge-api.dependencies.history.breaker.failure-rate, to: 7%", [.call(history, .breaker)]),
    ("services.edge-api.dependencies.history.bulkhead.threads, to: 3", [.call(history, .bulkhead)]),
    ("services.edge-api.dependencies.history.fallback, to: none", [.call(history, .fallback)]),
    ("workloads.browsing.arrivals, to: poisson(9/s)", [.arrivals("browsing")]),
    ("workloads.browsing.timeout, to: 2s", [.call(.workload("browsing"), .timeout)]),
  ])
  func `knows what a path is of`(settings: String, expected: [Setting]) throws {
    #expect(try effect("path: \(settings)").settings == expected)
  }

  @Test func `takes the value as the model's file would have it`() throws {
    let set = try effect("path: services.edge-api.dependencies.history.timeout, to: 2500ms")
    #expect(set.changed.call(at: Self.history)?.timeout == .milliseconds(2500))
    #expect(try effect("path: services.edge-api.pool.threads, to: 3").changed.service("edge-api").pool.threads == 3)
  }

  @Test func `reaches all calls that adopt a policy, and all names of a star`() throws {
    let policy = try effect("path: policies.paved-road.timeout, to: 90ms")
    // History has a timeout of its own.
    #expect(policy.settings.contains(.call(.service("edge-api", dependency: "entitlement"), .timeout)))
    #expect(!policy.settings.contains(.call(Self.history, .timeout)))
    let all = try effect("path: services.*.pool.threads, to: 90")
    #expect(all.settings.count == all.changed.services.count)
  }

  @Test func `stands on what a variant has changed`() throws {
    let set = try effect(
      "path: services.edge-api.pool.threads, to: 3", set: ["services.edge-api.pool.queue=17"])
    #expect(try set.changed.service("edge-api").pool.queue == .bounded(17))
    #expect(
      try effect("path: services.edge-api.pool.threads, to: 3", set: ["faults.f.to=4"]).changed
        .service("edge-api").pool.threads == 4)
  }

  @Test func `has the target that its path names, or some of its replicas`() throws {
    #expect(try fault("path: services.edge-api.pool.threads, to: 3").targets == [.service("edge-api")])
    #expect(
      try fault("path: services.edge-api.dependencies.history.timeout, to: 1s").targets
        == [.edge(from: "edge-api", to: "viewing-history")])
    #expect(
      try fault("path: services.edge-api.pool.threads, to: 3, target: edge-api#1").targets
        == [.replica(service: "edge-api", index: 1)])
    #expect(try fault("path: services.edge-api.pool.threads, to: 3, scope: 2 replicas").scope == .replicas(2))
  }

  @Test func `moves between numbers`() throws {
    let set = try effect("path: services.edge-api.pool.threads, to: from 90 to 10 over 1min")
    #expect(set.ramp?.over == .seconds(60))
    #expect(try set.ramp?.start.service("edge-api").pool.threads == 90)
    #expect(try set.changed.service("edge-api").pool.threads == 10)
  }

  @Test(arguments: [
    ("path: services.edge-api.pool.treads, to: 3", "bad-path 4"),
    ("path: services.edge-app.pool.threads, to: 3", "bad-path 4"),
    ("path: services.edge-api.pool.threads, to: 0", "out-of-range 4"),
    ("path: services.edge-api.dependencies.history.timeout, to: 3", "missing-unit 4"),
    ("path: services.edge-api.style, to: async", "not-settable 4"),
    ("path: services.edge-api.stage, to: origin", "not-settable 4"),
    ("path: time.horizon, to: 1h", "not-settable 4"),
    ("path: services.edge-api.cores, to: none", "not-settable 4"),
    ("path: workloads.browsing.arrivals, to: constant(9/s)", "not-settable 4"),
    ("path: workloads.viewers.arrivals, to: poisson(9/s)", "not-settable 4"),
    ("path: faults.f.to, to: 3", "bad-path 4"),
    ("path: services.edge-api.pool.threads, to: from 3 to 3 over 1min", "bad-ramp 4"),
    ("path: services.edge-api.pool.threads, to: from 3 to unbounded over 1min", "bad-ramp 4"),
    ("path: services.edge-api.balancing, to: from random to least-request over 1min", "bad-ramp 4"),
    ("path: services.edge-api.pool.threads, to: 3, scope: 5% of requests", "bad-scope 4"),
    ("path: services.edge-api.replicas, to: 3, scope: 2 replicas", "bad-scope 4"),
    ("path: services.edge-api.pool.threads, to: 3, target: entitlement", "bad-target 4"),
    ("path: services.edge-api.replicas, to: 3, target: edge-api#0", "bad-target 4"),
    ("to: 3", "missing-key 4"),
  ])
  func `refuses what makes no sense with exactly one reason`(settings: String, expected: String) {
    #expect(said(settings) == [expected])
  }

  @Test func `refuses two that set the same at the same time`() {
    func said(_ second: String) -> [DiagnosticID] {
      let text = """
        scenario: s
        model: model.yaml
        faults:
          a: {at: 3min, for: 2min, inject: set, path: services.edge-api.dependencies.history.retry.attempts, to: 4}
          b: {\(second), inject: set, path: services.edge-api.dependencies.history.retry.backoff, to: 4ms}
        """
      return errors(in: text, path: "s.yaml", files: ["model.yaml": vod]).map(\.id)
    }
    #expect(said("at: 4min, for: 2min") == [.settingsOverlap])
    #expect(said("at: 1min, for: 30s, repeat: {every: 1min, times: 3}") == [.settingsOverlap])
    #expect(said("at: 5min, for: 1min") == [])
  }

  @Test func `names in its messages what the table has`() {
    for value in SettableValue.all {
      let isCall = CallSetting.allCases.contains { value.pattern.hasSuffix(".\($0.rawValue)") }
      #expect(isCall || SettableValue.listing.contains("`\(value.pattern)`"), "\(value.pattern)")
    }
  }

  @Test func `is explained, whatever its value is`() throws {
    func values(_ settings: String) throws -> [String] {
      try scenario(text(settings), on: vod).explanation.entries.filter { $0.path.hasPrefix("faults.f.") }
        .map { "\($0.path)=\($0.value)" }
    }
    let whole = try values("path: services.edge-api.pool, to: {threads: 7, queue: 9}")
    #expect(whole.contains("faults.f.path=services.edge-api.pool"))
    #expect(whole.contains("faults.f.to={threads: 7, queue: 9}"))
  }
}
