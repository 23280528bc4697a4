import Foundation

/// Traces from public repositories, which lie beside the package where it is developed.
enum SharedCorpus {
  private static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("../shared/corpus/traces").standardized

  static var isPresent: Bool { FileManager.default.fileExists(atPath: folder.path) }

  static func path(_ file: String) -> String { folder.appendingPathComponent(file).path }

  /// 20 traces of the social network's compose-post with 660 spans of 12 services.
  static let deathStarBench = path("delimitrou+DeathStarBench/ms_collecter/traces-1695947455229.json")
}
