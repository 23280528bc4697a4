import ArgumentParser
import Interchange
import Model

/// What a run tells about its sessions, requests and spans, beside the result.
struct TelemetryOptions: ParsableArguments {
  @Option(
    name: .customLong("telemetry"),
    help: ArgumentHelp(
      "Writes what happened into new files of this folder: player-events.jsonl, cdn-access.log and spans.jsonl.",
      valueName: "dir"),
    completion: .directory)
  var folder: String?

  /// What can be known before anything is run.
  func check() throws(Failure) {
    guard let folder else { return }
    if folder.isEmpty { throw Failure(.invalidInput, "can't write telemetry into a folder without a name") }
    if FilePath.exists(folder), !FilePath.isFolder(folder) {
      throw Failure(.invalidInput, "can't write telemetry into \(folder): it is a file, not a folder")
    }
    for file in TelemetryFile.allCases where FilePath.exists("\(folder)/\(file.rawValue)") {
      throw Failure(.invalidInput, "\(folder)/\(file.rawValue) is there already and is left as it is")
    }
  }

  /// Makes the folder and its files; nil where nothing is asked for.
  func open(for model: SystemModel) throws(Failure) -> TelemetryFolder? {
    guard let folder else { return nil }
    try check()
    try OutputFile.makeFolder(folder)
    do {
      return try TelemetryFolder(folder, names: TelemetryNames(model))
    } catch {
      throw Failure(.machineFailed, error.description)
    }
  }
}
