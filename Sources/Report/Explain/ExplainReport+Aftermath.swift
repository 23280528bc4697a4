import Campaign
import Model

extension ExplainReport {
  /// Whether anybody stays degraded after the last fault, and by what; one line where nobody does.
  var aftermathSection: [Block] {
    guard let aftermath, !aftermath.findings.isEmpty else { return [] }
    let heading = Block.heading("After the faults", note: "from the end of the last one to the horizon")
    let findings = aftermath.findings
    if findings.allSatisfy({ $0.verdict == .recovered }) {
      let longest = findings.compactMap(\.recovery).max() ?? .zero
      let who = findings.count == 1 ? findings[0].workload : "all \(findings.count) workloads"
      let time = longest == .zero ? "at once" : "after \(TimeText(longest.seconds).text)"
      let last = findings.count > 1 && longest != .zero ? "the last one " : ""
      return [heading, .list([Phrase("\(who) recovered: in the band of the twin \(last)\(time)", .good)])]
    }
    // What is metastable is told with what sustains it.
    let others = findings.filter { $0.verdict != .metastable }
    let list = others.map { finding -> Phrase in
      let phrase = finding.phrase
      return Phrase("\(finding.workload): \(phrase.text)", phrase.tone)
    }
    return (list.isEmpty ? [] : [heading, .list(list)]) + aftermath.blocks
  }

  var aftermathMembers: [JSONValue.Member] { [.init("aftermath", aftermath?.json ?? .null)] }
}
