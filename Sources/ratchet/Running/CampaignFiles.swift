import Campaign
import Model
import ModelFile
import ResultStore
import Synchronization

extension CampaignDocument {
  /// Reads a campaign and all that it names.
  init(path: String, overrides: [CampaignPlan.Override]) throws {
    switch try ModelFile.load(path: path, overrides: overrides) {
    case .campaign(let document): self = document
    case .model, .scenario:
      throw Failure(.invalidInput, "\(path) is not a campaign; look at one replication with `ratchet run \(path)`")
    }
  }
}

extension CampaignTexts {
  init(_ document: CampaignDocument, toolVersion: String) {
    // The campaign's file is read first, and what is read for the model holds all the others.
    let own = document.sources.enumerated().filter { $0.offset == 0 || Self.isScenario($0.element) }.map(\.element)
    let model = document.model.sources.filter { source in !own.contains { $0.path == source.path } }
    self.init(model: Self.text(of: model), campaign: Self.text(of: own), toolVersion: toolVersion)
  }

  private static func isScenario(_ file: SourceFile) -> Bool {
    file.text.split(whereSeparator: \.isNewline).contains { $0.hasPrefix("scenario:") }
  }

  /// One file after another, each under its path.
  private static func text(of files: [SourceFile]) -> String {
    files.map { "\(StoredFile.header)\($0.path)\n\($0.text)" }.joined(separator: "\n")
  }
}

/// The latest progress of a campaign.
final class LastProgress: Sendable {
  private let state = Mutex(0)
  func keep(_ progress: CampaignProgress) { state.withLock { $0 = progress.requests } }
  /// Logical requests that were simulated.
  var requests: Int { state.withLock { $0 } }
}

enum ResultPath {
  /// What can be known of a result file before anything is run.
  static func check(_ path: String) throws(Failure) {
    // SQLite takes an empty path for a database that is gone when it is closed.
    if path.isEmpty { throw Failure(.invalidInput, "can't keep results in a file without a name") }
    if FilePath.isFolder(path) { throw Failure(.invalidInput, "can't keep results in \(path): it is a folder") }
    guard FilePath.hasParent(path) else {
      throw Failure(.invalidInput, "can't keep results in \(path): there is no folder \(FilePath.parent(of: path))")
    }
  }
}
