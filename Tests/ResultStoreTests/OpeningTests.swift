import Campaign
import Foundation
import GRDB
import Testing

@testable import ResultStore

/// What opening this file fails with; nil where it does not.
private func failure(_ path: String, _ access: ResultStore.Access = .write) -> ResultStoreError? {
  do throws(ResultStoreError) {
    _ = try ResultStore(path: path, access: access)
    return nil
  } catch { return error }
}

@Suite struct `Opening a result file` {
  @Test func `makes a new one, and takes an empty one for new`() throws {
    let folder = try TemporaryFolder()
    #expect(failure(folder.file) == nil)
    #expect(FileManager.default.createFile(atPath: "\(folder.path)/empty", contents: nil))
    #expect(failure("\(folder.path)/empty") == nil)
    #expect(try ResultStore(path: folder.file, access: .read).campaigns().isEmpty)
    #expect(throws: ResultStoreError.noSuchCampaign(path: folder.file, name: nil, known: [])) {
      try ResultStore(path: folder.file, access: .read).load()
    }
  }

  @Test func `makes nothing when it only reads`() throws {
    let folder = try TemporaryFolder()
    #expect(failure(folder.file, .read) == .cannotOpen(path: folder.file, reason: "there is no such file"))
    #expect(!FileManager.default.fileExists(atPath: folder.file))
  }

  @Test func `fails where no file can be`() throws {
    let folder = try TemporaryFolder()
    for path in ["/proc/ratchet.sqlite", "\(folder.path)/missing/ratchet.sqlite", folder.path] {
      for access in [ResultStore.Access.write, .read] {
        guard case .cannotOpen(path, _) = failure(path, access) else {
          Issue.record("\(path): \(String(describing: failure(path, access)))")
          continue
        }
      }
    }
  }

  @Test func `refuses what is not a database, and leaves it alone`() throws {
    let folder = try TemporaryFolder()
    let text = Data("model: vod\n".utf8) + Data(repeating: 0x20, count: 4096)
    try text.write(to: URL(fileURLWithPath: folder.file))
    for access in [ResultStore.Access.write, .read] {
      guard case .notAResultFile = failure(folder.file, access) else {
        Issue.record("\(String(describing: failure(folder.file, access)))")
        continue
      }
    }
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder.file)) == text)
  }

  @Test func `refuses another program's database, and leaves it alone`() throws {
    let folder = try TemporaryFolder()
    try DatabaseQueue(path: folder.file).write { try $0.execute(sql: "CREATE TABLE theirs (a)") }
    let before = try Data(contentsOf: URL(fileURLWithPath: folder.file))
    #expect(
      failure(folder.file) == .notAResultFile(path: folder.file, reason: "it is a database of another program"))
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder.file)) == before)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["results.sqlite"])
  }

  @Test func `refuses a newer schema`() throws {
    let folder = try TemporaryFolder()
    _ = try Fixture.completed(folder.file)
    try DatabaseQueue(path: folder.file).write { try $0.execute(sql: "PRAGMA user_version = 7") }
    let error = failure(folder.file)
    #expect(error == .newerSchema(path: folder.file, found: 7, supported: 4))
    #expect(failure(folder.file, .read) == error)
    #expect(
      error?.description
        == "\(folder.file) was written by a newer ratchet: its schema is 7, this one knows 4")
  }

  @Test func `finds what a killed process had written`() throws {
    let folder = try TemporaryFolder()
    let outline = Fixture.outline()
    let store = try ResultStore(path: folder.file, access: .write)
    let archive = try store.begin(outline, planHash: 1, texts: Fixture.texts, at: Fixture.begun)
    try archive.append(Fixture.record(outline, variant: 0, replication: 0))
    // A copy of the files beside a connection that is still open is what a kill leaves behind.
    for suffix in ["", "-wal"] {
      try FileManager.default.copyItem(atPath: folder.file + suffix, toPath: "\(folder.path)/killed\(suffix)")
    }
    #expect(try ResultStore(path: "\(folder.path)/killed", access: .write).campaigns().map(\.stored) == [1])
  }

  @Test func `waits for another process that writes, and gives up in the end`() throws {
    let folder = try TemporaryFolder()
    let outline = Fixture.outline()
    let store = try ResultStore(path: folder.file, access: .write, busyTimeout: 0.05)
    let archive = try store.begin(outline, planHash: 1, texts: Fixture.texts, at: Fixture.begun)
    try DatabaseQueue(path: folder.file).inTransaction(.immediate) { _ in
      #expect(throws: ResultStoreError.busy(path: folder.file)) {
        try archive.append(Fixture.record(outline, variant: 0, replication: 0))
      }
      return .rollback
    }
    try archive.append(Fixture.record(outline, variant: 0, replication: 0))
    #expect(try store.campaigns()[0].stored == 1)
  }

  @Test func `tells a full disk, and keeps what fitted`() throws {
    let folder = try TemporaryFolder()
    let outline = Fixture.outline(maximum: 500)
    let store = try ResultStore(path: folder.file, access: .write)
    let archive = try store.begin(outline, planHash: 1, texts: Fixture.texts, at: Fixture.begun)
    try store.write { db in
      let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
      _ = try Int.fetchOne(db, sql: "PRAGMA max_page_count = \(pages + 60)")
    }
    #expect(throws: ResultStoreError.diskFull(path: folder.file)) { try Fixture.run(outline, into: archive) }
    let stored = try store.campaigns()[0].stored
    #expect(stored > 0)
    #expect(try Set(store.resume(outline, planHash: 1, texts: Fixture.texts).stored).count == stored)
    #expect(try store.read { try String.fetchOne($0, sql: "PRAGMA integrity_check") } == "ok")
  }
}
