import Foundation
import Testing

@Suite struct `ratchet run --telemetry` {
  @Test func `makes the folder and its files, and changes nothing in the result`() throws {
    let folder = try Folder()
    try TinySystem.write(to: folder)
    let ending = try folder.ratchet("run", "model.yaml", "--format", "json", "--telemetry", "out/first")
    #expect(ending.status == 0)
    #expect(ending.output == (try folder.ratchet("run", "model.yaml", "--format", "json").output))
    #expect(try folder.text("out/first/player-events.jsonl") == "", "nobody plays in this model")
    let log = try folder.text("out/first/cdn-access.log")
    #expect(log.hasPrefix("#Version: 1.0\n#Fields: timestamp c-ip s-ip time-to-first-byte "))
    #expect(log.split(separator: "\n").count == 2)
    for line in try folder.text("out/first/spans.jsonl").split(separator: "\n") {
      #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(line.utf8)) }
    }
  }

  @Test func `refuses a folder that it can't use, before anything is run`() throws {
    let folder = try Folder()
    try TinySystem.write(to: folder)
    try folder.write("mine\n", to: "spans.jsonl")
    let before = folder.files
    for (path, message) in [
      ("model.yaml", "can't write telemetry into model.yaml: it is a file, not a folder"),
      (".", "./spans.jsonl is there already and is left as it is"),
      ("", "can't write telemetry into a folder without a name"),
    ] {
      let ending = try folder.ratchet("run", "model.yaml", "--telemetry", path)
      #expect(ending.status == 2)
      #expect(ending.errors == "ratchet: \(message)\n")
      #expect(ending.output == "")
    }
    #expect(folder.files == before)
    #expect(try folder.text("spans.jsonl") == "mine\n")
  }

  @Test func `makes no folder for a model that is wrong`() throws {
    let folder = try Folder()
    try folder.write("model: [wrong\n", to: "model.yaml")
    #expect(try folder.ratchet("run", "model.yaml", "--telemetry", "out").status == 2)
    #expect(folder.files == ["model.yaml"])
  }

  @Test func `leaves whole lines when it is interrupted`() throws {
    let folder = try Folder()
    try TinySystem.write(to: folder)
    let run = try RatchetProcess(
      ["run", "model.yaml", "--telemetry", "out", "--quiet", "--set", "time.horizon=30d"], in: folder)
    try run.process.run()
    let start = ContinuousClock.now
    while !FileManager.default.fileExists(atPath: folder.path("out/spans.jsonl")),
      ContinuousClock.now - start < .seconds(60)
    {
      Thread.sleep(forTimeInterval: 0.02)
    }
    Thread.sleep(forTimeInterval: 0.2)
    run.process.interrupt()
    let ending = try run.wait()
    #expect(ending.status == 130)
    #expect(ending.errors == "ratchet: interrupted; what happened until then is in out\n")
    for name in ["player-events.jsonl", "spans.jsonl"] {
      let text = try folder.text("out/\(name)")
      #expect(text.isEmpty || text.hasSuffix("}\n"))
    }
    #expect(try folder.text("out/cdn-access.log").hasSuffix("\n"))
  }
}
