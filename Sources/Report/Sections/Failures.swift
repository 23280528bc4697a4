import Campaign
import Model

extension CampaignReport {
  /// The most reasons that are told of one variant and workload.
  private static var mostReasons: Int { 3 }

  /// Why requests failed, and where the reason arose.
  var failuresSection: [Block] {
    guard let window = outline.index(of: focus) else { return [] }
    var names: [String] = []
    for summary in summaries {
      for workload in summary.workloadsWithoutCohorts where !names.contains(workload.name) {
        names.append(workload.name)
      }
    }
    let groups = names.map { name in
      Table.Group(
        name,
        summaries.flatMap { summary -> [[Phrase]] in
          guard let tally = summary.workloads.first(where: { $0.name == name })?.windows[window] else { return [] }
          return FailureRows(tally, most: Self.mostReasons).rows.map { [Phrase(summary.name)] + $0 }
        })
    }
    let table = Table([.left("variant")] + FailureRows.columns, groups: groups)
    return [
      .heading("Failures \(focus)", note: "of one replication, on average, and as a share of what ended"),
      table.isEmpty ? .list([Phrase("none", .good)]) : .table(table),
    ]
  }
}

extension CampaignReport {
  /// The reasons that became more or less frequent than with the baseline.
  var failureDifferencesSection: [Block] {
    let shown = comparisons.reasons.filter { $0.verdict != .noDifferenceShown }
    guard !shown.isEmpty else { return [] }
    let rows = shown.map { comparison -> [Phrase] in
      [
        Phrase(comparison.variant), Phrase("\(comparison.workload) \(comparison.window)"),
        Phrase(DifferenceText.value(comparison.difference, of: .availability)),
        Phrase(DifferenceText.interval(comparison.difference, of: .availability), .faint),
        Phrase(DifferenceText.p(comparison.pAdjusted)), Phrase(comparison.reason.rawValue),
        Phrase(comparison.component), Phrase(comparison.verdict.rawValue, comparison.verdict.tone),
      ]
    }
    return [
      .heading("Failures against \(baseline)", note: "as a share of what ended, a family of their own for p"),
      .table(
        Table(
          [
            .left("variant"), .left("of"), .right("difference"), .left("interval"), .right("p"), .left("reason"),
            .left("at"), .left("verdict"),
          ], rows)),
    ]
  }
}

/// The reasons of one tally as rows, the most frequent first.
struct FailureRows {
  static let columns: [Table.Column] = [.right("failures"), .right("share"), .left("reason"), .left("at")]
  let rows: [[Phrase]]

  /// - Parameter most: reasons that are told, the others being added up in one more row; nil for all.
  init(_ tally: TallySummary, most: Int?) {
    let ended = tally.totals.success + tally.totals.degraded + tally.totals.failed
    func share(_ total: Int) -> Phrase {
      Phrase(ended == 0 ? "-" : NumberText.fraction(Double(total) / Double(ended), halfWidth: 0.001), .bad)
    }
    // What is below 1% of the failures is not worth a row of its own.
    let shown =
      most.map { tally.reasons.prefix($0).filter { 100 * $0.total >= tally.totals.failed } } ?? tally.reasons
    var rows = shown.map { reason -> [Phrase] in
      [
        Phrase(NumberText.value(reason.count, .count)), share(reason.total), Phrase(reason.reason.rawValue),
        Phrase(reason.component),
      ]
    }
    let others = tally.reasons.dropFirst(shown.count)
    if !others.isEmpty {
      let count = others.reduce(0) { $0 + $1.count.value }
      rows.append([
        Phrase(NumberText.text(count, .count)), share(others.reduce(0) { $0 + $1.total }),
        Phrase("\(others.count) other \(others.count == 1 ? "reason" : "reasons")", .faint), "",
      ])
    }
    self.rows = rows
  }
}
