import Model
import Testing

@testable import ModelFile

/// Of whose devices a scope picks some: of those who may meet the fault.
///
/// Mutations: the devices of any cohort taken for those of the target.
@Suite struct `Devices of a fault's target` {
  private let model = """
    model: two
    time: {horizon: 2min}
    catalog: {titles: 1, popularity: zipf(0), duration: 8s, ladder: [4Mbps], segment: 4s}
    players:
      a: {share: 50%, like: basic, bandwidth: 8Mbps, devices: 200}
      b: {share: 50%, like: basic, bandwidth: 8Mbps}
    sessions: {arrivals: constant(5/s)}
    workloads:
      browsing: {arrivals: constant(1/s), call: origin.segment}
    cdns:
      alpha: {edge: {sites: 1, cache: {size: 1TB}, latency: 5ms}, origin: origin.segment}
    services:
      origin: {pool: {threads: 50}, endpoints: {segment: [work: 100ms]}}
    """

  private func decode(_ fault: String, _ more: String = "") throws -> ScenarioDocument {
    try scenario(
      "scenario: s\nmodel: ../model.yaml\nfaults:\n  x: {at: 30s, for: 60s, inject: error, \(fault)}\n\(more)",
      on: model)
  }

  @Test(arguments: [("b", "b"), ("[a, b]", "b"), ("browsing -> origin", "browsing")])
  func `are asked for where there is to be one device`(target: String, without: String) {
    let error = #expect(throws: DiagnosticList.self) { try decode("target: \(target), scope: one device") }
    #expect(error?.diagnostics.map(\.message) == ["`\(without)` does not say how many devices ask"])
    #expect(error?.diagnostics.map(\.suggestion) == ["give it `devices`, or say `1% of requests`"])
    #expect(error?.diagnostics.map(\.id) == [.badScope])
  }

  @Test(arguments: ["a", "alpha", "origin"]) func `are one device of somebody's`(target: String) throws {
    #expect(try decode("target: \(target), scope: one device").scenario.faults[0].scope == .oneDevice)
  }

  @Test(
    arguments: [
      ("a", []), ("b", ["`b` has no `devices`: each session counts as its own device"]),
      ("alpha", ["`b` has no `devices`: each session counts as its own device"]),
      ("browsing -> origin", ["`browsing` has no `devices`: each request counts as its own device"]),
      ("origin", ["`b` and `browsing` have no `devices`: each request counts as its own device"]),
    ] as [(String, [String])])
  func `are missed of those alone who may meet it`(target: String, messages: [String]) throws {
    let warnings = try decode("target: \(target), scope: 25%").warnings.filter { $0.id == .workloadWithoutDevices }
    #expect(warnings.map(\.message) == messages)
  }

  @Test func `begin a ramp that is assumed where all targets have them`() throws {
    #expect(try decode("target: a").ramp?.steps.first?.scope == .oneDevice)
    #expect(try decode("target: b").ramp?.steps.first?.scope == .devices(Probability(0.01)))
  }
}
