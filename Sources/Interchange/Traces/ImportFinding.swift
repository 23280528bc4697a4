/// Something about the traces that the reader of the model should know.
enum ImportFinding: Hashable, CaseIterable {
  case emptyTrace, negativeDuration, duplicateSpan, conflictingIDs, cyclicParents, tooDeep, rootless
  case orphan, clockSkew, followsFrom, outlivesCaller, markedAsError, manyCalls

  /// What happened to `count` of them, for instance at `example`.
  func text(count: Int, example: String) -> String {
    func counted(_ one: String, _ many: String) -> String { count == 1 ? "1 \(one)" : "\(count) \(many)" }
    let traces = counted("trace", "traces")
    let spans = counted("span", "spans")
    let have = count == 1 ? "has" : "have"
    let (what, consequence) =
      switch self {
      case .emptyTrace: ("\(traces) \(have) no spans", "left out")
      case .negativeDuration: ("\(traces) \(have) a span of negative duration", "left out")
      case .duplicateSpan: ("\(spans) \(count == 1 ? "occurs" : "occur") twice in a trace", "counted once")
      case .conflictingIDs: ("\(traces) \(have) different spans with one id", "left out")
      case .cyclicParents: ("\(traces) \(have) spans that are their own ancestors", "left out")
      case .tooDeep: ("\(traces) \(have) more than \(SpanForest.maximumDepth) spans one under another", "left out")
      case .rootless: ("\(traces) \(have) no root in the file", "the topmost spans stand for it")
      case .orphan:
        ("\(spans) \(have) a parent that is not in the trace", "left out, with the spans below")
      case .clockSkew:
        ("\(spans) of another process did not fit into the caller's time", "moved into it, as clock skew")
      case .followsFrom:
        ("\(spans) only \(count == 1 ? "follows" : "follow") from the parent", "made arrivals of their own")
      case .outlivesCaller:
        (
          "\(spans) outlived the caller, asynchronous or given up on",
          "made arrivals of their own, the caller does not wait"
        )
      case .markedAsError: ("\(spans) \(have) the tag error", "not modelled, their times count")
      case .manyCalls:
        (
          "\(counted("call", "calls")) beyond \(CallStructure.maximumRepeats) of one endpoint by one run",
          "counted as the caller's own time"
        )
      }
    return "\(what): \(consequence) (for instance \(example))"
  }
}

/// Findings, counted, with the first of each as the example.
struct ImportFindings {
  private var found: [ImportFinding: (count: Int, example: String)] = [:]

  mutating func add(_ finding: ImportFinding, at place: @autoclosure () -> String) {
    found[finding, default: (0, place())].count += 1
  }

  /// One sentence a kind, in a fixed order.
  var notes: [String] {
    ImportFinding.allCases.compactMap { finding in
      found[finding].map { finding.text(count: $0.count, example: $0.example) }
    }
  }
}
