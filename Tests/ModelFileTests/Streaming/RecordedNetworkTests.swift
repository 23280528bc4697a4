import Foundation
import Model
import Testing

@testable import ModelFile

/// Networks and a title as people recorded them, which lie beside the package where it is developed.
private enum Recorded {
  static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("../shared/corpus/networks").standardized

  static var isPresent: Bool { FileManager.default.fileExists(atPath: folder.path) }

  static func files() throws -> [String: String] {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".json") }
    return Dictionary(
      uniqueKeysWithValues: try names.map {
        ($0, try String(contentsOf: folder.appendingPathComponent($0), encoding: .utf8))
      })
  }
}

@Suite(.enabled(if: Recorded.isPresent, "../shared/corpus/networks is absent: nothing to read"))
struct `Public recordings` {
  /// The sums are those that Foundation's JSON reader finds.
  @Test func `of networks are read whole`() throws {
    let files = try Recorded.files()
    let networks = files.filter { $0.key.hasPrefix("report") }
    #expect(networks.count == 10)
    for (name, text) in networks {
      let text1 = Base.stream.text.replacingFirst("bandwidth: 4Mbps", with: "bandwidth: trace(\(name) start=5s)")
      let streaming = try #require(try model(text1, files: files).streaming)
      guard case .recorded(let recording, let start) = streaming.players[1].network else { throw WrongDocument() }
      let items = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Int]])
      #expect(start == .seconds(5))
      #expect(recording.periods.map(\.duration.nanoseconds) == items.map { Int64($0["duration_ms"] ?? 0) * 1_000_000 })
      #expect(
        recording.periods.map(\.bandwidth.bitsPerSecond) == items.map { Int64($0["bandwidth_kbps"] ?? 0) * 1000 })
    }
  }

  @Test func `of a title are read whole`() throws {
    let text = Base.stream.text
      .replacingFirst("[235kbps, 750kbps, 3Mbps]", with: "recorded(bbb.json)")
      .replacingFirst("  duration: 40min\n", with: "")
    let catalog = try #require(try model(text, files: try Recorded.files()).streaming?.catalog)
    #expect(catalog.ladder.count == 10)
    #expect(catalog.segment == .seconds(3))
    guard case .recorded(let sizes) = catalog.sizes else { throw WrongDocument() }
    #expect(sizes.first?.prefix(2) == [886_360, 1_180_512])
    #expect(catalog.duration.mean == Double(sizes.count) * 3)
  }
}
