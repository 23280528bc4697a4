import Campaign
import Foundation
import GRDB
import Model

/// A campaign in a result file.
public struct CampaignListing: Hashable, Sendable {
  public enum Status: String, Hashable, Sendable, CaseIterable {
    /// It is being run, or its process was killed.
    case running
    /// It was stopped before its stopping rule was met.
    case interrupted
    case complete
  }
  public let id: Int64
  public let name: String
  /// UTC, ISO 8601.
  public let createdAt: String
  public let toolVersion: String
  public let status: Status
  /// Replications that are stored, every variant's counted.
  public let stored: Int
}

extension ResultStore {
  /// Every campaign of the file, the oldest first.
  public func campaigns() throws(ResultStoreError) -> [CampaignListing] {
    try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT campaign.id, campaign.name, created_at, tool_version, status, count(replication.id) AS stored
          FROM campaign LEFT JOIN variant ON variant.campaign_id = campaign.id
            LEFT JOIN replication ON replication.variant_id = variant.id
          GROUP BY campaign.id ORDER BY campaign.id
          """
      ).map { row in
        CampaignListing(
          id: row["id"], name: row["name"], createdAt: row["created_at"],
          toolVersion: row["tool_version"],
          status: CampaignListing.Status(rawValue: row["status"]) ?? .running, stored: row["stored"])
      }
    }
  }

  /// Begins a campaign; others in the file, also of the same name, stay.
  ///
  /// - Parameter time: when, for the record.
  public func begin(
    _ design: CampaignDesign, texts: CampaignTexts, at time: Date
  ) throws(ResultStoreError) -> CampaignArchive {
    try begin(design.outline, planHash: design.planHash, texts: texts, at: time)
  }

  /// Goes on with the latest campaign of the same name.
  ///
  /// - Throws: `nothingToResume` where there is none, `campaignChanged` where its replications would differ.
  public func resume(
    _ design: CampaignDesign, texts: CampaignTexts
  ) throws(ResultStoreError) -> CampaignArchive {
    try resume(design.outline, planHash: design.planHash, texts: texts)
  }

  func begin(
    _ outline: CampaignOutline, planHash: UInt64, texts: CampaignTexts, at time: Date
  ) throws(ResultStoreError) -> CampaignArchive {
    try write { db in
      try db.execute(
        sql: """
          INSERT INTO campaign (name, created_at, tool_version, seed, confidence, baseline, status,
            model_text, model_hash, campaign_text, plan_hash, outline)
          VALUES (?, ?, ?, ?, ?, ?, 'running', ?, ?, ?, ?, ?)
          """,
        arguments: [
          outline.name, time.formatted(.iso8601), texts.toolVersion, String(outline.seed),
          outline.confidence, outline.baseline, texts.model, texts.modelHash, texts.campaign,
          Fingerprint.text(planHash), try outline.archived,
        ])
      let campaign = db.lastInsertedRowID
      var variants: [String: Int64] = [:]
      for (ordinal, variant) in outline.variants.enumerated() {
        try db.execute(
          sql: """
            INSERT INTO variant (campaign_id, ordinal, name, is_baseline, model, scenario, overrides,
              tables_fingerprint)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
          arguments: [
            campaign, ordinal, variant.name, variant.name == outline.baseline, variant.model,
            variant.scenario, String(decoding: try JSONEncoder.archive.encode(variant.overrides), as: UTF8.self),
            Fingerprint.text(variant.tablesFingerprint),
          ])
        variants[variant.name] = db.lastInsertedRowID
      }
      return CampaignArchive(
        store: self, campaign: campaign, variants: variants, outline: outline, stored: [])
    }
  }

  func resume(
    _ outline: CampaignOutline, planHash: UInt64, texts: CampaignTexts
  ) throws(ResultStoreError) -> CampaignArchive {
    try write { db in
      guard let row = try Self.latest(db, named: outline.name) else {
        throw ResultStoreError.nothingToResume(path: self.path, name: outline.name)
      }
      var changes: [ResultStoreError.Change] = []
      if row["seed"] != String(outline.seed) { changes.append(.seed) }
      if row["tool_version"] != texts.toolVersion { changes.append(.toolVersion) }
      // The seed is part of the plan's hash.
      if changes.isEmpty, row["plan_hash"] != Fingerprint.text(planHash) { changes.append(.plan) }
      guard changes.isEmpty else {
        throw ResultStoreError.campaignChanged(name: outline.name, changes: changes)
      }
      let campaign: Int64 = row["id"]
      // What doesn't change replications may have changed: how many, the baseline, the confidence.
      try db.execute(
        sql: """
          UPDATE campaign SET status = 'running', outline = ?, confidence = ?, baseline = ?, campaign_text = ?
          WHERE id = ?
          """,
        arguments: [try outline.archived, outline.confidence, outline.baseline, texts.campaign, campaign])
      try db.execute(
        sql: "UPDATE variant SET is_baseline = (name = ?) WHERE campaign_id = ?",
        arguments: [outline.baseline, campaign])
      return CampaignArchive(
        store: self, campaign: campaign, variants: try Self.variants(db, of: campaign),
        outline: outline, stored: try Self.stored(db, in: campaign))
    }
  }

  /// What a campaign came to, from its replications: all of them where it is complete, else those that every
  /// variant has, from the first on without a gap.
  ///
  /// - Parameter name: of the campaign, the latest where there are several; nil for the latest of all.
  public func load(campaign name: String? = nil) throws(ResultStoreError) -> CampaignResult {
    try read { db in
      guard let row = try Self.latest(db, named: name) else {
        let known = try String.fetchAll(db, sql: "SELECT DISTINCT name FROM campaign ORDER BY name")
        throw ResultStoreError.noSuchCampaign(path: self.path, name: name, known: known)
      }
      let outline = try JSONDecoder.archive.decode(
        CampaignOutline.self, from: Data((row["outline"] as String).utf8))
      let campaign: Int64 = row["id"]
      let variants = try Self.variants(db, of: campaign)
      let stored = try Self.stored(db, in: campaign)
      let isComplete = row["status"] == CampaignListing.Status.complete.rawValue
      var replications = 0
      while outline.variants.allSatisfy({
        stored.contains(ReplicationID(variant: $0.name, replication: replications))
      }) { replications += 1 }
      return try CampaignResult(
        outline: outline, status: isComplete ? .complete : .interrupted, replications: replications
      ) { id throws(any Error) in
        guard let variant = variants[id.variant] else {
          throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "variant \(id.variant) is missing")
        }
        return try RecordRow.fetch(db, variant: variant, replication: id.replication)
      }
    }
  }

  static func latest(_ db: Database, named name: String?) throws -> Row? {
    try Row.fetchOne(
      db, sql: "SELECT * FROM campaign WHERE name = ?1 OR ?1 IS NULL ORDER BY id DESC LIMIT 1",
      arguments: [name])
  }

  private static func variants(_ db: Database, of campaign: Int64) throws -> [String: Int64] {
    let rows = try Row.fetchAll(
      db, sql: "SELECT name, id FROM variant WHERE campaign_id = ?", arguments: [campaign])
    return Dictionary(rows.map { ($0["name"], $0["id"]) }) { first, _ in first }
  }

  private static func stored(_ db: Database, in campaign: Int64) throws -> Set<ReplicationID> {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT variant.name, replication.number FROM replication
        JOIN variant ON variant.id = replication.variant_id WHERE campaign_id = ?
        """, arguments: [campaign])
    return Set(rows.map { ReplicationID(variant: $0["name"], replication: $0["number"]) })
  }
}

extension CampaignOutline {
  fileprivate var archived: String {
    get throws { String(decoding: try JSONEncoder.archive.encode(self), as: UTF8.self) }
  }
}

extension CampaignTexts {
  /// FNV-1a, 64 bits, of the model's text.
  fileprivate var modelHash: String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in model.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    return Fingerprint.text(hash)
  }
}
