import Campaign
import Foundation
import GRDB
import Model

/// A file of campaigns and their results: SQLite, in WAL mode.
///
/// Every replication is a transaction, so whatever ends the process, the replications that had ended are there.
public final class ResultStore: Sendable {
  public enum Access: Hashable, Sendable {
    /// The file is created where there is none, and brought up to this version's schema.
    case write
    /// The file has to exist, and is left as it is.
    case read
  }

  public let path: String
  let database: DatabaseQueue

  /// Opens a result file.
  ///
  /// - Throws: `ResultStoreError`; then nothing has been changed.
  public convenience init(path: String, access: Access) throws(ResultStoreError) {
    try self.init(path: path, access: access, busyTimeout: 10)
  }

  init(path: String, access: Access, busyTimeout: Double) throws(ResultStoreError) {
    self.path = path
    database = try Self.mappingErrors(at: path) {
      try Self.open(path, access, busyTimeout: busyTimeout)
    }
  }

  private static func open(_ path: String, _ access: Access, busyTimeout: Double) throws -> DatabaseQueue {
    var isFolder: ObjCBool = false
    let isThere = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    if isFolder.boolValue { throw ResultStoreError.cannotOpen(path: path, reason: "it is a folder") }
    var configuration = Configuration()
    configuration.busyMode = .timeout(busyTimeout)
    configuration.label = "results"
    var probing = configuration
    probing.readonly = true
    switch access {
    case .read:
      guard isThere else { throw ResultStoreError.cannotOpen(path: path, reason: "there is no such file") }
      let queue = try DatabaseQueue(path: path, configuration: probing)
      guard try queue.read({ try inspect($0, path: path) }) else {
        throw ResultStoreError.notAResultFile(path: path, reason: "it is empty")
      }
      return queue
    case .write:
      // Looked at without writing first: another program's database must not even change its journal's mode.
      if isThere, try size(of: path) > 0 {
        let probe = try DatabaseQueue(path: path, configuration: probing)
        _ = try probe.read { try inspect($0, path: path) }
        try probe.close()
      }
      configuration.journalMode = .wal
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      try Schema.migrator.migrate(queue)
      return queue
    }
  }

  private static func size(of path: String) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    return (attributes[.size] as? NSNumber)?.intValue ?? 0
  }

  /// Whether it holds a schema that this version knows; false where it is empty.
  private static func inspect(_ db: Database, path: String) throws -> Bool {
    let application = try Int.fetchOne(db, sql: "PRAGMA application_id") ?? 0
    let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
    let tables = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master") ?? 0
    if tables == 0 { return false }
    guard application == Schema.applicationID else {
      throw ResultStoreError.notAResultFile(path: path, reason: "it is a database of another program")
    }
    guard version <= Schema.version else {
      throw ResultStoreError.newerSchema(path: path, found: version, supported: Schema.version)
    }
    return true
  }

  static func mappingErrors<T>(at path: String, _ body: () throws -> T) throws(ResultStoreError) -> T {
    do { return try body() } catch { throw ResultStoreError(error, path: path) }
  }

  func read<T>(_ body: (Database) throws -> T) throws(ResultStoreError) -> T {
    try Self.mappingErrors(at: path) { try database.read(body) }
  }

  func write<T>(_ body: (Database) throws -> T) throws(ResultStoreError) -> T {
    try Self.mappingErrors(at: path) { try database.write(body) }
  }
}
