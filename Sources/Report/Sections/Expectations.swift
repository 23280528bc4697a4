import Campaign
import Model
import Statistics

extension CampaignReport {
  /// What was expected of each variant, and what the replications say.
  var expectationsSection: [Block] {
    let groups = summaries.filter { !$0.expectations.isEmpty }.map { summary in
      Table.Group(summary.name, summary.expectations.map { ExpectationRow($0).cells })
    }
    guard !groups.isEmpty, result.replications > 0 else { return [] }
    return [
      .heading("Expectations", note: "of the mean over replications, by intervals that hold at any look"),
      .table(Table(ExpectationRow.columns, groups: groups)),
    ]
  }

  /// Whether each variant reaches its model's objectives.
  var objectivesSection: [Block] {
    let groups = summaries.filter { !$0.objectives.isEmpty }.map { summary in
      Table.Group(summary.name, summary.objectives.map { ObjectiveRow($0).cells })
    }
    guard !groups.isEmpty, result.replications > 0 else { return [] }
    return [
      .heading("Objectives", note: "over what was simulated, faults included"),
      .table(Table(ObjectiveRow.columns, groups: groups)),
    ]
  }
}

struct ExpectationRow {
  static let columns: [Table.Column] = [
    .left("expectation"), .left("that"), .right("mean"), .left("interval"), .left("verdict"),
  ]
  let cells: [Phrase]

  init(_ result: ExpectationResult) {
    let kind = result.expectation.metric.quantity.kind
    let tone: Tone =
      switch result.verdict {
      case .supported: .good
      case .refuted: .bad
      case .inconclusive: .doubtful
      }
    let remark = result.method == .tooFew ? ": fewer than \(MeanHypothesis.minimumCount) replications" : ""
    cells = [
      Phrase(result.expectation.name), Phrase(result.expectation.statement),
      Phrase(NumberText.value(result.judged, kind)), Phrase(NumberText.interval(result.judged, kind), .faint),
      Phrase(result.verdict.rawValue + remark, tone),
    ]
  }
}

struct ObjectiveRow {
  static let columns: [Table.Column] = [
    .left("objective"), .left("that"), .right("mean"), .left("interval"), .left("status"),
  ]
  let cells: [Phrase]

  init(_ result: ObjectiveResult) {
    let objective = result.objective
    let quantity = objective.indicator.quantity
    let tone: Tone =
      switch result.status {
      case .met: .good
      case .missed: .bad
      case .undecided: .doubtful
      }
    let estimate = result.estimate.estimate
    cells = [
      Phrase(objective.name),
      Phrase(
        "\(objective.indicator) \(quantity.higherIsBetter ? ">=" : "<=") "
          + NumberText.bound(objective.target, quantity.kind)),
      Phrase(NumberText.value(estimate, quantity.kind)), Phrase(NumberText.interval(estimate, quantity.kind), .faint),
      Phrase(result.status.rawValue, tone),
    ]
  }
}

extension Expectation {
  /// As in the file: `availability(viewers) during faults >= 99.9%`.
  var statement: String {
    "\(metric) \(comparison.rawValue) \(NumberText.bound(bound, metric.quantity.kind))"
  }
}
