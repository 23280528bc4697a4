import GRDB

/// The tables of a result file. Their comments stay in the file: `sqlite3 ratchet.sqlite .schema` shows them.
///
/// Times are in seconds, fractions from 0 to 1, hashes and fingerprints in hexadecimal digits; a NULL number is one
/// that the replication does not tell. The views `…s` bear the names of campaign, variant and replication.
enum Schema {
  /// "Rtch", in the file's header.
  static let applicationID = 0x5274_6368
  /// The version that this tool writes, the newest that it reads; in the file's header as the user version.
  static let version = 4

  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1") { db in
      try db.execute(sql: tables)
      try db.execute(sql: views)
      try db.execute(sql: "PRAGMA application_id = \(applicationID)")
      try db.execute(sql: "PRAGMA user_version = 1")
    }
    migrator.registerMigration("2") { db in
      try db.execute(sql: streaming)
      try db.execute(sql: "PRAGMA user_version = 2")
    }
    migrator.registerMigration("3") { db in
      try db.execute(sql: startups)
      try db.execute(sql: "PRAGMA user_version = 3")
    }
    migrator.registerMigration("4") { db in
      try db.execute(sql: hypotheses)
      try db.execute(sql: "PRAGMA user_version = 4")
    }
    return migrator
  }
}
