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

  @Test func `tell what is wrong between keys where others are faulty too`() {
    let text = Base.outage.text
      .replacingFirst("target: viewing-history", with: "target: viewing-histroy")
      .replacingFirst("inject: hang", with: "inject: hang\n    repeat: {every: 1min, times: 2}")
      .replacingFirst(
        "expect:", with: "  late: {at: 20min, inject: hang, target: web, repeat: {every: 1min, times: 0}}\nexpect:")
    #expect(
      placed(errors(in: text, at: Base.outage.path)) == [
        "8 fault-overlaps-itself", "9 unknown-service", "10 missing-key", "10 fault-after-horizon", "10 out-of-range",
      ])
  }

  @Test func `tell what sabotages set, whatever is wrong beside them`() {
    let text =
      Base.outage.text
      .replacingFirst("for: 3min", with: "for: 3min\n    repeat: {every: 1min, times: 2}")
      .replacingFirst("viewers", with: "viewrs") + """
        sabotage:
          first: {set: {services.wbe.replicas: 1}, refutes: [plays]}
          second: {set: {faults.down.for: 1min, services.web.replica: 1}, refutes: [play]}
          third: {set: {services.web.replicas: none}}

        """
    #expect(
      placed(errors(in: text, at: Base.outage.path)) == [
        "7 fault-overlaps-itself", "12 unknown-workload", "15 bad-path", "16 bad-path", "16 bad-path",
        "16 unknown-expectation", "17 missing-key", "17 not-a-number",
      ])
  }

  @Test func `tell what variants set, and all else that is wrong with a campaign`() {
    let text = Base.campaign.text
      .replacingFirst("history.bulkhead", with: "histroy.bulkhead")
      .replacingFirst("outcomes: [", with: "baseline: alone\noutcomes: [availability(viewrs), recovery(viewers), ")
      .replacingFirst("faults]", with: "faults, recovery(viewers)]")
    #expect(
      placed(errors(in: text, at: Base.campaign.path)) == [
        "6 bad-path", "7 unknown-variant", "8 unknown-workload",
      ])
    let twice = text.replacingFirst("availability(viewrs), ", with: "")
    #expect(
      placed(errors(in: twice, at: Base.campaign.path)) == ["6 bad-path", "7 unknown-variant", "8 duplicate-name"])
  }

  private func placed(_ errors: [Diagnostic]) -> [String] {
    errors.map { "\($0.location?.line ?? 0) \($0.id.rawValue)" }
  }

  private func errors(in text: String, at path: String = "model.yaml") -> [Diagnostic] {
    let files = Dictionary(uniqueKeysWithValues: Base.allCases.map { ($0.path, $0.text) })
    do throws(DiagnosticList) {
      _ = try ModelFile.decode(text: text, path: path, files: files)
      return []
    } catch {
      return error.diagnostics
    }
  }
}
