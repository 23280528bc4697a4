import ArgumentParser
import Foundation
import Interchange
import ModelFile
import ResultStore

/// Why a command ends without having done its job: a message and an exit code.
struct Failure: Error {
  let status: ExitStatus
  /// Ends with a line feed; empty where all has been said.
  let message: String

  /// - Parameter message: what went wrong; empty where all has been said.
  init(_ status: ExitStatus, _ message: String) {
    self.init(status, lines: message.isEmpty ? "" : "ratchet: \(message)\n")
  }

  private init(_ status: ExitStatus, lines: String) {
    self.status = status
    message = lines
  }

  /// What an error means to a user; nil for those of the argument parser, which speaks for itself.
  init?(_ error: any Error) {
    switch error {
    case let failure as Failure: self = failure
    case let diagnostics as DiagnosticList: self.init(diagnostics.exitStatus, lines: diagnostics.rendered + "\n")
    case let error as ResultStoreError: self.init(error.exitStatus, error.description)
    case let error as InterchangeError: self.init(error.exitStatus, error.description)
    default: return nil
    }
  }
}

extension DiagnosticList {
  /// A file that is there and can't be read is the machine's failure; all else is the input's.
  var exitStatus: ExitStatus {
    let errors = diagnostics.filter { $0.severity == .error }
    let isUnreadable = errors.allSatisfy { $0.id == .fileUnreadable && !FilePath.isFolder($0.path) }
    return isUnreadable && !errors.isEmpty ? .machineFailed : .invalidInput
  }
}

extension ResultStoreError {
  fileprivate var exitStatus: ExitStatus {
    switch self {
    case .cannotOpen(let path, _):
      FilePath.isFolder(path) || !FilePath.hasParent(path) ? .invalidInput : .machineFailed
    case .readOnly, .diskFull, .busy, .failed: .machineFailed
    case .newerSchema, .notAResultFile, .noSuchCampaign, .nothingToResume, .campaignChanged: .invalidInput
    }
  }
}

extension InterchangeError {
  fileprivate var exitStatus: ExitStatus {
    switch self {
    case .unreadable(let path, _):
      FilePath.exists(path) && !FilePath.isFolder(path) ? .machineFailed : .invalidInput
    case .notJSON, .otherFormat, .malformed, .empty, .nothingUsable: .invalidInput
    }
  }
}
