import Foundation
import Model
import Testing

@testable import ModelFile

@Suite struct `Bad input` {
  private func load(_ path: String) -> [Diagnostic] {
    do throws(DiagnosticList) {
      _ = try ModelFile.load(path: path)
      return []
    } catch {
      return error.diagnostics
    }
  }

  /// Calls `body` with the path of a file in a folder that is removed afterwards.
  private func withFile(_ content: Data, _ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("model.yaml")
    try content.write(to: file)
    try body(file.path)
  }

  @Test func `of 50 MB is refused before it is read`() throws {
    try withFile(Data()) { path in
      let handle = try #require(FileHandle(forWritingAtPath: path))
      try handle.truncate(atOffset: 50_000_000)
      try handle.close()
      #expect(
        load(path).map(\.rendered) == [
          "\(path): error: this file is larger than 4 MiB, the most that is read [file-too-large]"
        ])
    }
  }

  @Test func `that isn't a file is said to be none`() throws {
    try withFile(Data()) { path in
      let folder = (path as NSString).deletingLastPathComponent
      #expect(load(folder).map(\.id) == [.fileUnreadable])
      #expect(load(path + "x").map(\.id) == [.fileNotFound])
      #expect(load(path).map(\.id) == [.emptyFile])
    }
  }

  @Test func `that isn't UTF-8 is refused`() throws {
    try withFile(Data([0x6D, 0x3A, 0x20, 0xFF, 0xFE, 0x0A])) { path in
      #expect(load(path).map(\.id) == [.binaryFile])
    }
  }

  @Test func `with a byte order mark and the ends of lines of another system is read`() throws {
    let text = "\u{FEFF}" + Base.queue.text.split(separator: "\n").joined(separator: "\r\n")
    try withFile(Data(text.utf8)) { path in #expect(load(path).isEmpty) }
    let faulty = text.replacingFirst("threads: 16", with: "threads: 0")
    #expect(errors(in: faulty).map { $0.location?.line } == [9])
  }

  @Test(arguments: [
    String(repeating: "[", count: 100_000), String(repeating: "{a: ", count: 50_000),
    String(repeating: "- ", count: 50_000), String(repeating: "? ", count: 50_000),
    "a: " + String(repeating: "&a ", count: 1000), String(repeating: "a: 1\n", count: 2000), "%YAML 1.1\n---\na: 1\n",
    "--- a\n--- b\n", "!!binary a: b", "? [a]\n: b\n", "a: *b", "a: \"\\ud800\"", "\"", "a: |\n b\n c", "<<: {a: 1}\n",
    "model: [", "model:\n  - x", "model: {}", "- model", "model", "~", "null", "scenario: x", "scenario: x\nmodel: []",
    "campaign: c\nmodel: \nscenario: [a]", "model: m\ninclude: x", "model: m\ninclude: [[x]]",
    "model: m\nservices: [a]",
  ])
  func `of any shape is refused with a reason`(text: String) {
    #expect(errors(in: text).contains { $0.severity == .error })
  }

  @Test func `with a chain of aliases is refused before it is unfolded`() {
    let chain = (1..<20_000).map { "a\($0): &a\($0) [*a\($0 - 1)]" }
    #expect(errors(in: "a0: &a0 [x]\n" + chain.joined(separator: "\n")).map(\.id) == [.aliasLimit])
  }

  @Test func `with an expression without end is refused before it is unfolded`() {
    let deep = String(repeating: "mixture(100%=", count: 50_000) + "1ms" + String(repeating: ")", count: 50_000)
    let text = Base.queue.text.replacingFirst("exponential(mean=1s)", with: deep)
    #expect(errors(in: text).map(\.id) == [.badExpression])
  }

  @Test func `with a few aliases is fine`() throws {
    let text = Base.queue.text
      .replacingFirst("{threads: 16, queue: unbounded}", with: "&pool {threads: 16, queue: unbounded}")
      .replacingFirst(
        "services:\n", with: "services:\n  other:\n    pool: {threads: 1}\n    endpoints: {x: [work: 1ms]}\n")
    let aliased = text + "  third: {pool: *pool, endpoints: {x: [work: 1ms]}}\n"
    #expect(try model(aliased).service("third").pool == Pool(threads: 16, queue: .unbounded))
  }

  @Test func `by the thousand is told in the first thousand`() {
    let services = (0..<3000).map { "  s\($0): {pool: {threads: 0}, endpoints: {}}" }
    let text = "model: m\ntime: {horizon: 1h}\nservices:\n" + services.joined(separator: "\n")
    #expect(errors(in: text).count == 1000)
  }

  /// Each of some thousand damaged files is either accepted or refused with a reason.
  @Test func `by accident never goes unexplained`() {
    var state: UInt64 = 20170
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }
    let files = Dictionary(uniqueKeysWithValues: Base.allCases.map { ($0.path, $0.text) })
    let pieces = [
      "none", "-1", "[]", "{}", "0", "x", "1e99", "%", "(", ")", "=", ",", ":", "\n", "*", "", "é", "#", " ",
    ]
    for round in 0..<600 {
      let base = Base.allCases[round % Base.allCases.count]
      var characters = Array(base.text)
      let start = next(characters.count)
      characters.replaceSubrange(
        start..<min(characters.count, start + next(12)), with: Array(pieces[next(pieces.count)]))
      let text = String(characters)
      do throws(DiagnosticList) {
        _ = try ModelFile.decode(text: text, path: base.path, files: files)
      } catch {
        #expect(error.diagnostics.contains { $0.severity == .error }, "\(text)")
      }
    }
  }
}
