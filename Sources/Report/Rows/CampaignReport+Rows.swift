import Campaign
import Model

extension CampaignReport {
  /// One row a variant and asked metric, with its difference from the baseline.
  public var rows: Rows {
    var rows = Rows(columns: [
      "campaign", "variant", "metric", "value", "low", "high", "confidence", "replications", "baseline", "difference",
      "difference_low", "difference_high", "p", "p_adjusted", "correlation", "variance_saved", "verdict",
    ])
    for metric in outline.outcomes {
      for summary in summaries {
        let estimate = summary.outcomes.first { $0.metric == metric }?.estimate
        let comparison = comparisons.outcomes.first { $0.metric == metric && $0.variant == summary.name }
        let difference = comparison?.difference
        rows.append([
          outline.name, summary.name, metric.description, Rows.number(estimate?.value), Rows.number(estimate?.low),
          Rows.number(estimate?.high), Rows.number(outline.confidence), String(estimate?.replications ?? 0), baseline,
          Rows.number(difference?.value), Rows.number(difference?.low), Rows.number(difference?.high),
          Rows.number(comparison?.p), Rows.number(comparison?.pAdjusted), Rows.number(comparison?.correlation),
          Rows.number(comparison?.varianceSaved), comparison?.verdict.rawValue ?? "",
        ])
      }
    }
    return rows
  }
}
