import Campaign
import Model

extension RunReport {
  /// What this replication shows of the expectations and objectives; one replication judges none.
  var expectationsSection: [Block] {
    let expected = summary.expectations.map { result in
      let expectation = result.expectation
      return row(
        expectation.name, expectation.statement, result.estimate, twin: result.twin,
        holds: result.keeping.map { $0.count == $0.trials })
    }
    let objectives = summary.objectives.map { result in
      let objective = result.objective
      return row(
        objective.name, objective.statement, result.estimate, twin: nil,
        holds: result.estimate.estimate.map { objective.comparison.holds($0.value, objective.target) })
    }
    let groups = [Table.Group("expectations", expected), Table.Group("objectives", objectives)]
    guard groups.contains(where: { !$0.rows.isEmpty }) else { return [] }
    return [
      .heading("Expectations and objectives", note: "one replication: not judged, run a campaign"),
      .table(Table([.left("name"), .left("that"), .right("here"), .left("")], groups: groups)),
    ]
  }

  private func row(
    _ name: String, _ statement: String, _ metric: MetricEstimate, twin: Double?, holds: Bool?
  ) -> [Phrase] {
    let kind = metric.metric.quantity.kind
    guard let value = metric.estimate?.value, let holds else {
      return [Phrase(name), Phrase(statement), "-", Phrase("this replication does not tell it", .doubtful)]
    }
    let bound = metric.censored > 0 ? "> " : ""
    let beside = twin.map { ", twin \(NumberText.text($0, kind))" } ?? ""
    let remark: Phrase = holds ? Phrase("holds here", .good) : Phrase("does not hold here", .bad)
    return [Phrase(name), Phrase(statement), Phrase(bound + NumberText.text(value, kind) + beside), remark]
  }

  var warningsSection: [Block] {
    guard !summary.warnings.isEmpty else { return [] }
    return [.heading("Warnings", note: nil), .list(summary.warnings.map { Phrase($0.description, .doubtful) })]
  }
}
