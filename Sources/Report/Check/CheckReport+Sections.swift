import Campaign
import Model
import Statistics

extension CheckReport {
  /// The table of hypotheses, why some do not hold, and the sum of it all.
  var blocks: [Block] {
    let groups = scenarios.map { Table.Group("\($0.name)  \($0.place.path)", $0.rows) }
    var lines = [
      Phrase(
        "seed \(seed), each until its hypotheses are decided, at most \(maximum) replications, ratchet \(toolVersion)")
    ]
    let left = skipped.counts.filter { $0.count > 0 }.map { "\($0.count) \($0.count == 1 ? $0.singular : $0.plural)" }
    if !left.isEmpty { lines.append(Phrase("skipped: \(left.joined(separator: ", "))", .faint)) }
    var blocks: [Block] = [
      .title("Check of \(Self.counted(scenarios.count, "scenario"))"), .list(lines),
      .heading("Hypotheses", note: JudgedText.note),
      .table(
        Table(
          [
            .left(""), .left("verdict"), .right("found"), .left("interval"), .left("holds if"), .right("replications"),
            .right("time"),
          ],
          groups: groups)),
    ]
    let findings = findings
    if !findings.isEmpty {
      blocks += [
        .heading("Why", note: nil),
        .list(
          findings.map {
            Phrase("\($0.place.text): \($0.title): \($0.message)", $0.severity == .error ? .bad : .doubtful)
          }),
      ]
    }
    return blocks + [.paragraph(""), .paragraph(sum)]
  }

  /// `3 supported, 1 refuted; 2 of 2 sabotages turned their hypotheses`.
  private var sum: Phrase {
    let verdicts = scenarios.flatMap { scenario in scenario.trial.expectations.map(\.verdict) }
    let counts = Verdict.allCases.map { verdict in (verdict, verdicts.count { $0 == verdict }) }
    var parts = [counts.filter { $0.1 > 0 }.map { "\($0.1) \($0.0.rawValue)" }.joined(separator: ", ")]
    let sabotages = scenarios.flatMap(\.sabotages)
    if !sabotages.isEmpty {
      let turned = sabotages.count { $0.isTurned }
      parts.append("\(turned) of \(Self.counted(sabotages.count, "sabotage")) refuted what they should")
    }
    let left = scenarios.reduce(0) { $0 + $1.skippedSabotages.count }
    if left > 0 { parts.append("\(Self.counted(left, "sabotage")) not run") }
    if isInterrupted {
      parts.append("interrupted" + (notRun.isEmpty ? "" : ", \(Self.counted(notRun.count, "scenario")) not run"))
    }
    let tone: Tone =
      switch verdict {
      case .supported: isInterrupted ? .doubtful : .good
      case .refuted: .bad
      case .inconclusive: .doubtful
      }
    return Phrase(parts.filter { !$0.isEmpty }.joined(separator: "; "), tone)
  }

  private static func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
}

extension SabotageCheck {
  /// Whether every hypothesis is refuted, as it should be.
  var isTurned: Bool { trial.expectations.allSatisfy { $0.verdict == .refuted } }
}

extension ScenarioCheck {
  /// Replications and time stand beside the first hypothesis of each trial.
  fileprivate var rows: [[Phrase]] {
    let own = trial.expectations.enumerated().map { place, result in
      row(
        result, "\(result.expectation.name): \(result.expectation.statement)", verdict(result), trial, trialSeconds,
        place)
    }
    let others = sabotages.flatMap { sabotage in
      sabotage.trial.expectations.enumerated().map { place, result in
        row(
          result, "sabotage \(sabotage.name): \(result.expectation.name)", sabotaged(result, sabotage.trial),
          sabotage.trial, sabotage.seconds, place)
      }
    }
    return own + others
  }

  private func row(
    _ result: ExpectationResult, _ title: String, _ verdict: Phrase, _ trial: Trial, _ seconds: Double, _ place: Int
  ) -> [Phrase] {
    let text = JudgedText(result)
    return [
      Phrase(title), verdict, Phrase(text.value), Phrase(text.interval, .faint), Phrase(text.condition, .faint),
      Phrase(place == 0 ? String(trial.replications) : ""),
      Phrase(place == 0 ? PlainNumber.duration(seconds) : "", .faint),
    ]
  }

  private func verdict(_ result: ExpectationResult) -> Phrase {
    switch result.verdict {
    case .supported: Phrase("supported", .good)
    case .refuted: Phrase("refuted", .bad)
    case .inconclusive: Phrase(trial.isInterrupted ? "interrupted" : "inconclusive", .doubtful)
    }
  }

  private func sabotaged(_ result: ExpectationResult, _ trial: Trial) -> Phrase {
    switch result.verdict {
    case .refuted: Phrase("refuted, as it should be", .good)
    case .supported: Phrase("supported: no effect", .bad)
    case .inconclusive: Phrase(trial.isInterrupted ? "interrupted" : "inconclusive", .doubtful)
    }
  }
}
