import Foundation
import FoundationXML
import Testing

@Suite struct `ratchet check` {
  private func folder(_ scenarios: [String: String]) throws -> Folder {
    let folder = try Folder()
    try TrialFiles.write(to: folder, scenarios)
    return folder
  }

  @Test func `goes through a folder and tells what it skips`() throws {
    let folder = try folder(["a.yaml": TrialFiles.supported])
    try folder.makeFolder("scenarios/.hidden")
    try folder.write("scenario: [", to: "scenarios/.hidden/x.yaml")
    try folder.write("services: {}\n", to: "scenarios/part.yml")
    try folder.write("model: [", to: "scenarios/notes.txt")
    let ending = try folder.ratchet("check", ".")
    #expect(ending.status == 0)
    #expect(ending.output.contains("Check of 2 scenarios"))
    #expect(ending.output.contains("skipped: 1 model, 1 campaign, 1 other file"))
    #expect(ending.output.contains("holds  scenarios/a.yaml"))
    #expect(ending.output.contains("back-hangs  scenario.yaml"))
    #expect(ending.output.contains(/sabotage no-fallback: pages-stay +refuted, as it should be/))
    #expect(ending.output.contains("2 supported; 1 of 1 sabotage refuted what they should"))
    #expect(ending.errors.contains("1 of 2 back-hangs: pages-stay supported"))
    // The same scenario by two paths is one.
    let twice = try folder.ratchet("check", "scenarios/a.yaml", "./scenarios/../scenarios", "--quiet", "--no-sabotage")
    #expect(twice.errors == "")
    #expect(twice.output.contains("Check of 1 scenario\n"))
    #expect(twice.output.contains("1 supported; 1 sabotage not run"))
  }

  @Test func `ends with 1 where a hypothesis is refuted or a sabotage turns nothing`() throws {
    let folder = try folder(["a.yaml": TrialFiles.mixed])
    let ending = try folder.ratchet("check", "scenarios", "--quiet")
    #expect(ending.status == 1)
    #expect(ending.errors == "")
    #expect(ending.output.contains(/all-fresh: full-fidelity\(users\) during faults >= 50% +refuted/))
    #expect(
      ending.output.contains(/scenarios\/a\.yaml:7:3: back-hangs: all-fresh refuted: full-fidelity\(users\) [^\n]*50%/))
    #expect(ending.output.contains("scenarios/a.yaml:10:3: back-hangs: sabotage more-threads has no effect: with "))
    #expect(!ending.output.contains("a.yaml:9:3"))
    // Without what is refuted it is the sabotage alone.
    try folder.write(
      TrialFiles.mixed.replacing(">= 50%", with: ">= 0.01%"), to: "scenarios/a.yaml")
    #expect(try folder.ratchet("check", "scenarios", "--quiet").status == 1)
    #expect(try folder.ratchet("check", "scenarios", "--quiet", "--no-sabotage").status == 0)
  }

  /// Means, differences from the twin and counts of runs stand in one column, and each says which it is.
  @Test func `says what each number is, and on which condition a verdict holds`() throws {
    let folder = try Folder()
    try TrialFiles.write(
      to: folder,
      [
        "kinds.yaml": """
        scenario: kinds
        model: ../model.yaml
        faults:
          no-answer: {at: 15s, for: 15s, inject: hang, target: back}
        expect:
          as-fresh: {that: full-fidelity(users) >= twin - 1%, during: faults}
          mostly: {that: availability(users) >= 90% in 50% of runs, during: faults}
          pages-stay: {that: availability(users) >= 95%, during: faults}

        """
      ])
    let ending = try folder.ratchet("check", "scenarios")
    #expect(
      ending.output.contains("found") && ending.output.contains("holds if") && !ending.output.contains("  mean  "))
    let lines = ending.output.split(separator: "\n")
    #expect(lines.contains { $0.contains("as-fresh") && $0.contains("refuted") && $0.contains("twin -") })
    #expect(lines.contains { $0.contains("mostly") && $0.contains(" runs ") })
    #expect(
      lines.contains { $0.contains("pages-stay") && $0.contains("no replication lies below") }, "\(ending.output)")
    #expect(
      lines.contains { $0.contains("full-fidelity(users) during faults differs from the twin's by -") },
      "\(ending.output)")
    #expect(!ending.output.contains("full-fidelity(users) during faults is -"))
  }

  @Test func `ends with 3 where the replications are too few`() throws {
    let folder = try folder(["a.yaml": TrialFiles.supported])
    let ending = try folder.ratchet("check", "scenarios", "--quiet", "--replications", "1", "--junit", "j.xml")
    #expect(ending.status == 3)
    #expect(ending.output.contains("pages-stay inconclusive"))
    #expect(ending.output.contains("sabotage no-fallback inconclusive"))
    let junit = try folder.text("j.xml")
    #expect(junit.contains("<failure type=\"hypothesis-inconclusive\""))
    #expect(junit.contains("<failure type=\"sabotage-inconclusive\""))
  }

  @Test func `takes overrides, seeds and any number of jobs`() throws {
    let folder = try folder(["a.yaml": TrialFiles.mixed])
    let one = try folder.ratchet("check", "scenarios", "--quiet", "--jobs", "1", "--format", "json")
    let four = try folder.ratchet("check", "scenarios", "--quiet", "--jobs", "4", "--format", "json")
    #expect(one.output == four.output)
    #expect(one.output.contains("\"fingerprint\""))
    let csv = try folder.ratchet("check", "scenarios", "--quiet", "--jobs", "3", "--format", "csv")
    #expect(try folder.ratchet("check", "scenarios", "--quiet", "--jobs", "1", "--format", "csv").output == csv.output)
    #expect(csv.output.hasPrefix("file,line,column,scenario,sabotage,hypothesis,metric,"))
    #expect(csv.output.contains("\nscenarios/a.yaml,10,3,back-hangs,more-threads,pages-stay,"))
    let other = try folder.ratchet("check", "scenarios", "--quiet", "--seed", "5", "--format", "json")
    #expect(other.output != one.output)
    // Calls that take hardly longer hurt nobody.
    let unbroken = try folder.ratchet(
      "check", "scenarios", "--quiet", "--no-sabotage", "--set", "faults.*.inject=latency", "--set",
      "faults.*.factor=1.01")
    #expect(unbroken.status == 0)
  }

  @Test func `writes JUnit's XML`() throws {
    let folder = try folder(["a.yaml": TrialFiles.mixed])
    try folder.ratchet("check", "scenarios", "--quiet", "--junit", "j.xml")
    let delegate = ElementCounter()
    let parser = XMLParser(data: Data(try folder.text("j.xml").utf8))
    parser.delegate = delegate
    #expect(parser.parse())
    #expect(delegate.counts == ["testsuites": 1, "testsuite": 1, "testcase": 4, "failure": 2])
    let suites = try #require(delegate.first["testsuites"])
    #expect(suites["tests"] == "4" && suites["failures"] == "2" && suites["errors"] == "0" && suites["skipped"] == "0")
    #expect(delegate.types == ["hypothesis-refuted", "sabotage-without-effect"])
    try folder.ratchet("check", "scenarios", "--quiet", "--no-sabotage", "--junit", "j.xml")
    #expect(try folder.text("j.xml").components(separatedBy: "<skipped ").count == 3)
  }

  @Test func `writes SARIF at the line and column of what does not hold`() throws {
    let folder = try folder(["a.yaml": TrialFiles.mixed])
    try folder.ratchet("check", "scenarios", "--quiet", "--sarif", "s.sarif")
    let log = try SARIF(folder.text("s.sarif"))
    #expect(
      log.results == [
        .init(rule: "hypothesis-refuted", level: "error", uri: "scenarios/a.yaml", line: 7, column: 3),
        .init(rule: "sabotage-without-effect", level: "error", uri: "scenarios/a.yaml", line: 10, column: 3),
      ])
  }

  @Test func `annotates lines where GitHub reads them`() throws {
    let folder = try folder(["a.yaml": TrialFiles.mixed])
    let there = ["GITHUB_ACTIONS": "true"]
    let text = try folder.ratchet("check", "scenarios", "--quiet", environment: there)
    let lines = text.output.split(separator: "\n").filter { $0.hasPrefix("::") }
    #expect(lines.count == 2)
    #expect(
      lines.first?.hasPrefix(
        "::error file=scenarios/a.yaml,line=7,col=3,title=back-hangs%3A all-fresh refuted::full-fidelity(users) during "
          + "faults is 0.") == true)
    #expect(lines.first?.contains("%25") == true)
    let json = try folder.ratchet("check", "scenarios", "--quiet", "--format", "json", environment: there)
    #expect(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) is [String: Any])
    #expect(json.errors.split(separator: "\n").map(String.init) == lines.map(String.init))
    let elsewhere = try folder.ratchet("check", "scenarios", "--quiet", environment: ["GITHUB_ACTIONS": ""])
    #expect(!elsewhere.output.contains("::error"))
  }

  @Test func `runs nothing where a file is invalid, and tells all that is wrong`() throws {
    let folder = try folder([
      "a.yaml": TrialFiles.supported, "b.yaml": TrialFiles.mixed.replacing("target: back", with: "target: bakc"),
      "c.yaml": TrialFiles.mixed.replacing("[pages-stay]", with: "[page-stays]"),
    ])
    let ending = try folder.ratchet(
      "check", "scenarios", "--junit", "j.xml", "--sarif", "s.sarif", environment: ["GITHUB_ACTIONS": "true"])
    #expect(ending.status == 2)
    #expect(ending.errors.contains("scenarios/b.yaml:4:56: error: unknown service or workload `bakc`"))
    #expect(ending.errors.contains("scenarios/c.yaml:9:83: error: unknown hypothesis `page-stays`"))
    #expect(ending.output.contains("::error file=scenarios/b.yaml,line=4,col=56,title=unknown-service::"))
    #expect(!ending.output.contains("supported"))
    let results = try SARIF(folder.text("s.sarif")).results
    #expect(results.map(\.rule) == ["unknown-service", "unknown-expectation", "unknown-expectation"])
    #expect(
      results.first == .init(rule: "unknown-service", level: "error", uri: "scenarios/b.yaml", line: 4, column: 56))
    #expect(try folder.text("j.xml").contains("<error type=\"unknown-service\" message="))
  }

  @Test func `refuses what it can't do`() throws {
    let folder = try folder(["a.yaml": TrialFiles.supported])
    #expect(try folder.ratchet("check").status == 64)
    #expect(try folder.ratchet("check", "scenarios", "--replications", "0").status == 64)
    #expect(try folder.ratchet("check", "scenarios", "--jobs", "0").status == 64)
    #expect(try folder.ratchet("check", "nowhere").status == 2)
    // A check of nothing is no success.
    let nothing = try folder.ratchet("check", "model.yaml")
    #expect(nothing.status == 2)
    #expect(nothing.errors.contains("nothing to check"))
    let before = folder.files
    #expect(try folder.ratchet("check", "scenarios", "--sarif", "no/folder/s.sarif").status == 2)
    #expect(folder.files == before)
  }

  @Test func `tells what was decided when it is interrupted`() throws {
    let folder = try folder(["a.yaml": TrialFiles.supported])
    // The second one is never decided: its bound is what is true.
    try folder.write(
      TrialFiles.supported.replacing(">= 99%", with: ">= 100%").replacing("15s, inject", with: "1ms, inject")
        .replacing("sabotage:", with: "#").replacing("  no-fallback", with: "#"), to: "scenarios/b.yaml")
    let check = try RatchetProcess(
      ["check", "scenarios", "--replications", "1000000", "--no-sabotage", "--junit", "j.xml", "--sarif", "s.sarif"],
      in: folder)
    try check.process.run()
    try check.waitForErrors(containing: "1 of 2")
    kill(check.process.processIdentifier, SIGINT)
    let ending = try check.wait()
    #expect(ending.status == 130 && !ending.isKilled)
    #expect(ending.output.contains(/pages-stay: [^\n]* supported/))
    #expect(ending.output.contains("interrupted"))
    // Nothing that was decided is lost, and nothing that was not counts as passed.
    let counter = ElementCounter()
    let parser = XMLParser(data: Data(try folder.text("j.xml").utf8))
    parser.delegate = counter
    #expect(parser.parse())
    #expect(counter.counts == ["testsuites": 1, "testsuite": 2, "testcase": 3, "skipped": 2])
    #expect(try folder.text("j.xml").contains("interrupted before it was decided"))
    let log = try JSONSerialization.jsonObject(with: Data(try folder.text("s.sarif").utf8)) as? [String: Any]
    let invocations = ((log?["runs"] as? [[String: Any]])?.first?["invocations"] as? [[String: Any]])?.first
    #expect(invocations?["executionSuccessful"] as? Bool == false)
  }

  @Test func `tells what a refuted hypothesis comes to without the faults`() throws {
    // Calls take 10 ms at least, so nothing is served within 1 ms, broken or not.
    let folder = try folder([
      "a.yaml": TrialFiles.mixed.replacing(
        "pages-stay: {", with: "fast: {that: latency-p50(users) <= 1ms, during: faults}\n  pages-stay: {")
    ])
    let ending = try folder.ratchet("check", "scenarios", "--quiet", "--no-sabotage")
    #expect(
      ending.output.contains(
        /fast refuted: latency-p50\(users\) [^\n]*; without the faults [^\n]* does not keep to it either/))
    #expect(ending.output.contains(/all-fresh refuted: [^\n]*; without the faults 9[0-9.]+%\n/))
  }

  @Test func `compares with the twin where a scenario's own failures are all that breaks`() throws {
    // Down a third of the time, so a third of the requests or more is lost that the twin serves.
    let folder = try folder([
      "a.yaml": """
      scenario: fails
      model: ../model.yaml
      failures:
        back-down: {target: front, every: exponential(mean=4s), repair: exponential(mean=2s), inject: unavailable}
      expect:
        spares: {that: hurt(users) <= 1%}
        as-usual: {that: availability(users) >= twin - 1%}

      """
    ])
    let ending = try folder.ratchet("check", "scenarios", "--quiet")
    #expect(ending.output.contains(/spares: hurt\(users\) <= 1% +refuted +[23]/))
    #expect(ending.output.contains(/as-usual: [^\n]* refuted/))
    try folder.write(
      try folder.text("scenarios/a.yaml").replacing(
        "spares: {that: hurt(users) <= 1%}", with: "r: {that: recovery(users) <= 9s}"),
      to: "scenarios/a.yaml")
    let untold = try folder.ratchet("check", "scenarios", "--quiet")
    #expect(untold.status == 2 && untold.errors.contains("injects no fault at a stated time"))
  }

  @Test func `tells scenarios of one name apart`() throws {
    let folder = try folder(["a.yaml": TrialFiles.mixed, "b.yaml": TrialFiles.mixed])
    try folder.ratchet("check", "scenarios", "--quiet", "--no-sabotage", "--junit", "j.xml", "--sarif", "s.sarif")
    let junit = try folder.text("j.xml")
    #expect(junit.contains("classname=\"back-hangs (scenarios/a.yaml)\""))
    #expect(junit.contains("classname=\"back-hangs (scenarios/b.yaml)\""))
    let sarif = try folder.text("s.sarif")
    #expect(sarif.contains("hypothesis-refuted back-hangs/all-fresh scenarios/a.yaml"))
    #expect(sarif.contains("hypothesis-refuted back-hangs/all-fresh scenarios/b.yaml"))
  }
}

/// Counts elements, and keeps the attributes of the first of each name and the types of failures.
private final class ElementCounter: NSObject, XMLParserDelegate {
  var counts: [String: Int] = [:]
  var first: [String: [String: String]] = [:]
  var types: [String] = []

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String] = [:]
  ) {
    counts[name, default: 0] += 1
    if first[name] == nil { first[name] = attributes }
    if name == "failure" { types.append(attributes["type"] ?? "") }
  }
}

/// A SARIF log, as far as its tests look at it.
private struct SARIF {
  struct Result: Equatable {
    let rule: String
    let level: String
    let uri: String
    let line: Int
    let column: Int
  }
  let results: [Result]

  init(_ text: String) throws {
    let log = try JSONDecoder().decode(Log.self, from: Data(text.utf8))
    try #require(log.version == "2.1.0" && log.runs.count == 1)
    let run = log.runs[0]
    try #require(run.tool.driver.name == "ratchet" && run.columnKind == "unicodeCodePoints")
    results = try run.results.map { result in
      let place = try #require(result.locations.first).physicalLocation
      try #require(run.tool.driver.rules[result.ruleIndex].id == result.ruleId)
      try #require(!result.message.text.isEmpty)
      return Result(
        rule: result.ruleId, level: result.level, uri: place.artifactLocation.uri, line: place.region.startLine,
        column: place.region.startColumn)
    }
  }

  private struct Log: Decodable {
    let version: String
    let runs: [Run]
  }
  private struct Run: Decodable {
    struct Tool: Decodable { let driver: Driver }
    struct Driver: Decodable {
      let name: String
      let rules: [Rule]
    }
    struct Rule: Decodable { let id: String }
    let tool: Tool
    let columnKind: String
    let results: [Found]
  }
  private struct Found: Decodable {
    struct Message: Decodable { let text: String }
    struct Location: Decodable { let physicalLocation: Place }
    struct Place: Decodable {
      let artifactLocation: Artifact
      let region: Region
    }
    struct Artifact: Decodable { let uri: String }
    struct Region: Decodable {
      let startLine: Int
      let startColumn: Int
    }
    let ruleId: String
    let ruleIndex: Int
    let level: String
    let message: Message
    let locations: [Location]
  }
}
