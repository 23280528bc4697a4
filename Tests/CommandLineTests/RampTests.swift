import Foundation
import Testing

@Suite struct `ratchet ramp` {
  private func folder(_ text: String = TrialFiles.ramped) throws -> Folder {
    let folder = try Folder()
    try TrialFiles.write(to: folder, ["grows.yaml": text])
    return folder
  }

  private struct Row {
    let scope: String
    let kind: String
    let name: String
    let among: String
    let value: Double?
    let verdict: String
  }

  private func rows(_ csv: String) -> [Row] {
    csv.split(whereSeparator: \.isNewline).dropFirst().map { line in
      let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      return Row(
        scope: cells[1], kind: cells[2], name: cells[3], among: cells[4], value: Double(cells[5]), verdict: cells[10])
    }
  }

  @Test func `stops at the first scope that refutes a hypothesis`() throws {
    let ending = try folder().ratchet("ramp", "scenarios/grows.yaml")
    #expect(ending.status == 1)
    #expect(ending.output.contains("scopes of no-answer: one device, 5%, 25%, 100%\n"))
    #expect(ending.output.contains("stopped at 25%, which refutes fresh; not tried: 100%\n"))
    #expect(!ending.output.contains("assumed"))
    #expect(ending.errors.contains("scope 3 of 4: fresh refuted"))
    #expect(!ending.errors.contains("scope 4"))
  }

  /// Where the first call is answered with an error, those in scope lose all and the others nothing, so that everyone
  /// loses the part of the requests that the scope's devices make: p of them on average.
  @Test func `tells the dose-response among those in scope and among everyone`() throws {
    let text = TrialFiles.ramped
      .replacing("fresh: {that: full-fidelity(users) >= 90%", with: "some: {that: availability(users) <= 100%")
      .replacing("target: back", with: "target: front")
    let csv = try folder(text).ratchet("ramp", "scenarios/grows.yaml", "--format", "csv", "--quiet")
    #expect(csv.status == 0)
    let rows = rows(csv.output)
    #expect(rows.filter { $0.kind == "hypothesis" }.map(\.verdict) == Array(repeating: "supported", count: 4))
    let scoped = rows.filter { $0.among == "scoped" }
    #expect(scoped.map(\.scope) == ["one device", "5%", "25%", "100%"])
    #expect(scoped.allSatisfy { $0.value == 0 })
    let everyone = rows.filter { $0.kind == "availability" && $0.among == "everyone" }.compactMap(\.value)
    try #require(everyone.count == 4)
    // 300 devices, 20 replications: one in 300, and binomial parts with at most five standard errors.
    expect(1 - everyone[0], near: 1.0 / 300, variance: 1.0 / 300 / 9000)
    for (part, value) in zip([0.05, 0.25], everyone[1...2]) {
      let variance: Double = part * (1 - part) * (1.0 / 300 + 1.0 / 450) / 20
      expect(1 - value, near: part, variance: variance)
    }
    #expect(everyone[3] == 0)
  }

  /// Within five standard errors.
  private func expect(_ value: Double, near expected: Double, variance: Double) {
    let distance = (value - expected).magnitude
    #expect(distance < 5 * variance.squareRoot(), "\(value) is not near \(expected)")
  }

  @Test func `says that scopes are assumed where the scenario names none`() throws {
    let folder = try folder(TrialFiles.ramped.replacing("ramp: [one device, 5%, 25%, 100%]\n", with: ""))
    let ending = try folder.ratchet("ramp", "scenarios/grows.yaml", "--quiet")
    #expect(ending.output.contains("scopes of no-answer: one device, 1%, 5%, 25%, 100%\n"))
    #expect(ending.output.contains("the scopes are assumed: the scenario has no `ramp`"))
    #expect(ending.status == 1)
    let json = try folder.ratchet("ramp", "scenarios/grows.yaml", "--quiet", "--format", "json")
    let result = try #require(JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    #expect(result["assumed"] as? Bool == true)
    #expect(result["refutedAt"] as? String == "25%")
    #expect(result["notRun"] as? [String] == ["100%"])
    #expect((result["steps"] as? [Any])?.count == 4)
  }

  @Test func `gives the same with any number of jobs`() throws {
    let folder = try folder()
    let one = try folder.ratchet("ramp", "scenarios/grows.yaml", "--jobs", "1", "--format", "json", "--quiet")
    let three = try folder.ratchet("ramp", "scenarios/grows.yaml", "--jobs", "3", "--format", "json", "--quiet")
    #expect(one.output == three.output)
    #expect(try folder.ratchet("ramp", "scenarios/grows.yaml", "--replications", "1", "--quiet").status == 3)
  }

  @Test func `refuses what can't be ramped`() throws {
    let folder = try folder()
    #expect(try folder.ratchet("ramp", "model.yaml").status == 2)
    let crash = TrialFiles.ramped.replacing(
      "inject: error, target: back, scope: 25%", with: "inject: crash, target: back")
    try folder.write(crash, to: "scenarios/crash.yaml")
    #expect(
      try folder.ratchet("ramp", "scenarios/crash.yaml").errors.contains("none of the faults can have such a scope"))
    try folder.write(
      crash.replacing("ramp: [one device, 5%, 25%, 100%]\n", with: ""), to: "scenarios/crash.yaml")
    let none = try folder.ratchet("ramp", "scenarios/crash.yaml")
    #expect(none.status == 2 && none.errors.contains("none of its faults can have a scope of devices"))
    try folder.write(
      TrialFiles.ramped.replacing("5%, 25%, 100%]", with: "25%, 5%, 100%]"), to: "scenarios/falls.yaml")
    let falling = try folder.ratchet("ramp", "scenarios/falls.yaml")
    #expect(falling.status == 2 && falling.errors.contains("the scopes of a ramp grow"))
    try folder.write(
      TrialFiles.ramped.replacing("expect:\n  fresh", with: "expect: {}\n#"), to: "scenarios/nothing.yaml")
    #expect(try folder.ratchet("ramp", "scenarios/nothing.yaml").errors.contains("expects nothing"))
  }
}
