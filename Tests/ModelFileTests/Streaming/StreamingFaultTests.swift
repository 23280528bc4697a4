import Model
import Testing

@testable import ModelFile

@Suite struct `A fault of a CDN` {
  private func fault(_ text: String) throws -> Fault {
    let scenario = """
      scenario: s
      model: ../model.yaml
      faults:
        f: {at: 1min, for: 1min, \(text)}
      """
    return try #require(try ModelFileTests.scenario(scenario, on: Base.stream.text).scenario.faults.first)
  }

  @Test(arguments: [
    ("alpha", FaultTarget.cdn("alpha")), ("alpha#3", .site(cdn: "alpha", index: 3)),
    ("beta#1", .site(cdn: "beta", index: 1)), ("sessions -> api", .edge(from: "sessions", to: "api")),
    ("sessions -> licence", .dependency(of: "sessions", name: "licence")),
    ("alpha -> origin", .edge(from: "alpha", to: "origin")),
  ])
  func `strikes all of it, a site, or its calls`(text: String, target: FaultTarget) throws {
    #expect(try fault("inject: hang, target: \(text)").target == target)
  }

  @Test(arguments: [
    ("inject: unavailable", FaultEffect.unavailable), ("inject: hang", .hang),
    ("inject: error", .error(ErrorFault(probability: .one, status: 503))),
    ("inject: error, status: 404, probability: 20%", .error(ErrorFault(probability: Probability(0.2), status: 404))),
  ])
  func `does what players can see`(text: String, effect: FaultEffect) throws {
    #expect(try fault("\(text), target: alpha").effect == effect)
  }

  private func warnings(target: String, zones: String) throws -> [Diagnostic] {
    let model = Base.stream.text
      .replacingFirst("eu: {zones: [a]}", with: "eu: {zones: [a, b]}, us: {zones: [a, c]}")
      .replacingFirst("api: {pool", with: "api: {zones: \(zones), pool")
    let scenario = """
      scenario: s
      model: ../model.yaml
      faults:
        f: {at: 1min, for: 1min, inject: crash, target: \(target)}
      """
    return try ModelFileTests.scenario(scenario, on: model).warnings.filter { $0.id == .badTarget }
  }

  /// `api` has one replica, in the first of its zones.
  @Test(arguments: [
    ("region eu", "[]"), ("region us", "[eu.a]"), ("zone us.a", "[eu.a]"), ("zone b", "[eu.a, b]"),
    ("region us", "[b, us.a]"),
  ])
  func `warns of a place without replicas`(target: String, zones: String) throws {
    let warnings = try warnings(target: target, zones: zones)
    #expect(warnings.map(\.message) == ["no service has replicas in \(target): the fault strikes nothing"])
    #expect(warnings.map(\.suggestion) == ["sites of CDNs are struck by the CDN's name, such as `alpha#0`"])
    #expect(warnings.map(\.severity) == [.warning])
  }

  @Test(arguments: [("region eu", "[b]"), ("region us", "[us.a]"), ("zone us.a", "[us.a, b]"), ("zone b", "[b]")])
  func `says nothing of a place with replicas`(target: String, zones: String) throws {
    #expect(try warnings(target: target, zones: zones).isEmpty)
  }

  @Test func `reaches a part of the devices of all cohorts`() throws {
    #expect(try fault("inject: hang, target: alpha, scope: 5%").scope == .devices(Probability(0.05)))
    #expect(try fault("inject: hang, target: alpha#0, scope: one device").scope == .oneDevice)
  }

  @Test(arguments: [
    ("inject: flush-cache, target: alpha edge", FaultEffect.flushCache, FaultTarget.tier(cdn: "alpha", .edge)),
    (
      "inject: bandwidth, to: 10Gbps, target: alpha",
      .bandwidth(BandwidthFault(left: .to(Bitrate(bitsPerSecond: 10_000_000_000)))), .cdn("alpha")
    ),
    (
      "inject: bandwidth, factor: 20%, target: mobile",
      .bandwidth(BandwidthFault(left: .factor(Probability(0.2)))), .cohort("mobile")
    ),
    (
      "inject: loss, probability: 2%, target: mobile",
      .loss(LossFault(probability: Probability(0.02), rto: .milliseconds(200))), .cohort("mobile")
    ),
    ("inject: surge, factor: x3, target: sessions", .surge(SurgeFault(factor: 3)), .workload("sessions")),
    ("inject: surge, factor: x3, target: mobile", .surge(SurgeFault(factor: 3)), .cohort("mobile")),
    (
      "inject: error, status: 404, target: mobile", .error(ErrorFault(probability: .one, status: 404)),
      .cohort("mobile")
    ),
  ])
  func `strikes caches, networks and cohorts`(text: String, effect: FaultEffect, target: FaultTarget) throws {
    let found = try fault(text)
    #expect(found.effect == effect && found.target == target && found.duration == .seconds(60))
  }
}
