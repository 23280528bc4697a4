import GRDB

/// Why results could not be kept or read.
public enum ResultStoreError: Error, Hashable, Sendable {
  /// The file can't be opened or created.
  case cannotOpen(path: String, reason: String)
  /// The file, or its folder, can't be written to.
  case readOnly(path: String)
  /// There is no room left.
  case diskFull(path: String)
  /// A newer version of this tool has written it.
  case newerSchema(path: String, found: Int, supported: Int)
  /// It is something else, or damaged.
  case notAResultFile(path: String, reason: String)
  /// Another process has been writing to it for too long.
  case busy(path: String)
  /// The machine failed while it was read or written.
  case failed(path: String, reason: String)
  /// It holds no campaign, or none of this name.
  case noSuchCampaign(path: String, name: String?, known: [String])
  /// There is no campaign of this name to go on with.
  case nothingToResume(path: String, name: String)
  /// What is asked for differs from what was begun, so their replications don't belong together.
  case campaignChanged(name: String, changes: [Change])

  /// Something that decides what a replication yields.
  public enum Change: String, Hashable, Sendable, CaseIterable {
    case plan = "the models, scenarios or windows"
    case seed = "the seed"
    case toolVersion = "the version of ratchet"
  }
}

extension ResultStoreError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .cannotOpen(let path, let reason): "can't open the results in \(path): \(reason)"
    case .readOnly(let path): "can't write the results to \(path): it is read-only"
    case .diskFull(let path): "can't write the results to \(path): the disk is full"
    case .newerSchema(let path, let found, let supported):
      "\(path) was written by a newer ratchet: its schema is \(found), this one knows \(supported)"
    case .notAResultFile(let path, let reason): "\(path) is not a result file: \(reason)"
    case .busy(let path): "another process is writing to \(path)"
    case .failed(let path, let reason): "reading or writing the results in \(path) failed: \(reason)"
    case .noSuchCampaign(let path, let name, let known):
      name.map { "\(path) holds no campaign `\($0)`\(Self.listing(known))" }
        ?? "\(path) holds no campaign"
    case .nothingToResume(let path, let name):
      "\(path) holds no campaign `\(name)` to resume"
    case .campaignChanged(let name, let changes):
      "campaign `\(name)` can't be resumed: \(changes.map(\.rawValue).joined(separator: ", and ")) "
        + "changed since it was begun; run it without resuming"
    }
  }

  private static func listing(_ names: [String]) -> String {
    names.isEmpty ? "" : "; it holds " + names.map { "`\($0)`" }.joined(separator: ", ")
  }
}

extension ResultStoreError {
  /// What an error of the database means to a user.
  init(_ error: any Error, path: String) {
    switch error {
    case let error as ResultStoreError: self = error
    case let error as DatabaseError: self.init(database: error, path: path)
    default: self = .failed(path: path, reason: String(describing: error))
    }
  }

  private init(database error: DatabaseError, path: String) {
    let reason = error.message ?? String(describing: error.resultCode)
    switch error.resultCode {
    case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH: self = .cannotOpen(path: path, reason: reason)
    case .SQLITE_READONLY: self = .readOnly(path: path)
    case .SQLITE_FULL: self = .diskFull(path: path)
    case .SQLITE_NOTADB, .SQLITE_CORRUPT: self = .notAResultFile(path: path, reason: reason)
    case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy(path: path)
    default: self = .failed(path: path, reason: reason)
    }
  }
}
