import Campaign
import Model

extension MetastabilityDiagnosis {
  /// What keeps the system degraded, with numbers, and whether it comes back without it; nothing where it came back.
  public var blocks: [Block] {
    let lasting = findings.filter { $0.verdict == .metastable }
    guard !lasting.isEmpty else { return [] }
    var blocks: [Block] = [
      .heading("What sustains it", note: "after the last fault's end, in brackets the same run without faults"),
      .list(lasting.map { Phrase("\($0.workload): \($0.statement)", .bad) }),
    ]
    blocks.append(
      signs.isEmpty
        ? .paragraph(Phrase("  nothing unusual was seen besides", .doubtful))
        : .list(signs.map { Phrase($0.statement) }))
    if !counterfactuals.isEmpty {
      blocks.append(.table(Table([.left("the same run"), .left("")], counterfactuals.map(\.cells))))
    }
    return blocks
  }

  public var json: JSONValue {
    [
      "replication": .integer(replication), "workloads": .map(findings) { ($0.workload, $0.json) },
      "signs": .array(signs.map(\.json)),
      "counterfactuals": .array(
        counterfactuals.map {
          [
            "without": .string($0.removal.rawValue), "verdict": .string($0.verdict.rawValue),
            "recovery": JSONValue($0.recovery?.seconds),
          ]
        }),
    ]
  }
}

extension MetastabilityDiagnosis.Counterfactual {
  fileprivate var cells: [Phrase] {
    let what =
      switch removal {
      case .retries: "without retries"
      case .deadWork: "with `cancellation: propagate` everywhere"
      case .breakers: "without breakers"
      }
    let finding: Phrase =
      switch verdict {
      case .recovered:
        Phrase("recovers" + (recovery.map { " in \(TimeText($0.seconds).text)" } ?? ""), .good)
      case .metastable: Phrase("is metastable too", .bad)
      case .recovering: Phrase("is still recovering at the horizon", .doubtful)
      case .tooShort: Phrase("does not tell", .doubtful)
      }
    return [Phrase(what), finding]
  }
}

extension SustainingSign {
  /// `retries of customers -> desk: 3.98 attempts a call (1), offered load 2.79 (0.70), 0.70 without these retries`.
  public var statement: String {
    let subject =
      switch mechanism {
      case .retries: "retries of \(component)"
      case .deadWork: "dead work at \(component)"
      case .coldCache: "cold cache of \(component)"
      case .breakers: "breaker of \(component)"
      case .players: "players of \(component)"
      case .queue: "queue of \(component)"
      }
    return "\(subject): \(measures.map(\.text).joined(separator: ", "))"
  }

  fileprivate var json: JSONValue {
    [
      "mechanism": .string(mechanism.rawValue), "component": .string(component), "strength": .number(strength),
      "measures": .map(measures) {
        ($0.quantity.rawValue, ["now": .number($0.now), "usual": JSONValue($0.usual)])
      },
    ]
  }
}

extension SustainingSign.Measure {
  fileprivate var text: String {
    func shown(_ value: Double) -> String {
      switch quantity {
      case .attemptsPerCall, .offeredLoad, .offeredLoadWithoutRetries: NumberText.fixed(value, decimals: 2)
      case .deadShare, .hitRatio, .openShare: NumberText.fixed(value * 100, decimals: 1) + "%"
      case .openings: NumberText.text(value, .count)
      case .wait, .timeout: TimeText(value).text
      case .originCalls, .requests: NumberText.text(value, .perSecond)
      }
    }
    let (before, after) =
      switch quantity {
      case .attemptsPerCall: ("", " attempts a call")
      case .offeredLoad: ("offered load ", "")
      case .offeredLoadWithoutRetries: ("", " without these retries")
      case .deadShare: ("", " of the thread time for callers who have given up")
      case .hitRatio: ("", " of the look-ups hit")
      case .openShare: ("not closed ", " of the time")
      case .openings: ("opened ", " times")
      case .wait: ("a mean wait of ", "")
      case .timeout: ("callers give up after ", " at the latest")
      case .originCalls: ("", " to the origin")
      case .requests: ("", " requests")
      }
    return before + shown(now) + after + (usual.map { " (\(shown($0)))" } ?? "")
  }
}
