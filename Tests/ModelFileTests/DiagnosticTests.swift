import Testing

@testable import ModelFile

@Suite struct `The diagnostics` {
  static let goldens =
    Golden.files + Golden.structure + Golden.quantities + Golden.expressions + Golden.references + Golden.meaning
    + Golden.overrides + Golden.streaming + Golden.recordings + Golden.cdns + Golden.metrics + Golden.hypotheses
    + Golden.trials + Golden.streamingFaults + Golden.chaos + Golden.settings

  @Test(arguments: goldens)
  func `say where, what, and what would be right`(golden: Golden) {
    #expect(golden.said() == golden.rendered)
    #expect(golden.rendered.contains("[\(golden.id.rawValue)]"))
  }

  @Test(arguments: DiagnosticID.allCases)
  func `have a golden for each id`(id: DiagnosticID) {
    // These two need a disk: see "Bad input".
    if [.fileUnreadable, .fileTooLarge].contains(id) { return }
    #expect(Self.goldens.contains { $0.id == id })
  }

  @Test(arguments: Base.allCases)
  func `are silent about files without a fault`(base: Base) throws {
    let files = Dictionary(uniqueKeysWithValues: Base.allCases.map { ($0.path, $0.text) })
    let document = try ModelFile.decode(text: base.text, path: base.path, files: files)
    #expect(document.warnings.isEmpty)
  }

  @Test func `are told all at once, in the order of the lines`() {
    let text = Base.shop.text
      .replacingFirst("replicas: 2", with: "replicas: 0")
      .replacingFirst("timeout: 250ms", with: "timeout: 250")
      .replacingFirst("call: web.play", with: "call: wbe.play")
      .replacingFirst("call: history]", with: "call: histroy]")
      .replacingFirst("horizon: 10min", with: "horizon: 10m")
    #expect(
      errors(in: text).map { "\($0.location?.line ?? 0) \($0.id.rawValue)" } == [
        "2 ambiguous-unit", "6 missing-unit", "10 unknown-service", "13 out-of-range", "19 unknown-dependency",
      ])
  }

  @Test func `tell every key that is given twice`() {
    let text = Base.queue.text
      .replacingFirst("    call: desk.serve", with: "    call: desk.serve\n    \"call\": desk.serve")
      .replacingFirst("queue: unbounded", with: "threads: 3, queue: 0, queue: unbounded")
    #expect(errors(in: text).map(\.id) == [.duplicateKey, .duplicateKey, .duplicateKey])
    #expect(errors(in: text).map { $0.location?.line } == [7, 10, 10])
  }

  @Test func `point behind tabs and wide letters`() {
    let text = "model: \"é漢\"\t# a name\n"
    #expect(
      errors(in: text).first?.rendered == """
        model.yaml:1:1: error: the file lacks the key `time` [missing-key]
        1 | model: "é漢"\t# a name
          | ^ `time`: how long a replication runs, and when it starts
        """)
    #expect(errors(in: text).map(\.id).contains(.badName))
  }

  private func errors(in text: String) -> [Diagnostic] {
    do throws(DiagnosticList) {
      _ = try ModelFile.decode(text: text)
      return []
    } catch {
      return error.diagnostics
    }
  }
}
