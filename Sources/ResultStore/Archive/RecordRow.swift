import Campaign
import Engine
import Foundation
import GRDB
import Model

/// A replication's rows: its payload, and its numbers spread out for queries.
enum RecordRow {
  static func encode(_ record: ReplicationRecord) throws -> String {
    String(decoding: try JSONEncoder.archive.encode(record), as: UTF8.self)
  }

  static func decode(_ payload: String) throws -> ReplicationRecord {
    try JSONDecoder.archive.decode(ReplicationRecord.self, from: Data(payload.utf8))
  }

  static func fetch(_ db: Database, variant: Int64, replication: Int) throws -> ReplicationRecord {
    let payload = try String.fetchOne(
      db.cachedStatement(sql: "SELECT payload FROM replication WHERE variant_id = ? AND number = ?"),
      arguments: [variant, replication])
    guard let payload else {
      throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "replication \(replication) is missing")
    }
    return try decode(payload)
  }

  /// Does nothing where the replication is there already, as when two processes resume the same campaign.
  static func insert(
    _ record: ReplicationRecord, payload: String, variant: Int64, outline: CampaignOutline, in db: Database
  ) throws {
    try db.cachedStatement(
      sql: """
        INSERT OR IGNORE INTO replication
          (variant_id, number, fingerprint, twin_fingerprint, events, requests, payload)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      variant, record.replication, Fingerprint.text(record.outcome.fingerprint),
      record.twinFingerprint.map(Fingerprint.text), record.outcome.events, record.requests, payload,
    ])
    guard db.changesCount > 0 else { return }
    let rows = Rows(replication: db.lastInsertedRowID, db: db)
    let windows = outline.windows.map(\.description)
    for workload in record.outcome.workloads {
      for (tally, window) in zip(workload.windows, windows) {
        try rows.insert(tally, kind: "workload", name: workload.name, window: window)
      }
    }
    for endpoint in record.outcome.endpoints {
      try rows.insert(
        endpoint.tally, kind: "endpoint", name: endpoint.name, window: Window.run.description)
    }
    for service in record.outcome.services { try rows.insert(service, windows: windows) }
    try rows.insertStreaming(of: record.outcome, windows: outline.windows)
    guard let asked = outline.variant(named: record.variant) else { return }
    for metric in outline.metrics(of: asked) {
      try rows.insert(metric, in: record, windows: outline.windows)
    }
  }

  /// Inserts the rows that belong to one replication.
  private struct Rows {
    let replication: Int64
    let db: Database

    func insert(_ tally: RequestTally, kind: String, name: String, window: String) throws {
      let latency = tally.latency
      try db.cachedStatement(sql: "INSERT INTO outcome VALUES (\(placeholders(21)))").execute(arguments: [
        replication, kind, name, window, tally.arrivals, tally.success, tally.degraded, tally.failed,
        tally.inFlight, tally.availability, tally.unavailability, tally.fullFidelity, latency.mean,
        latency.value(of: .p50), latency.value(of: .p90), latency.value(of: .p95),
        latency.value(of: .p99), latency.value(of: .p999), latency.maximum, tally.failedLatency.mean,
        tally.failedLatency.maximum,
      ])
      let statement = try db.cachedStatement(sql: "INSERT INTO failure VALUES (\(placeholders(7)))")
      for reason in tally.reasons {
        try statement.execute(arguments: [
          replication, kind, name, window, reason.reason.rawValue, reason.component, reason.count,
        ])
      }
    }

    func insert(_ service: ServiceOutcome, windows: [String]) throws {
      try db.cachedStatement(sql: "INSERT INTO service VALUES (\(placeholders(11)))").execute(arguments: [
        replication, service.name, service.utilisation, service.wait.mean, service.wait.value(of: .p99),
        service.wait.maximum, service.queueMean, service.queueMax, service.inServiceMean, service.idle,
        service.up,
      ])
      let statement = try db.cachedStatement(sql: "INSERT INTO pool_full VALUES (\(placeholders(4)))")
      for (seconds, window) in zip(service.fullSeconds, windows) {
        try statement.execute(arguments: [replication, service.name, window, seconds])
      }
    }

    /// What sessions and CDNs did, with the metrics that follow from it.
    func insertStreaming(of outcome: ReplicationOutcome, windows: [Window]) throws {
      guard let streaming = outcome.streaming else { return }
      for group in streaming.groups {
        for (index, (tally, window)) in zip(group.windows, windows).enumerated() {
          try insert(
            into: "session_tally", [replication, group.kind.rawValue, group.name, window.description],
            SessionCount.allCases.map { $0.value(in: tally) },
            StreamingColumns.sessionMetrics.map { streaming.value(of: $0, of: group, window: index) }
              + (outcome.startups(of: group, window: index) ?? .empty).columns)
        }
      }
      for cdn in streaming.cdns {
        for (index, (tally, window)) in zip(cdn.windows, windows).enumerated() {
          try insert(
            into: "cdn_tally", [replication, cdn.name, window.description, cdn.currency],
            CDNCount.allCases.map { $0.value(in: tally) },
            StreamingColumns.cdnMetrics.map { streaming.value(of: $0, of: cdn, window: index) })
        }
      }
    }

    private func insert(
      into table: String, _ keys: [(any DatabaseValueConvertible)?], _ counts: [Double], _ metrics: [Double?]
    ) throws {
      let values = keys + counts.map { $0 as (any DatabaseValueConvertible)? } + metrics.map { $0 }
      try db.cachedStatement(sql: "INSERT INTO \(table) VALUES (\(placeholders(values.count)))")
        .execute(arguments: StatementArguments(values))
    }

    func insert(_ metric: Metric, in record: ReplicationRecord, windows: [Window]) throws {
      let isCensored =
        metric.quantity == .recovery
        && record.recoveries.contains { $0.workload == metric.workload && $0.isCensored }
      try db.cachedStatement(sql: "INSERT INTO metric_value VALUES (?, ?, ?, ?)").execute(arguments: [
        replication, metric.description, metric.value(in: record, windows: windows), isCensored,
      ])
    }
  }
}

func placeholders(_ count: Int) -> String {
  Array(repeating: "?", count: count).joined(separator: ", ")
}

extension LatencyTally {
  /// Seconds; nil where there are none.
  fileprivate var maximum: Double? { count == 0 ? nil : Double(max) / 1e9 }

  /// The mean, the quantiles and the longest, in seconds; nil where there are too few to tell them.
  fileprivate var columns: [Double?] { [mean] + LatencyQuantile.allCases.map { value(of: $0) } + [maximum] }
}

extension JSONEncoder {
  /// The same bytes for the same record; numbers keep all their bits.
  static var archive: JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return encoder
  }
}

extension JSONDecoder {
  static var archive: JSONDecoder {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return decoder
  }
}
