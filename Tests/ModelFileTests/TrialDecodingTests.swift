import Model
import Testing

@testable import ModelFile

@Suite struct `A scenario's sabotages` {
  private let text = """
    scenario: s
    model: ../model.yaml
    faults:
      down: {at: 3min, for: 2min, inject: hang, target: viewing-history}
    expect:
      plays: {that: availability(viewers) >= 99%}
      browses: {that: availability(browsing) >= 99%}
    sabotage:
      no-fallback:
        set: {services.edge-api.dependencies.history.fallback: none}
        refutes: [plays]

    """

  @Test func `leave a model without a mechanism and the hypotheses that must then fail`() throws {
    let document = try scenario(text, on: vod)
    let sabotage = try #require(document.sabotages.first)
    #expect(document.sabotages.count == 1)
    #expect(sabotage.name == "no-fallback")
    #expect(try document.model.model.service("edge-api").dependency("history").fallback != nil)
    #expect(try sabotage.variant.model.service("edge-api").dependency("history").fallback == nil)
    #expect(sabotage.variant.scenario?.expectations.map(\.name) == ["plays"])
    #expect(sabotage.variant.scenario?.faults == document.scenario.faults)
    #expect(document.scenario.expectations.map(\.name) == ["browses", "plays"])
    #expect(
      sabotage.variant.overrides
        == [.init(path: "services.edge-api.dependencies.history.fallback", value: "none")])
  }

  @Test func `keep what the command line sets`() throws {
    let set = ["services.edge-api.pool.threads=7", "faults.down.for=1min"]
    let document = try scenario(text, on: vod, set: set)
    let variant = try #require(document.sabotages.first?.variant)
    #expect(try variant.model.service("edge-api").pool.threads == 7)
    #expect(variant.scenario?.faults.map(\.duration) == [.seconds(60)])
  }

  @Test func `and hypotheses know where they stand`() throws {
    let locations = try scenario(text, on: vod, set: ["faults.down.for=1min"]).locations
    #expect(locations.expectation(named: "browses").description == "scenarios/s.yaml:7:3")
    #expect(locations.sabotage(named: "no-fallback").description == "scenarios/s.yaml:9:3")
    #expect(locations.scenario.description == "scenarios/s.yaml:1:11")
  }

  @Test func `are explained`() throws {
    let entries = try scenario(text, on: vod).explanation.entries
    let set = entries.first { $0.path.hasPrefix("sabotage.no-fallback.set") }
    #expect(set?.path == "sabotage.no-fallback.set.services.edge-api.dependencies.history.fallback")
    #expect(set?.value == "none")
    #expect(entries.contains { $0.path == "sabotage.no-fallback.refutes" && $0.value == "[plays]" })
  }

  @Test func `are in the schema`() {
    let schema = ModelFile.jsonSchema()
    #expect(schema.contains("\"sabotage\": {"))
    #expect(schema.contains("\"refutes\": {"))
    #expect(schema.contains("\"ramp\": {"))
  }
}

@Suite struct `A scenario's ramp` {
  private func document(
    _ ramp: String, fault: String = "inject: hang, target: viewing-history", on model: String = vod
  ) throws -> ScenarioDocument {
    try scenario(
      """
      scenario: s
      model: ../model.yaml
      \(ramp)
      faults:
        down: {at: 3min, for: 2min, \(fault)}
        whole: {at: 3min, for: 2min, inject: slow, speed: 50%, target: entitlement}
      """, on: model)
  }

  private let withoutDevices = vod.replacingFirst("    devices: 200000\n", with: "")

  @Test func `replaces the scope of those faults that can have it`() throws {
    let ramp = try #require(try document("ramp: [one device, 1%, 100%]").ramp)
    #expect(!ramp.isAssumed)
    #expect(ramp.faults == ["down"])
    #expect(ramp.steps.map(\.scope) == [.oneDevice, .devices(Probability(0.01)), .everything])
    for step in ramp.steps {
      #expect(step.scenario.faults.map(\.scope) == [step.scope, .everything])
      #expect(step.scenario.name == "s")
    }
  }

  @Test func `of replicas is for faults of replicas`() throws {
    let ramp = try #require(try document("ramp: [1 replica, 2 replicas, 100%]").ramp)
    #expect(ramp.faults == ["down", "whole"])
    #expect(ramp.steps.map(\.scope) == [.replicas(1), .replicas(2), .everything])
  }

  @Test func `is assumed where none is given, with one device only where there are devices`() throws {
    let parts: [FaultScope] = [0.01, 0.05, 0.25].map { .devices(Probability($0)) } + [.everything]
    let without = try #require(try document("description: x", on: withoutDevices).ramp)
    #expect(without.isAssumed)
    #expect(without.steps.map(\.scope) == parts)
    let with = try #require(try document("description: x").ramp)
    #expect(with.steps.map(\.scope) == [.oneDevice] + parts)
    let none = try document("description: x", fault: "inject: crash, target: viewing-history")
    #expect(none.ramp == nil)
  }
}
