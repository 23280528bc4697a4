import Campaign
import Model

extension CampaignReport {
  /// What the campaign asks for, variant by variant.
  var outcomesSection: [Block] {
    guard result.replications > 0 else { return [.paragraph("No replication has ended yet.")] }
    let groups = outline.outcomes.map { metric in
      Table.Group(metric.description, summaries.map { row(metric, of: $0) })
    }
    let hasLatencies = outline.outcomes.contains { $0.quantity.unit == .seconds && $0.quantity != .recovery }
    let latencies = hasLatencies ? "; \(Self.latencies)" : ""
    return [
      .heading("Outcomes", note: "mean over replications\(latencies)"),
      .table(Table([.left("variant"), .right("mean"), .left("interval"), .left("")], groups: groups)),
    ]
  }

  /// Which requests' latencies are told.
  static var latencies: String { "latencies of what was served (success and degraded)" }

  private func row(_ metric: Metric, of summary: VariantSummary) -> [Phrase] {
    let outcome = summary.outcomes.first { $0.metric == metric }
    let kind = metric.quantity.kind
    let isBaseline = summary.name == baseline
    // A mean of times of which some are not over is too small.
    let bound = (outcome?.censored ?? 0) > 0 ? "> " : ""
    return [
      Phrase(summary.name), Phrase(bound + NumberText.value(outcome?.estimate, kind)),
      Phrase(NumberText.interval(outcome?.estimate, kind), .faint), Phrase(isBaseline ? "baseline" : "", .faint),
    ]
  }
}
