import Model
import Sampling
import Testing

@testable import ModelFile

/// The language of faults on several targets, repeated, ramped, and of networks, leaks, deploys and common causes.
@Suite struct `A chaos scenario` {
  private func fault(_ settings: String, set overrides: [String] = []) throws -> Fault {
    let text = """
      scenario: s
      model: ../model.yaml
      faults:
        f: {at: 3min, for: 2min, \(settings)}
      """
    return try #require(try scenario(text, on: vod, set: overrides).scenario.faults.first)
  }

  private func said(_ settings: String) -> [DiagnosticID] {
    let text = "scenario: s\nmodel: model.yaml\nfaults:\n  f: {at: 3min, for: 2min, \(settings)}\n"
    return errors(in: text, path: "s.yaml", files: ["model.yaml": vod]).map(\.id)
  }

  @Test func `takes every effect`() throws {
    let ramp = MagnitudeRamp(start: 0, over: .seconds(60))
    let expected: [(String, FaultEffect)] = [
      ("inject: loss, probability: 5%", .loss(LossFault(probability: Probability(0.05)))),
      (
        "inject: loss, probability: 100%, rto: 1s",
        .loss(LossFault(probability: .one, rto: .seconds(1)))
      ),
      ("inject: partition", .partition(PartitionFault(from: nil))),
      (
        "inject: partition, from: [zone us-east.a, viewers]",
        .partition(PartitionFault(from: [.zone(region: "us-east", name: "a"), .workload("viewers")]))
      ),
      (
        "inject: leak, resource: memory, fills: 20min",
        .leak(
          LeakFault(
            resource: .memory, fills: try .constant(seconds: 1200), restart: try .constant(seconds: 30)))
      ),
      (
        "inject: leak, resource: threads, fills: exponential(mean=20min), restart: 5s",
        .leak(
          LeakFault(
            resource: .threads, fills: try .exponential(mean: 1200), restart: try .constant(seconds: 5)))
      ),
      (
        "inject: bad-deploy, effect: {inject: error, probability: 20%}, batch: 25%, every: 2min, restart: 20s",
        .badDeploy(
          DeployFault(
            effect: .error(ErrorFault(probability: Probability(0.2))), batch: .fraction(Probability(0.25)),
            every: .seconds(120), restart: .seconds(20), batches: 3))
      ),
      (
        "inject: error, probability: from 0% to 30% over 1min",
        .error(ErrorFault(probability: Probability(0.3), ramp: ramp))
      ),
      (
        "inject: slow, speed: from 1 to 0.2 over 1min",
        .slow(SlowFault(speed: 0.2, ramp: MagnitudeRamp(start: 1, over: .seconds(60))))
      ),
      (
        "inject: capacity, threads: from 0% to 80% over 1min",
        .capacity(CapacityFault(resource: .threads, taken: .fraction(Probability(0.8)), ramp: ramp))
      ),
      (
        "inject: capacity, replicas: from 1 to 4 over 1min",
        .capacity(
          CapacityFault(resource: .replicas, taken: .count(4), ramp: MagnitudeRamp(start: 1, over: .seconds(60))))
      ),
      (
        "inject: latency, add: from 0ms to 400ms over 1min",
        .latency(LatencyFault(add: try .constant(seconds: 0.4), factor: 1, addRamp: ramp))
      ),
      (
        "inject: latency, factor: from x1 to x3 over 1min",
        .latency(LatencyFault(add: nil, factor: 3, factorRamp: MagnitudeRamp(start: 1, over: .seconds(60))))
      ),
    ]
    for (settings, effect) in expected {
      // Of the six replicas of `entitlement` two change at once: a quarter, rounded.
      #expect(try fault("\(settings), target: entitlement").effect == effect, "\(settings)")
    }
    #expect(
      try fault("inject: surge, factor: from x3 to x1 over 1min, target: viewers").effect
        == .surge(SurgeFault(factor: 1, ramp: MagnitudeRamp(start: 3, over: .seconds(60)))))
  }

  @Test func `takes lists of targets, and parts of services`() throws {
    #expect(
      try fault("inject: error, target: [edge-api in zone a, viewing-history, link edge-api -> history]").targets
        == [
          .serviceInZone(service: "edge-api", region: "us-east", zone: "a"), .service("viewing-history"),
          .edge(from: "edge-api", to: "viewing-history"),
        ])
    #expect(
      try fault("inject: capacity, threads: 50%, target: [pool edge-api, pool edge-api -> history]").targets
        == [.pool("edge-api"), .bulkhead(service: "edge-api", dependency: "history")])
  }

  @Test func `repeats, and grows in scope`() throws {
    #expect(
      try fault("inject: hang, target: entitlement, repeat: {every: 3min, times: 2}").repetition
        == Repetition(every: .seconds(180), times: 2))
    let growing = try fault("inject: hang, target: entitlement, scope: from 0% to 100% over 2min")
    #expect(growing.scope == .devices(.one) && growing.scopeRamp == MagnitudeRamp(start: 0, over: .seconds(120)))
    let requests = try fault("inject: hang, target: entitlement, scope: from 5% to 25% of requests over 1min")
    #expect(
      requests.scope == .requests(Probability(0.25))
        && requests.scopeRamp == MagnitudeRamp(start: 0.05, over: .seconds(60)))
  }

  @Test func `counts the batches of a deploy by the replicas that there are`() throws {
    let settings = "inject: bad-deploy, effect: {inject: crash}, every: 10s, target: [entitlement, edge-api]"
    guard case .badDeploy(let four) = try fault(settings).effect else { throw WrongDocument() }
    // A quarter of twelve; of six there are three batches of two.
    #expect(four.batches == 4)
    guard case .badDeploy(let set) = try fault(settings, set: ["services.*.replicas=2"]).effect else {
      throw WrongDocument()
    }
    #expect(set.batches == 2)
    // Three batches after the first, and the last one's restart.
    #expect(try fault(settings).activeTime == .seconds(120 + 30 + 30))
  }

  @Test func `takes what fails by itself`() throws {
    let text = """
      scenario: s
      model: ../model.yaml
      failures:
        power-a: {target: [zone us-east.a], every: exponential(mean=30d), repair: 1h, inject: crash, start: new}
      """
    let power = CommonFailure(
      name: "power-a", targets: [.zone(region: "us-east", name: "a")], every: try .exponential(mean: 30 * 86_400),
      repair: try .constant(seconds: 3600), start: .new, effect: .crash)
    #expect(try scenario(text, on: vod).scenario.failures == [power])
    #expect(try scenario(text, on: vod).scenario.withoutFaults.failures == [])
    let own = vod + "\nfailures:\n  power-a: {target: zone a, every: exponential(mean=30d), repair: 1h, start: new}\n"
    #expect(try model(own).failures == [power])
  }

  @Test func `explains what it assumes`() throws {
    let text = """
      scenario: s
      model: ../model.yaml
      faults:
        f: {at: 3min, for: 2min, inject: loss, probability: from 0% to 5% over 1min, target: [entitlement, zone a]}
      """
    let entries = try scenario(text, on: vod).explanation.entries.map { "\($0.path) = \($0.value)" }
    #expect(entries.contains("faults.f.probability = from 0% to 5% over 1min"))
    #expect(entries.contains("faults.f.rto = 200ms"))
    #expect(entries.contains("faults.f.target = [entitlement, zone a]"))
  }

  @Test(arguments: [
    ("inject: error, target: []", DiagnosticID.outOfRange),
    ("inject: error, target: [entitlement, entitlement]", .duplicateName),
    ("inject: slow, speed: 50%, target: [entitlement, entitlement.check]", .badTarget),
    ("inject: error, target: pool entitlement", .badTarget),
    ("inject: capacity, replicas: 1, target: pool entitlement", .badTarget),
    ("inject: capacity, threads: 1, target: pool edge-api -> histroy", .unknownDependency),
    ("inject: leak, resource: memory, fills: 1min, target: pool entitlement", .badTarget),
    ("inject: leak, resource: memory, fills: 0s, target: entitlement", .outOfRange),
    ("inject: leak, resource: disk, fills: 1min, target: entitlement", .unknownWord),
    ("inject: partition, target: edge-api -> history", .badTarget),
    ("inject: partition, target: edge-api, from: [entitlement.check]", .badTarget),
    ("inject: partition, target: edge-api, scope: 5%", .badScope),
    ("inject: loss, target: entitlement", .missingKey),
    ("inject: loss, probability: 0%, target: entitlement", .outOfRange),
    ("inject: bad-deploy, effect: {inject: error}, every: 1min, target: zone a", .badTarget),
    ("inject: bad-deploy, effect: {inject: surge, factor: x2}, every: 1min, target: entitlement", .unknownWord),
    ("inject: bad-deploy, effect: {inject: crash}, every: 1min, target: entitlement, scope: 5%", .badScope),
    ("inject: error, probability: from 0% to 30%, target: entitlement", .badRamp),
    ("inject: error, probability: from 0% to 0% over 1min, target: entitlement", .badRamp),
    ("inject: error, probability: from 0% to 130% over 1min, target: entitlement", .outOfRange),
    ("inject: error, probability: from 0% to 30% over 0s, target: entitlement", .outOfRange),
    ("inject: capacity, threads: from 0% to 3 over 1min, target: entitlement", .badRamp),
    ("inject: latency, add: from 0ms to exponential(mean=3ms) over 1min, target: entitlement", .badRamp),
    ("inject: hang, scope: from 5% to 5% over 1min, target: entitlement", .badRamp),
    ("inject: crash, scope: from 0% to 2 replicas over 1min, target: entitlement", .badRamp),
    ("inject: hang, target: entitlement, repeat: {every: 1min, times: 2}", .faultOverlapsItself),
    ("inject: hang, target: entitlement, repeat: {every: 5min, times: 0}", .outOfRange),
  ])
  func `refuses what makes no sense with exactly one reason`(settings: String, id: DiagnosticID) {
    #expect(said(settings) == [id])
  }

  @Test func `refuses a common cause on what cannot fail so`() {
    let text = vod + "\nfailures:\n  f: {target: edge-api -> history, every: 1d, repair: 1h}\n"
    #expect(errors(in: text).map(\.id) == [.badTarget])
    let leak = vod + "\nfailures:\n  f: {target: edge-api, every: 1d, repair: 1h, inject: bad-deploy}\n"
    #expect(errors(in: leak).map(\.id) == [.unknownWord])
  }

  @Test func `refuses a growing surge of those who wait for answers`() {
    let closed = vod.replacingFirst("poisson(900/s)", with: "closed(clients=3 think=1s)")
    let text = """
      scenario: s
      model: model.yaml
      faults:
        f: {at: 3min, for: 2min, inject: surge, factor: from x1 to x2 over 1min, target: browsing}
      """
    #expect(errors(in: text, path: "s.yaml", files: ["model.yaml": closed]).map(\.id) == [.badRamp])
  }
}
