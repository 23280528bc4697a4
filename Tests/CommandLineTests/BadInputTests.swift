import Foundation
import Testing

@Suite struct `Bad input` {
  /// A file that is wrong, and what is said of it.
  struct Wrong: CustomTestStringConvertible {
    let what: String
    let text: String
    let id: String
    var testDescription: String { what }
  }

  private static let cyclic = TinySystem.model.replacing(
    "read: [work: exponential(mean=8ms)]",
    with: "read: [{call: front}]\n    dependencies:\n      front: {call: front.page}")

  private static let laughs =
    "a0: &a0 [x]\n" + (1...30).map { "a\($0): &a\($0) [*a\($0 - 1), *a\($0 - 1)]\n" }.joined()

  private static let wrongs = [
    Wrong(what: "an empty file", text: "", id: "empty-file"),
    Wrong(what: "a binary file", text: "model: \0\u{1}\u{2}", id: "binary-file"),
    Wrong(what: "a file of 50 MB", text: String(repeating: "# nothing\n", count: 5_000_000), id: "file-too-large"),
    Wrong(what: "a billion laughs", text: laughs, id: "alias-limit"),
    Wrong(what: "a cycle of aliases", text: "model: &m\n  again: *m\n", id: "not-yaml"),
    Wrong(what: "no YAML", text: "model: [tiny\n", id: "not-yaml"),
    Wrong(
      what: "a negative rate", text: TinySystem.model.replacing("poisson(30/s)", with: "poisson(-30/s)"),
      id: "out-of-range"),
    Wrong(
      what: "zero replicas",
      text: TinySystem.model.replacing("pool: {threads: 6", with: "replicas: 0\n    pool: {threads: 6"),
      id: "out-of-range"),
    Wrong(what: "a cycle of synchronous calls", text: cyclic, id: "call-cycle"),
    Wrong(
      what: "an unknown service", text: TinySystem.model.replacing("call: back.read", with: "call: bakc.read"),
      id: "unknown-service"),
  ]

  @Test(arguments: wrongs)
  func `is invalid input for every command and says what is wrong`(wrong: Wrong) throws {
    let folder = try Folder()
    try TinySystem.write(to: folder)
    try folder.write(wrong.text, to: "model.yaml")
    let before = folder.files
    for arguments in [["validate", "model.yaml"], ["run", "model.yaml"], ["campaign", "campaign.yaml"]] {
      let ending = try RatchetProcess(arguments, in: folder).run()
      #expect(ending.status == 2)
      #expect(!ending.isKilled)
      #expect(ending.errors.contains("[\(wrong.id)"), "\(arguments) said: \(ending.errors.prefix(500))")
      #expect(ending.errors.utf8.count < 20_000)
      #expect(ending.output == "")
    }
    // A campaign that can't be run leaves no results behind.
    #expect(folder.files == before)
  }

  @Test func `a missing file is invalid input`() throws {
    let folder = try Folder()
    try TinySystem.write(to: folder)
    try FileManager.default.removeItem(atPath: folder.path("model.yaml"))
    for arguments in [["run", "model.yaml"], ["campaign", "campaign.yaml"], ["validate", "scenario.yaml"]] {
      let ending = try RatchetProcess(arguments, in: folder).run()
      #expect(ending.status == 2)
      #expect(ending.errors.contains("[file-not-found]"))
    }
    #expect(try folder.ratchet("compare", "nothing.sqlite").status == 2)
  }

  @Test func `a folder where a file belongs is invalid input`() throws {
    let folder = try Folder()
    try TinySystem.write(to: folder)
    #expect(try folder.ratchet("run", ".").status == 2)
    let results = try folder.ratchet("campaign", "campaign.yaml", "--results", ".")
    #expect(results.status == 2)
    #expect(results.errors.contains("it is a folder"))
    #expect(try folder.ratchet("campaign", "campaign.yaml", "--results", "").status == 2)
    let nowhere = try folder.ratchet("campaign", "campaign.yaml", "--results", "no/such/results.sqlite")
    #expect(nowhere.status == 2)
    #expect(nowhere.errors.contains("there is no folder"))
  }

  @Test func `a file of another kind is named with the command that takes it`() throws {
    let folder = try Folder()
    try TinySystem.write(to: folder)
    let run = try folder.ratchet("run", "campaign.yaml")
    #expect(run.status == 2)
    #expect(run.errors.contains("ratchet campaign campaign.yaml"))
    let campaign = try folder.ratchet("campaign", "model.yaml")
    #expect(campaign.status == 2)
    #expect(campaign.errors.contains("ratchet run model.yaml"))
  }

  @Test func `all that is wrong in a file is told at once, and in JSON too`() throws {
    let folder = try Folder()
    let text = TinySystem.model.replacing("30/s", with: "30").replacing("timeout: 1s", with: "timeuot: 1s")
    try folder.write(text, to: "model.yaml")
    let ending = try folder.ratchet("validate", "model.yaml", "--format", "json")
    #expect(ending.status == 2)
    let json = try #require(try JSONSerialization.jsonObject(with: Data(ending.output.utf8)) as? [String: Any])
    let file = try #require((json["files"] as? [[String: Any]])?.first)
    #expect(file["valid"] as? Bool == false)
    let diagnostics = try #require(file["diagnostics"] as? [[String: Any]])
    #expect(Set(diagnostics.compactMap { $0["id"] as? String }).isSuperset(of: ["missing-unit", "unknown-key"]))
    #expect(diagnostics.allSatisfy { $0["line"] is Int && $0["column"] is Int })
  }

  @Test(arguments: [
    ["fly"], ["run"], ["run", "model.yaml", "--replication", "-1"], ["campaign", "campaign.yaml", "--jobs", "0"],
    ["run", "model.yaml", "--format", "xml"], ["import", "jaeger", "traces.json"],
  ])
  func `wrong usage has a code of its own`(arguments: [String]) throws {
    let ending = try RatchetProcess(arguments, in: try Folder()).run()
    #expect(ending.status == 64)
    #expect(ending.output == "")
  }

  @Test func `an override that sets nothing is invalid input`() throws {
    let folder = try Folder()
    try TinySystem.write(to: folder)
    let ending = try folder.ratchet("run", "model.yaml", "--set", "services.frnt.replicas=2", "--set", "nothing")
    #expect(ending.status == 2)
    #expect(ending.errors.contains("[bad-path]"))
  }
}
