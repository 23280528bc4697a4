import Foundation
import Testing

@Suite struct `A result file that can't be used` {
  @Test func `of a newer schema is left as it is`() throws {
    let folder = try Folder()
    try TinySystem.write(to: folder, replications: 2)
    try folder.ratchet("campaign", "campaign.yaml", "--quiet")
    // SQLite keeps the user version, here the schema's, as a big-endian number at byte 60 of the file.
    let file = try #require(FileHandle(forUpdatingAtPath: folder.path("ratchet.sqlite")))
    try file.seek(toOffset: 60)
    try file.write(contentsOf: Data([0, 0, 0x27, 0x0F]))
    try file.close()
    let before = try Data(contentsOf: URL(fileURLWithPath: folder.path("ratchet.sqlite")))
    for arguments in [
      ["compare", "ratchet.sqlite"], ["campaign", "campaign.yaml"], ["campaign", "campaign.yaml", "--resume"],
    ] {
      let ending = try RatchetProcess(arguments, in: folder).run()
      #expect(ending.status == 2)
      #expect(ending.errors.contains("written by a newer ratchet: its schema is 9999"))
    }
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder.path("ratchet.sqlite"))) == before)
  }

  @Test func `that is something else is left as it is`() throws {
    let folder = try Folder()
    try TinySystem.write(to: folder, replications: 2)
    for arguments in [["compare", "model.yaml"], ["campaign", "campaign.yaml", "--results", "model.yaml"]] {
      let ending = try RatchetProcess(arguments, in: folder).run()
      #expect(ending.status == 2)
      #expect(ending.errors.contains("is not a result file"))
    }
    #expect(try folder.text("model.yaml") == TinySystem.model)
  }

  @Test(.enabled(if: Mount.isPossible || geteuid() != 0, "the superuser may write anywhere, and can't mount here"))
  func `in a read-only folder is the machine's failure`() throws {
    let folder = try Folder()
    try TinySystem.write(to: folder, replications: 2)
    let place = folder.path("read-only")
    try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: false)
    let mount = try geteuid() == 0 ? Mount(options: "ro", at: place) : nil
    if mount == nil { chmod(place, 0o555) }
    defer { if mount == nil { chmod(place, 0o755) } }
    let ending = try folder.ratchet("campaign", "campaign.yaml", "--results", "read-only/results.sqlite")
    #expect(ending.status == 4)
    #expect(ending.errors.contains("read-only/results.sqlite"))
    let output = try folder.ratchet("init", "read-only/new")
    #expect(output.status == 4)
    mount?.end()
  }

  @Test(.enabled(if: Mount.isPossible, "a small disk can't be mounted here"))
  func `on a full disk keeps what had been saved`() throws {
    let folder = try Folder()
    try TinySystem.write(to: folder, replications: 200)
    let place = folder.path("small")
    try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: false)
    let mount = try Mount(options: "size=400k", at: place)
    let ending = try folder.ratchet("campaign", "campaign.yaml", "--results", "small/results.sqlite", "--quiet")
    #expect(ending.status == 4)
    #expect(ending.errors.contains("the disk is full"))
    #expect(ending.output == "")
    try FileManager.default.copyItem(atPath: "\(place)/results.sqlite", toPath: folder.path("saved.sqlite"))
    let log = "\(place)/results.sqlite-wal"
    if FileManager.default.fileExists(atPath: log) {
      try FileManager.default.copyItem(atPath: log, toPath: folder.path("saved.sqlite-wal"))
    }
    mount.end()
    try folder.write(TinySystem.campaign(replications: 20), to: "campaign.yaml")
    let resumed = try folder.ratchet(
      "campaign", "campaign.yaml", "--results", "saved.sqlite", "--resume", "--format", "json")
    let whole = try folder.ratchet("campaign", "campaign.yaml", "--quiet", "--format", "json")
    #expect(resumed.output == whole.output)
    #expect(!resumed.errors.contains("resuming: 0 runs"))
  }
}

/// A temporary file system in memory; only the superuser may make one, and not in every container.
private struct Mount {
  let place: String

  init(options: String, at place: String) throws {
    self.place = place
    try #require(Self.call("/bin/mount", ["-t", "tmpfs", "-o", options, "tmpfs", place]))
  }

  func end() { _ = Self.call("/bin/umount", [place]) }

  static let isPossible: Bool = {
    guard geteuid() == 0, let folder = try? Folder() else { return false }
    let isMounted = call("/bin/mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", folder.root])
    if isMounted { _ = call("/bin/umount", [folder.root]) }
    return isMounted
  }()

  private static func call(_ tool: String, _ arguments: [String]) -> Bool {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: tool)
    process.arguments = arguments
    process.standardError = FileHandle.nullDevice
    do { try process.run() } catch { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }
}
