import Campaign
import Model

extension CampaignReport {
  /// The asked metrics against the baseline.
  var differencesSection: [Block] {
    guard result.replications > 0, !comparisons.outcomes.isEmpty else { return [] }
    return [
      .heading(
        "Differences from \(baseline)",
        note: "paired by replication on common random numbers; p adjusted by Holm's method"),
      .table(Self.table(comparisons.outcomes)),
    ]
  }

  /// What else differs: the other metrics of the same workloads and windows.
  var detailsSection: [Block] {
    guard result.replications > 1 else { return [] }
    let shown = comparisons.details.filter { $0.verdict != .noDifferenceShown }
    let rest = comparisons.details.count - shown.count
    guard !comparisons.details.isEmpty else { return [] }
    let remark = "\(rest) further \(rest == 1 ? "comparison shows" : "comparisons show") no difference."
    var blocks = [Block.heading("Further differences", note: "a family of their own for p")]
    if !shown.isEmpty { blocks.append(.table(Self.table(shown))) }
    if rest > 0 { blocks.append(.list([Phrase(remark, .faint)])) }
    return blocks
  }

  /// The comparisons in plain words.
  var verdictsSection: [Block] {
    guard result.replications > 0, !comparisons.outcomes.isEmpty else { return [] }
    return [
      .heading("Verdicts", note: "against \(baseline)"),
      .list(comparisons.outcomes.map { Phrase($0.sentence, $0.verdict.tone) }),
    ]
  }

  private static func table(_ comparisons: [Comparison]) -> Table {
    var order: [Metric] = []
    for comparison in comparisons where !order.contains(comparison.metric) { order.append(comparison.metric) }
    return Table(
      [
        .left("variant"), .right("difference"), .left("interval"), .right("p"), .right("correlation"),
        .right("variance saved"), .left("verdict"),
      ],
      groups: order.map { metric in
        Table.Group(metric.description, comparisons.filter { $0.metric == metric }.map(row))
      })
  }

  private static func row(_ comparison: Comparison) -> [Phrase] {
    let quantity = comparison.metric.quantity
    return [
      Phrase(comparison.variant), Phrase(DifferenceText.value(comparison.difference, of: quantity)),
      Phrase(DifferenceText.interval(comparison.difference, of: quantity), .faint),
      Phrase(DifferenceText.p(comparison.pAdjusted)), Phrase(DifferenceText.correlation(comparison.correlation)),
      Phrase(DifferenceText.share(comparison.varianceSaved)),
      Phrase(comparison.verdict.rawValue, comparison.verdict.tone),
    ]
  }
}
