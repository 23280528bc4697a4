import Campaign
import Model
import Statistics

extension RampReport {
  /// The dose-response, the verdicts, and where it stopped.
  var blocks: [Block] {
    let scopes = ramp.steps.map { $0.scope.text }.joined(separator: ", ")
    let faults = ramp.faults.joined(separator: ", ")
    let lines = [
      Phrase(
        "seed \(seed), each scope until its hypotheses are decided, at most \(maximum) replications, "
          + "ratchet \(toolVersion)"),
      Phrase("scopes of \(faults): \(scopes)"),
      ramp.isAssumed ? Phrase("the scopes are assumed: the scenario has no `ramp`", .doubtful) : nil,
    ].compactMap(\.self)
    return [
      .title("Ramp of \(scenario)"), .list(lines),
      .heading(
        "Availability while the faults are active",
        note: "mean over replications, intervals that hold at any look"),
      .table(doseResponse),
      .heading("Hypotheses", note: JudgedText.note),
      .table(verdicts), .paragraph(""), .paragraph(ending),
    ]
  }

  private var doseResponse: Table {
    Table(
      [
        .left("scope"), .right("in scope"), .left("interval"), .right("everyone"), .left("interval"),
        .right("replications"),
      ],
      groups: subjects.map { subject in
        Table.Group(
          subject,
          steps.map { step in
            let scoped = step.trial.sequence(of: Self.availability(of: subject, among: .scoped))
            let everyone = step.trial.sequence(of: Self.availability(of: subject, among: .everyone))
            return [
              Phrase(step.scope.text), Phrase(NumberText.value(scoped, .fraction)),
              Phrase(NumberText.interval(scoped, .fraction), .faint), Phrase(NumberText.value(everyone, .fraction)),
              Phrase(NumberText.interval(everyone, .fraction), .faint), Phrase(String(step.trial.replications)),
            ]
          })
      })
  }

  private var verdicts: Table {
    let expectations = steps.first?.trial.expectations.map(\.expectation) ?? []
    return Table(
      [.left("scope"), .left("verdict"), .right("found"), .left("interval"), .left("holds if")],
      groups: expectations.indices.map { place in
        Table.Group(
          "\(expectations[place].name): \(expectations[place].statement)",
          steps.map { step in
            let result = step.trial.expectations[place]
            let text = JudgedText(result)
            return [
              Phrase(step.scope.text), verdict(result, step.trial), Phrase(text.value), Phrase(text.interval, .faint),
              Phrase(text.condition, .faint),
            ]
          })
      })
  }

  private func verdict(_ result: ExpectationResult, _ trial: Trial) -> Phrase {
    switch result.verdict {
    case .supported: Phrase("supported", .good)
    case .refuted: Phrase("refuted", .bad)
    case .inconclusive where trial.isInterrupted: Phrase("interrupted", .doubtful)
    case .inconclusive: Phrase("inconclusive" + (result.doubt.map { ": \($0)" } ?? ""), .doubtful)
    }
  }

  private var ending: Phrase {
    let left = notRun.map(\.text).joined(separator: ", ")
    let rest = left.isEmpty ? "" : "; not tried: \(left)"
    if isInterrupted { return Phrase("interrupted\(rest)", .doubtful) }
    guard let step = refutation else {
      return verdict == .supported
        ? Phrase("every hypothesis is supported at every scope", .good)
        : Phrase("no hypothesis is refuted at any scope, and not all are decided", .doubtful)
    }
    let names = step.trial.expectations.filter { $0.verdict == .refuted }.map(\.expectation.name)
    return Phrase("stopped at \(step.scope.text), which refutes \(names.joined(separator: ", "))\(rest)", .bad)
  }
}
