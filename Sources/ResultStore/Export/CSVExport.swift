import Foundation
import GRDB

/// A campaign's results as CSV files for notebooks; `notebooks-data/README.md` describes their columns.
public enum CSVExport: String, Hashable, Sendable, CaseIterable {
  /// What requests and attempts came to, one row a replication, name and window.
  case outcomes
  /// Failures by reason, one row a replication, name, window, reason and component.
  case failures
  /// The mean timeline of each variant, one row a bin and measure.
  case timeline
  /// Every variant against the baseline, one row a metric.
  case comparisons
  /// Every variant's expectations with their verdicts, one row each.
  case expectations
  /// What sessions came to, one row a replication, group and window; of models with sessions.
  case sessions
  /// What CDNs delivered, one row a replication, CDN and window; of models with sessions.
  case cdns

  public var fileName: String { "\(rawValue).csv" }

  private var query: String {
    switch self {
    case .outcomes:
      "SELECT * FROM outcomes WHERE campaign_id = ? ORDER BY variant_ordinal, replication, kind DESC, name, window"
    case .failures:
      "SELECT * FROM failures WHERE campaign_id = ? ORDER BY variant_ordinal, replication, kind DESC, name, window, reason, component"
    case .timeline: "SELECT * FROM timelines WHERE campaign_id = ? ORDER BY variant_ordinal, kind, name, measure, bin"
    case .comparisons: "SELECT * FROM comparisons WHERE campaign_id = ? ORDER BY ordinal"
    case .expectations: "SELECT * FROM expectations WHERE campaign_id = ? ORDER BY variant_ordinal, name"
    case .sessions:
      "SELECT * FROM sessions WHERE campaign_id = ? ORDER BY variant_ordinal, replication, kind, name, window"
    case .cdns: "SELECT * FROM cdns WHERE campaign_id = ? ORDER BY variant_ordinal, replication, name, window"
    }
  }

  /// Columns that have a meaning within the database alone.
  private static let hidden: Set<String> = ["campaign_id", "variant_ordinal", "ordinal", "replication_id"]

  fileprivate func table(_ db: Database, campaign: Int64) throws -> CSVTable {
    // A file that an older version has written, and that is only read, lacks what came later.
    if [.expectations, .sessions, .cdns].contains(self), try !db.viewExists(rawValue) { return CSVTable(columns: []) }
    let cursor = try Row.fetchCursor(db, sql: query, arguments: [campaign])
    let shown = cursor.columnNames.enumerated().filter { !Self.hidden.contains($0.element) }
    var table = CSVTable(columns: shown.map(\.element))
    while let row = try cursor.next() {
      table.append(shown.map { Self.text(row[$0.offset] as DatabaseValue) })
    }
    return table
  }

  private static func text(_ value: DatabaseValue) -> String {
    switch value.storage {
    case .null: ""
    case .int64(let number): String(number)
    case .double(let number): "\(number)"
    case .string(let text): text
    case .blob: ""
    }
  }
}

extension ResultStore {
  /// A campaign's rows of one kind.
  ///
  /// - Parameter name: of the campaign, the latest where there are several; nil for the latest of all.
  public func table(_ export: CSVExport, campaign name: String? = nil) throws(ResultStoreError) -> CSVTable {
    try read { db in
      guard let row = try Self.latest(db, named: name) else {
        let known = try String.fetchAll(db, sql: "SELECT DISTINCT name FROM campaign ORDER BY name")
        throw ResultStoreError.noSuchCampaign(path: self.path, name: name, known: known)
      }
      return try export.table(db, campaign: row["id"])
    }
  }

  /// Writes every kind to a folder, which is made where there is none; each file appears whole or not at all. Those of
  /// sessions and CDNs are left out where an older version wrote the results.
  public func export(to folder: String, campaign name: String? = nil) throws(ResultStoreError) {
    for export in CSVExport.allCases {
      let table = try table(export, campaign: name)
      if table.columns.isEmpty { continue }
      let text = table.text
      let path = "\(folder)/\(export.fileName)"
      do {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
      } catch {
        throw .failed(path: path, reason: error.localizedDescription)
      }
    }
  }
}
