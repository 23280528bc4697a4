import Campaign
import Foundation
import GRDB

/// A campaign as a result file keeps it, without its replications.
public struct StoredCampaign: Hashable, Sendable {
  public let outline: CampaignOutline
  public let texts: CampaignTexts
}

extension ResultStore {
  /// What a campaign was run from: the latest of this name.
  public func stored(campaign name: String) throws(ResultStoreError) -> StoredCampaign {
    try read { db in
      guard let row = try Self.latest(db, named: name) else {
        let known = try String.fetchAll(db, sql: "SELECT DISTINCT name FROM campaign ORDER BY name")
        throw ResultStoreError.noSuchCampaign(path: self.path, name: name, known: known)
      }
      let outline = Data((row["outline"] as String).utf8)
      return StoredCampaign(
        outline: try JSONDecoder.archive.decode(CampaignOutline.self, from: outline),
        texts: CampaignTexts(
          model: row["model_text"], campaign: row["campaign_text"], toolVersion: row["tool_version"]))
    }
  }

  /// One replication of the latest campaign of this name; nil where it is not there.
  public func record(of id: ReplicationID, campaign name: String) throws(ResultStoreError) -> ReplicationRecord? {
    try read { db in
      guard let row = try Self.latest(db, named: name) else { return nil }
      let payload = try String.fetchOne(
        db,
        sql: """
          SELECT payload FROM replication JOIN variant ON variant.id = replication.variant_id
          WHERE campaign_id = ? AND variant.name = ? AND number = ?
          """,
        arguments: [row["id"] as Int64, id.variant, id.replication])
      return try payload.map { try RecordRow.decode($0) }
    }
  }
}
