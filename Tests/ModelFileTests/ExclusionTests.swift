import Model
import Testing

@testable import ModelFile

@Suite struct `A hypothesis that excludes` {
  private func files(_ expectation: String) -> [String: String] {
    [
      "model.yaml": Base.shop.text,
      "scenario.yaml": """
      scenario: s
      model: model.yaml
      faults: {down: {at: 1min, for: 1min, inject: unavailable, target: web}}
      expect:
        spared: \(expectation)

      """,
    ]
  }

  private func decoded(_ expectation: String) throws -> ScenarioDocument {
    let files = files(expectation)
    let document = try ModelFile.decode(text: files["scenario.yaml"] ?? "", path: "scenario.yaml", files: files)
    guard case .scenario(let scenario) = document else { preconditionFailure("it is a scenario") }
    return scenario
  }

  private func problems(_ expectation: String) -> [Diagnostic] {
    do {
      _ = try decoded(expectation)
      return []
    } catch { return (error as? DiagnosticList)?.diagnostics ?? [] }
  }

  @Test func `is about the collateral damage, none of it where nothing is said`() throws {
    let document = try decoded("{excludes: [web.play, viewing-history]}")
    let expectation = try #require(document.scenario.expectations.first)
    #expect(expectation.metric == Metric(.collateral, of: "web.play, viewing-history"))
    #expect(expectation.metric.subjects == ["web.play", "viewing-history"])
    #expect(expectation.comparison == .atMost && expectation.bound == 0)
    let assumed = document.explanation.entries.first { $0.path == "expect.spared.tolerance" }
    #expect(assumed?.value == "0%" && assumed?.origin == .assumed)
    #expect(try decoded("{excludes: [viewing-history], tolerance: 0.1%}").scenario.expectations.first?.bound == 0.001)
    let told = try decoded("{that: \"collateral(web.play,viewing-history) <= 1%\"}").scenario.expectations.first
    #expect(told?.metric.subjects == ["web.play", "viewing-history"])
  }

  @Test func `names what there is, in windows in which it is told`() {
    #expect(problems("{excludes: [viewing-histroy]}").map(\.id) == [.badMetric])
    #expect(problems("{excludes: [viewing-histroy]}").first?.suggestion == "did you mean `viewing-history`?")
    #expect(problems("{excludes: [web.paly]}").map(\.id) == [.unknownEndpoint])
    #expect(problems("{excludes: []}").map(\.id) == [.outOfRange])
    #expect(problems("{excludes: [viewing-history], during: faults}").isEmpty)
    #expect(problems("{excludes: [viewing-history], during: faults, among: scoped}").map(\.id) == [.badMetric])
    #expect(problems("{excludes: [viewing-history], that: x}").map(\.id) == [.unknownKey])
  }
}
