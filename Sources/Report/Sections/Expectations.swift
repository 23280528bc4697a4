import Campaign
import Model

extension CampaignReport {
  /// What was expected, and what the replications of each variant say.
  var expectationsSection: [Block] {
    var order: [Expectation] = []
    for result in summaries.flatMap(\.expectations) where !order.contains(result.expectation) {
      order.append(result.expectation)
    }
    guard !order.isEmpty, result.replications > 0 else { return [] }
    let groups = order.map { expectation in
      Table.Group(
        "\(expectation.name): \(expectation.statement)",
        summaries.compactMap { summary in
          summary.expectations.first { $0.expectation == expectation }.map { row(summary.name, $0) }
        })
    }
    return [
      .heading(
        "Expectations", note: "of the mean over replications or a share of them, by intervals that hold at any look"),
      .table(Table(Self.expectationColumns, groups: groups)),
    ] + unseenNote
  }

  /// What no verdict of so few replications can speak of.
  private var unseenNote: [Block] {
    let supported = summaries.flatMap(\.expectations).filter { $0.verdict == .supported && $0.limit != nil }
    guard let share = supported.map(\.unseenShare).max() else { return [] }
    let percent = (share * 100).rounded(.up)
    return [
      .list([
        Phrase(
          "what is supported if no replication lies beyond a value speaks of what was seen: an incident that strikes fewer "
            + "than \(Int(percent))% of the replications may not have shown up", .faint)
      ])
    ]
  }

  /// Whether each variant reaches its model's objectives.
  var objectivesSection: [Block] {
    var order: [Objective] = []
    for result in summaries.flatMap(\.objectives) where !order.contains(result.objective) {
      order.append(result.objective)
    }
    guard !order.isEmpty, result.replications > 0 else { return [] }
    let groups = order.map { objective in
      Table.Group(
        "\(objective.name): \(objective.statement)",
        summaries.compactMap { summary in
          summary.objectives.first { $0.objective == objective }.map { row(summary.name, $0) }
        })
    }
    return [
      .heading("Objectives", note: "over what was simulated, faults included"),
      .table(Table(Self.columns, groups: groups)),
    ]
  }

  private static var columns: [Table.Column] { [.left("variant"), .right("mean"), .left("interval"), .left("")] }

  private static var expectationColumns: [Table.Column] {
    [.left("variant"), .right("judged"), .left("interval"), .left("")]
  }

  private func row(_ variant: String, _ result: ExpectationResult) -> [Phrase] {
    let tone: Tone =
      switch result.verdict {
      case .supported: .good
      case .refuted: .bad
      case .inconclusive: .doubtful
      }
    let text = JudgedText(result)
    return [
      Phrase(variant), Phrase(text.value), Phrase(text.interval, .faint),
      Phrase(result.verdict.rawValue + text.remark, tone),
    ]
  }

  private func row(_ variant: String, _ result: ObjectiveResult) -> [Phrase] {
    let kind = result.objective.indicator.quantity.kind
    let tone: Tone =
      switch result.status {
      case .met: .good
      case .missed: .bad
      case .undecided: .doubtful
      }
    let estimate = result.estimate.estimate
    return [
      Phrase(variant), Phrase(NumberText.value(estimate, kind)), Phrase(NumberText.interval(estimate, kind), .faint),
      Phrase(result.status.rawValue, tone),
    ]
  }
}

extension Objective {
  /// Whether the target is a least or a most.
  var comparison: Expectation.Comparison { indicator.quantity.higherIsBetter ? .atLeast : .atMost }

  /// `availability(viewers) >= 99.95%`.
  var statement: String {
    "\(indicator) \(comparison.rawValue) \(NumberText.bound(target, indicator.quantity.kind))"
  }
}
