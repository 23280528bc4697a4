import Foundation
import Testing

@Suite struct `ratchet import jaeger` {
  /// 20 traces of a front-end that works 4 ms before and 2 ms after a call of 10 ms: 16 ms in all, one a second.
  private static let traces: String = {
    let traces = (0..<20).map { number -> String in
      let start = 1_700_000_000_000_000 + number * 1_000_000
      func span(_ id: Int, _ name: String, _ process: String, at: Int, for duration: Int, parent: Int?) -> String {
        let reference =
          parent.map { "{\"refType\": \"CHILD_OF\", \"traceID\": \"t\(number)\", \"spanID\": \"s\($0)\"}" } ?? ""
        return """
          {"traceID": "t\(number)", "spanID": "s\(id)", "operationName": "\(name)", "references": [\(reference)],
           "startTime": \(start + at), "duration": \(duration), "processID": "\(process)", "tags": [], "logs": []}
          """
      }
      let spans = [
        span(0, "page", "p1", at: 0, for: 16_000, parent: nil),
        span(1, "read", "p2", at: 4_000, for: 10_000, parent: 0),
      ]
      return """
        {"traceID": "t\(number)", "spans": [\(spans.joined(separator: ","))],
         "processes": {"p1": {"serviceName": "front", "tags": []}, "p2": {"serviceName": "back", "tags": []}}}
        """
    }
    return "{\"data\": [\(traces.joined(separator: ","))]}"
  }()

  @Test func `writes a model whose medians agree with the traces'`() throws {
    let folder = try Folder()
    try folder.write(Self.traces, to: "traces.json")
    let ending = try folder.ratchet("import", "jaeger", "traces.json", "-o", "model.yaml", "--name", "shop")
    #expect(ending.status == 0)
    #expect(ending.output.contains(/page +16\.0 ms +20 .*agrees/))
    #expect(ending.output.contains("agrees: at most 20% off the traced median"))
    #expect(try folder.text("model.yaml").contains("model: shop"))
    #expect(try folder.ratchet("validate", "model.yaml").status == 0)
  }

  @Test func `replaces a file only when told so`() throws {
    let folder = try Folder()
    try folder.write(Self.traces, to: "traces.json")
    try folder.write("mine", to: "model.yaml")
    let refused = try folder.ratchet("import", "jaeger", "traces.json", "-o", "model.yaml", "--no-check")
    #expect(refused.status == 2)
    #expect(try folder.text("model.yaml") == "mine")
    let forced = try folder.ratchet("import", "jaeger", "traces.json", "-o", "model.yaml", "--no-check", "--force")
    #expect(forced.status == 0)
    #expect(forced.output == "")
    #expect(try folder.text("model.yaml").contains("model: imported"))
    #expect(folder.files == ["model.yaml", "traces.json"])
  }

  @Test(arguments: ["", "{}", "[]", "model: x", "{\"data\": []}"])
  func `refuses what has no traces`(text: String) throws {
    let folder = try Folder()
    try folder.write(text, to: "traces.json")
    let ending = try folder.ratchet("import", "jaeger", "traces.json", "-o", "model.yaml")
    #expect(ending.status == 2)
    #expect(ending.errors.hasPrefix("ratchet: "))
    #expect(folder.files == ["traces.json"])
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
  func `says so when the disk is full`() throws {
    let folder = try Folder()
    try folder.write(Self.traces, to: "traces.json")
    let ending = try folder.ratchet("import", "jaeger", "traces.json", "-o", "/dev/full")
    #expect(ending.status == 4)
    #expect(ending.errors.contains("can't write /dev/full"))
  }
}
