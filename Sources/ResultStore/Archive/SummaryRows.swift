import Campaign
import Engine
import GRDB
import Model
import Statistics

/// The rows that are written when a campaign ends, in place of those of an earlier end.
enum SummaryRows {
  static func write(
    _ result: CampaignResult, campaign: Int64, variants: [String: Int64], in db: Database
  ) throws {
    try db.execute(
      sql: "UPDATE campaign SET status = ?, replications = ?, fingerprint = ? WHERE id = ?",
      arguments: [
        result.status.rawValue, result.replications, Fingerprint.text(result.fingerprint), campaign,
      ])
    try db.execute(sql: "DELETE FROM comparison WHERE campaign_id = ?", arguments: [campaign])
    for summary in result.summaries {
      guard let variant = variants[summary.name] else { continue }
      if result.status == .complete {
        try db.execute(
          sql: "DELETE FROM replication WHERE variant_id = ? AND number >= ?",
          arguments: [variant, result.replications])
      }
      for table in ["latency_histogram", "timeline", "estimate", "expectation"] {
        try db.execute(sql: "DELETE FROM \(table) WHERE variant_id = ?", arguments: [variant])
      }
      try db.execute(
        sql: "UPDATE variant SET fingerprint = ? WHERE id = ?",
        arguments: [Fingerprint.text(summary.fingerprint), variant])
      try VariantRows(variant: variant, db: db).write(summary, windows: result.outline.windows)
    }
    guard let table = result.comparisons() else { return }
    let families = [("outcome", table.outcomes), ("detail", table.details)]
    let rows = families.flatMap { family, comparisons in comparisons.map { (family, $0) } }
    for (ordinal, (family, comparison)) in rows.enumerated() {
      try write(
        comparison, family: family, ordinal: ordinal, confidence: table.confidence, campaign: campaign, in: db)
    }
  }

  private static func write(
    _ comparison: Comparison, family: String, ordinal: Int, confidence: Double, campaign: Int64,
    in db: Database
  ) throws {
    let difference = comparison.difference
    try db.cachedStatement(sql: "INSERT INTO comparison VALUES (\(placeholders(18)))").execute(arguments: [
      campaign, ordinal, family, comparison.baseline, comparison.variant,
      comparison.metric.description, difference?.value, difference?.low, difference?.high, confidence,
      difference?.replications ?? 0, comparison.p, comparison.pAdjusted, comparison.method?.rawValue,
      comparison.correlation, comparison.varianceSaved, comparison.verdict.rawValue,
      comparison.sentence,
    ])
  }
}

/// The rows that belong to one variant.
private struct VariantRows {
  let variant: Int64
  let db: Database

  func write(_ summary: VariantSummary, windows: [Window]) throws {
    for workload in summary.workloads {
      for (tally, window) in zip(workload.windows, windows) {
        try insert(tally, kind: "workload", name: workload.name, window: window)
      }
    }
    for endpoint in summary.endpoints {
      try insert(endpoint.tally, kind: "endpoint", name: endpoint.name, window: .run)
    }
    for service in summary.services {
      try insert(service.wait.pooled, kind: "wait", name: service.name, window: .run, outcome: "ok")
    }
    for group in summary.streaming?.groups ?? [] where !group.kind.isToldAsWorkload {
      for (startups, window) in zip(group.startups, windows) {
        try insert(startups.pooled, kind: group.kind.rawValue, name: group.name, window: window, outcome: "ok")
      }
    }
    if let timeline = summary.timeline { try insert(timeline) }
    var estimates = summary.outcomes
    for other in summary.expectations.map(\.estimate) + summary.objectives.map(\.estimate)
    where !estimates.contains(where: { $0.metric == other.metric }) {
      estimates.append(other)
    }
    for estimate in estimates { try insert(estimate) }
    for expectation in summary.expectations { try insert(expectation, of: summary.variant) }
  }

  private func insert(_ tally: TallySummary, kind: String, name: String, window: Window) throws {
    try insert(tally.latency.pooled, kind: kind, name: name, window: window, outcome: "ok")
    try insert(tally.failedLatency.pooled, kind: kind, name: name, window: window, outcome: "failed")
  }

  private func insert(
    _ histogram: LatencyTally, kind: String, name: String, window: Window, outcome: String
  ) throws {
    let statement = try db.cachedStatement(
      sql: "INSERT INTO latency_histogram VALUES (\(placeholders(8)))")
    for bucket in histogram.buckets {
      try statement.execute(arguments: [
        variant, kind, name, window.description, outcome, LatencyScale.low(of: bucket.index),
        LatencyScale.high(of: bucket.index), bucket.count,
      ])
    }
  }

  private func insert(_ timeline: MeanTimeline) throws {
    let statement = try db.cachedStatement(sql: "INSERT INTO timeline VALUES (\(placeholders(7)))")
    for series in timeline.series {
      for (bin, value) in series.values.enumerated() {
        // A bin that no replication tells has no row.
        if value.isNaN { continue }
        let start = Double(bin) * timeline.binWidth.seconds
        try statement.execute(arguments: [
          variant, series.kind.rawValue, series.name, series.measure.rawValue, bin, start, value,
        ])
      }
    }
  }

  private func insert(_ metric: MetricEstimate) throws {
    guard let estimate = metric.estimate else { return }
    try db.cachedStatement(sql: "INSERT INTO estimate VALUES (\(placeholders(8)))").execute(arguments: [
      variant, metric.metric.description, estimate.value, estimate.low, estimate.high,
      estimate.confidence, estimate.replications, metric.censored,
    ])
  }

  private func insert(_ result: ExpectationResult, of asked: CampaignOutline.Variant) throws {
    let expectation = result.expectation
    try db.cachedStatement(sql: "INSERT INTO expectation VALUES (\(placeholders(19)))").execute(arguments: [
      variant, expectation.name, expectation.metric.description, expectation.comparison.rawValue,
      expectation.bound, result.verdict.rawValue, result.judged?.value, result.judged?.low,
      result.judged?.high, expectation.twinFactor, expectation.share, result.method.rawValue,
      asked.expectationConfidence, asked.rarestIncident, result.limit, result.unseenShare, result.keeping?.count,
      result.twin, result.doubt?.description,
    ])
  }
}
