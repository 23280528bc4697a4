import Campaign
import Foundation
import GRDB

/// One campaign's place in a result file: takes its replications as they end, and its results at the end.
public final class CampaignArchive: ReplicationJournal {
  public let outline: CampaignOutline
  public let stored: Set<ReplicationID>
  private let store: ResultStore
  private let campaign: Int64
  /// The keys of the variants, by their names.
  private let variants: [String: Int64]

  init(
    store: ResultStore, campaign: Int64, variants: [String: Int64], outline: CampaignOutline,
    stored: Set<ReplicationID>
  ) {
    self.store = store
    self.campaign = campaign
    self.variants = variants
    self.outline = outline
    self.stored = stored
  }

  public func record(of id: ReplicationID) throws(ResultStoreError) -> ReplicationRecord {
    let key = key(of: id.variant)
    return try store.read { db in try RecordRow.fetch(db, variant: key, replication: id.replication) }
  }

  public func append(_ record: ReplicationRecord) throws(ResultStoreError) {
    let key = key(of: record.variant)
    // Encoded before the transaction, so that workers encode side by side.
    let payload = try ResultStore.mappingErrors(at: store.path) { try RecordRow.encode(record) }
    try store.write { db in
      try RecordRow.insert(record, payload: payload, variant: key, outline: outline, in: db)
    }
  }

  /// Writes what the campaign came to: its status, comparisons, mean timelines and merged histograms.
  ///
  /// Replications beyond those that a complete campaign rests on are removed, so that the file is the same however
  /// far its workers ran ahead. Those beyond an interrupted one's are kept, to be resumed.
  public func finish(_ result: CampaignResult) throws(ResultStoreError) {
    try store.write { db in
      try SummaryRows.write(result, campaign: campaign, variants: variants, in: db)
    }
  }

  private func key(of variant: String) -> Int64 {
    guard let key = variants[variant] else {
      preconditionFailure("Campaign `\(outline.name)` has no variant `\(variant)`.")
    }
    return key
  }
}
