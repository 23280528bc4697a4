import Engine
import Foundation
import Testing

@testable import Interchange

@Suite struct `A folder of telemetry` {
  private let folder: String

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("telemetry-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  private func text(_ file: TelemetryFile) throws -> String {
    try String(contentsOfFile: "\(folder)/\(file.rawValue)", encoding: .utf8)
  }

  @Test func `holds what was recorded, in whole lines, also before it is closed`() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let files = try TelemetryFolder(folder, names: TelemetryFixture.names)
    #expect(try text(.deliveries) == DeliveryLog.header)
    let batch = (0..<1000).map { TelemetryFixture.event(.stall, at: Int64($0) * 1_000_000) }
    for _ in 0..<5 { files.record(batch) }
    let early = try text(.playerEvents)
    #expect(early.hasSuffix("}\n"), "what is written so far ends with a whole line")
    files.record([TelemetryFixture.delivery(.hit)])
    try files.close()
    let lines = try text(.playerEvents).split(separator: "\n")
    #expect(lines.count == 5000)
    #expect(lines.allSatisfy { $0.hasPrefix("{") && $0.hasSuffix("}") })
    #expect(try text(.deliveries).split(separator: "\n").count == 3)
    #expect(try text(.spans) == "")
  }

  @Test func `replaces nothing, and leaves nothing behind where it can't be made`() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = "\(folder)/\(TelemetryFile.spans.rawValue)"
    try Data("mine\n".utf8).write(to: URL(fileURLWithPath: path))
    let error = #expect(throws: TelemetryError.self) {
      _ = try TelemetryFolder(folder, names: TelemetryFixture.names)
    }
    #expect(error?.path == path)
    #expect(try text(.spans) == "mine\n")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [TelemetryFile.spans.rawValue])
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
  func `tells of a full disk`() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let file = try LineFile("/dev/full", flags: O_WRONLY)
    let error = #expect(throws: TelemetryError.self) { try file.write(Array("line\n".utf8)) }
    #expect(error?.description == "can't write /dev/full: No space left on device")
  }
}
