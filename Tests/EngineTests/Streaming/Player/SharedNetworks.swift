import Foundation

/// Recorded networks and the sizes of a title's segments, which lie beside the package where it is developed: the
/// throughput of a phone on Oslo's trams, buses and ferries (H. Riiser et al., "Commute path bandwidth traces from 3G
/// networks", MMSys 2013), and Big Buck Bunny as Sabre has it.
enum SharedNetworks {
  private static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("../shared/corpus/networks").standardized

  static var isPresent: Bool { FileManager.default.fileExists(atPath: folder.path) }

  /// The names of the recordings, in order; none where they are absent.
  static var recordings: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
      .filter { $0.hasPrefix("report.") && $0.hasSuffix(".json") }.sorted()
  }

  private static var decoder: JSONDecoder {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return decoder
  }

  private struct Period: Decodable {
    let durationMs: Double
    let bandwidthKbps: Double
    let latencyMs: Double
  }

  struct Title: Decodable {
    let segmentDurationMs: Double
    let bitratesKbps: [Double]
    let segmentSizesBits: [[Double]]
  }

  static func network(_ name: String) throws -> [ObviousPlayer.Period] {
    try decoder.decode([Period].self, from: Data(contentsOf: folder.appendingPathComponent(name)))
      .map { ObviousPlayer.Period(ms: $0.durationMs, kbps: $0.bandwidthKbps, latencyMs: $0.latencyMs) }
  }

  static func title() throws -> Title {
    try decoder.decode(Title.self, from: Data(contentsOf: folder.appendingPathComponent("bbb.json")))
  }
}
