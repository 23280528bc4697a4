import Campaign
import Model
import Statistics

extension CampaignReport {
  /// Whether the workloads came back by themselves after the faults, and in how many replications not.
  var metastabilitySection: [Block] {
    var names: [String] = []
    for summary in summaries.flatMap(\.metastability) where !names.contains(summary.workload) {
      names.append(summary.workload)
    }
    guard !names.isEmpty else { return [] }
    let groups = names.map { name in
      Table.Group(
        name,
        summaries.compactMap { summary in
          summary.metastability.first { $0.workload == name }.map { [Phrase(summary.name)] + $0.cells }
        })
    }
    return [
      .heading("After the faults", note: "replications, from the end of the last fault to the horizon"),
      .table(Table([.left("variant")] + MetastabilitySummary.columns, groups: groups)),
    ]
  }
}

extension RunReport {
  /// Whether the workloads came back by themselves after the faults.
  var metastabilitySection: [Block] {
    let findings = summary.metastability.flatMap(\.findings)
    guard !findings.isEmpty else { return [] }
    return [
      .heading(
        "After the faults",
        note: "from the end of the last one, against the 95% band of the same run without faults"),
      .table(Table([.left(""), .left("")], findings.map { [Phrase($0.workload), $0.phrase] })),
    ]
  }
}

extension MetastabilitySummary {
  fileprivate static let columns: [Table.Column] = [
    .right("recovered"), .right("still recovering"), .right("metastable"), .right("not told"), .right("metastable"),
    .left("interval"), .left(""),
  ]

  /// How many came to each verdict, and the share with its interval.
  fileprivate var cells: [Phrase] {
    func number(_ verdict: Metastability.Verdict, _ tone: Tone) -> Phrase {
      let count = count(verdict)
      return Phrase(NumberText.text(Double(count), .count), count == 0 ? .plain : tone)
    }
    return [
      number(.recovered, .plain), number(.recovering, .doubtful), number(.metastable, .bad),
      number(.tooShort, .doubtful), Phrase(share.map { NumberText.text($0.value, .fraction) } ?? "-"),
      Phrase(
        interval.map { "\(NumberText.text($0.low, .fraction)) to \(NumberText.text($0.high, .fraction))" } ?? "", .faint
      ),
      findings.first { $0.verdict == .metastable }?.phrase ?? findings.first { $0.verdict == .tooShort }?.phrase ?? "",
    ]
  }

  var json: JSONValue {
    .object(
      Metastability.Verdict.allCases.map { .init($0.rawValue, .integer(count($0))) } + [
        .init("share", JSONValue(share?.value)), .init("low", JSONValue(interval?.low)),
        .init("high", JSONValue(interval?.high)), .init("confidence", .number(confidence)),
        .init("findings", .array(findings.map(\.json))),
      ])
  }
}

extension Metastability {
  /// The verdict in words: `metastable: 0% available 2 min later, 100% or more of the same run without faults`.
  public var statement: String {
    let time = TimeText(observed.seconds).text
    let levels = "\(NumberText.text(availability, .fraction)) available"
    let band = "the band begins at \(NumberText.text(usual, .fraction))"
    switch verdict {
    case .recovered:
      let again = relapses == 0 ? "" : ", left it \(relapses) \(relapses == 1 ? "time" : "times") more"
      return "recovered: in the band after \(TimeText(recovery?.seconds ?? 0).text)\(again)"
    case .metastable where isOscillating:
      return "metastable: came back and left the band again \(relapses) times in \(time)"
    case .metastable: return "metastable: \(levels) \(time) later; \(band)"
    case .recovering: return "still recovering: \(levels) \(time) later, on its way back; \(band)"
    case .tooShort:
      return
        "not told: \(levels) at the horizon, \(time) later; metastability shows after \(TimeText(needed.seconds).text)"
    }
  }

  var phrase: Phrase {
    let tone: Tone =
      switch verdict {
      case .recovered: .good
      case .metastable: .bad
      case .recovering, .tooShort: .doubtful
      }
    return Phrase(statement, tone)
  }

  var json: JSONValue {
    [
      "verdict": .string(verdict.rawValue), "oscillating": .bool(isOscillating), "from": .number(from.seconds),
      "observed": .number(observed.seconds), "needed": .number(needed.seconds),
      "recovery": JSONValue(recovery?.seconds), "relapses": .integer(relapses), "availability": .number(availability),
      "usual": .number(usual),
    ]
  }
}
