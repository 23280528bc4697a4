import Foundation
import Model
import ModelFile
import Report

/// The scenarios that some paths lead to, read, and what else was met on the way.
struct ScenarioFiles {
  /// In the order of the paths, those of a folder in the order of their names.
  private(set) var scenarios: [(path: String, document: ScenarioDocument)] = []
  private(set) var skipped = CheckReport.Skipped()
  /// Everything that is wrong with any of the files.
  private(set) var errors: [Diagnostic] = []
  private(set) var warnings: [Diagnostic] = []
  private var seen: Set<String> = []

  /// - Parameter paths: of files, and of folders, in which all files `*.yaml` and `*.yml` are looked at but those that are
  ///   hidden or behind a link to a folder.
  init(_ paths: [String], overrides: [CampaignPlan.Override]) throws(Failure) {
    for path in paths {
      guard FilePath.isFolder(path) else {
        add(path, isNamed: true, overrides)
        continue
      }
      for file in try Self.files(below: path) { add(file, isNamed: false, overrides) }
    }
  }

  /// - Parameter isNamed: whether the user named it; then it is a mistake where it is not of this language.
  private mutating func add(_ path: String, isNamed: Bool, _ overrides: [CampaignPlan.Override]) {
    guard seen.insert(URL(fileURLWithPath: path).standardizedFileURL.resolvingSymlinksInPath().path).inserted
    else { return }
    do throws(DiagnosticList) {
      switch try ModelFile.kind(path: path) {
      case .model: skipped.models += 1
      case .campaign: skipped.campaigns += 1
      case .incident: skipped.incidents += 1
      case nil where !isNamed: skipped.others += 1
      case .scenario, nil:
        guard case .scenario(let document) = try ModelFile.load(path: path, overrides: overrides) else { return }
        note(document.warnings, in: &warnings)
        if document.scenario.expectations.isEmpty {
          skipped.withoutExpectations += 1
        } else {
          scenarios.append((path, document))
        }
      }
    } catch {
      note(error.diagnostics, in: &errors)
    }
  }

  /// A model that many scenarios share has its faults told once.
  private func note(_ found: [Diagnostic], in all: inout [Diagnostic]) {
    for diagnostic in found where !all.contains(diagnostic) { all.append(diagnostic) }
  }

  private static func files(below folder: String) throws(Failure) -> [String] {
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    } catch {
      throw Failure(.machineFailed, "can't look into the folder \(folder)")
    }
    var files: [String] = []
    let prefix = folder == "." ? "" : folder.hasSuffix("/") ? folder : folder + "/"
    for name in names where !name.hasPrefix(".") {
      let path = prefix + name
      if FilePath.isFolder(path) {
        if !isLink(path) { files += try Self.files(below: path) }
      } else if name.hasSuffix(".yaml") || name.hasSuffix(".yml") {
        files.append(path)
      }
    }
    return files
  }

  private static func isLink(_ path: String) -> Bool {
    (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) != nil
  }
}
