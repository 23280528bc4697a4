import Campaign
import Foundation
import GRDB
import Model
import Testing

@testable import ResultStore

/// Every row of every table, but for what numbers the rows.
private func rows(_ file: String) throws -> [String] {
  let queue = try DatabaseQueue(path: file)
  return try queue.read { db in
    let views = [
      "replications", "outcomes", "failures", "metric_values", "services", "pools_full", "timelines", "comparisons",
    ]
    let tables = ["latency_histogram", "estimate", "expectation", "campaign"]
    return try (views + tables).flatMap { name in
      try Row.fetchAll(db, sql: "SELECT * FROM \(name)").map { row in
        "\(name) " + row.filter { $0.0 != "replication_id" }.map { "\($0.0)=\($0.1)" }.joined(separator: " ")
      }.sorted()
    }
  }
}

@Suite struct `A campaign's archive` {
  @Test func `gives back what was put in, bit for bit`() throws {
    let folder = try TemporaryFolder()
    let outline = Fixture.outline()
    let store = try ResultStore(path: folder.file, access: .write)
    let archive = try store.begin(outline, planHash: Fixture.planHash, texts: Fixture.texts, at: Fixture.begun)
    for variant in 0..<2 {
      for replication in 0..<3 {
        let record = Fixture.record(outline, variant: variant, replication: replication)
        try archive.append(record)
        #expect(try archive.record(of: record.id) == record)
      }
    }
  }

  @Test func `yields the same result without running anything again`() throws {
    let folder = try TemporaryFolder()
    let result = try Fixture.completed(folder.file)
    let loaded = try ResultStore(path: folder.file, access: .read).load(campaign: "isolation")
    #expect(image(loaded) == image(result))
    let turned = loaded.comparisons(baseline: "shared-pool")
    #expect(turned?.outcomes == result.comparisons(baseline: "shared-pool")?.outcomes)
    #expect(turned?.outcomes.first?.verdict == .better)
  }

  @Test func `holds the same rows with one job as with many`() throws {
    let precision = CampaignPlan.Precision(metric: Fixture.availability, halfWidth: 0.5)
    let outline = Fixture.outline(maximum: 500, until: precision)
    let (one, many) = (try TemporaryFolder(), try TemporaryFolder())
    #expect(try Fixture.completed(one.file, outline, jobs: 1).replications == 4)
    _ = try Fixture.completed(many.file, outline, jobs: 6)
    #expect(try rows(one.file) == rows(many.file))
  }

  @Test func `goes on after it was killed, and ends with the same rows`() throws {
    let (whole, killed) = (try TemporaryFolder(), try TemporaryFolder())
    let outline = Fixture.outline()
    _ = try Fixture.completed(whole.file)
    do {
      // Let go without an end, as a kill does it; the last replication had only one variant's half done.
      let store = try ResultStore(path: killed.file, access: .write)
      let archive = try store.begin(outline, planHash: Fixture.planHash, texts: Fixture.texts, at: Fixture.begun)
      for (variant, replication) in [(0, 0), (1, 0), (0, 1), (1, 3)] {
        try archive.append(Fixture.record(outline, variant: variant, replication: replication))
      }
    }
    let store = try ResultStore(path: killed.file, access: .write)
    #expect(try store.campaigns().map(\.status) == [.running])
    #expect(try store.load().replications == 1)
    let archive = try store.resume(outline, planHash: Fixture.planHash, texts: Fixture.texts)
    #expect(archive.stored.count == 4)
    try archive.finish(Fixture.run(outline, into: archive))
    #expect(try store.campaigns().map(\.status) == [.complete])
    #expect(try rows(killed.file) == rows(whole.file))
  }

  @Test func `keeps an interrupted campaign's replications for the next time`() throws {
    let folder = try TemporaryFolder()
    let outline = Fixture.outline(maximum: 30)
    let store = try ResultStore(path: folder.file, access: .write)
    let archive = try store.begin(outline, planHash: Fixture.planHash, texts: Fixture.texts, at: Fixture.begun)
    let cancellation = Cancellation()
    let stopped = try Fixture.run(outline, into: archive, cancellation: cancellation) {
      if $0.ended == 5 { cancellation.cancel() }
    }
    try archive.finish(stopped)
    let listing = try #require(try store.campaigns().first)
    #expect(listing.status == .interrupted)
    #expect(listing.stored >= 5)
    #expect(try image(store.load()) == image(stopped))
    let resumed = try store.resume(outline, planHash: Fixture.planHash, texts: Fixture.texts)
    #expect(resumed.stored.count == listing.stored)
    #expect(try Fixture.run(outline, into: resumed).status == .complete)
  }

  @Test func `does not mind a replication that is there already`() throws {
    let folder = try TemporaryFolder()
    let outline = Fixture.outline()
    let store = try ResultStore(path: folder.file, access: .write)
    let archive = try store.begin(outline, planHash: Fixture.planHash, texts: Fixture.texts, at: Fixture.begun)
    let record = Fixture.record(outline, variant: 0, replication: 0)
    try archive.append(record)
    try archive.append(record)
    #expect(try store.campaigns()[0].stored == 1)
  }

  @Test func `is not resumed for another seed, plan or version, and says which`() throws {
    let folder = try TemporaryFolder()
    _ = try Fixture.completed(folder.file)
    let store = try ResultStore(path: folder.file, access: .write)
    func resume(seed: UInt64 = .max, hash: UInt64 = Fixture.planHash, version: String = "1.0") throws {
      _ = try store.resume(
        Fixture.outline(seed: seed), planHash: hash, texts: CampaignTexts(model: "", campaign: "", toolVersion: version)
      )
    }
    #expect(throws: ResultStoreError.campaignChanged(name: "isolation", changes: [.plan])) { try resume(hash: 1) }
    #expect(throws: ResultStoreError.campaignChanged(name: "isolation", changes: [.seed])) {
      try resume(seed: 3, hash: 1)
    }
    #expect(throws: ResultStoreError.campaignChanged(name: "isolation", changes: [.toolVersion])) {
      try resume(version: "2.0")
    }
    #expect(throws: ResultStoreError.nothingToResume(path: folder.file, name: "other")) {
      try store.resume(Fixture.outline(name: "other"), planHash: 1, texts: Fixture.texts)
    }
    // A refusal leaves the campaign as it was.
    #expect(try store.campaigns().map(\.status) == [.complete])
  }

  @Test func `may be resumed with other outcomes and more replications`() throws {
    let folder = try TemporaryFolder()
    _ = try Fixture.completed(folder.file)
    let longer = Fixture.outline(maximum: 9, outcomes: [Fixture.availability])
    let store = try ResultStore(path: folder.file, access: .write)
    let archive = try store.resume(longer, planHash: Fixture.planHash, texts: Fixture.texts)
    #expect(archive.stored.count == 12)
    let result = try Fixture.run(longer, into: archive)
    try archive.finish(result)
    #expect(result.replications == 9)
    #expect(try store.load().outline == longer)
  }

  @Test func `shares its file with others, of which the latest is taken`() throws {
    let folder = try TemporaryFolder()
    _ = try Fixture.completed(folder.file, Fixture.outline(name: "first"))
    _ = try Fixture.completed(folder.file, Fixture.outline(name: "second", maximum: 5))
    _ = try Fixture.completed(folder.file, Fixture.outline(name: "first", maximum: 7))
    let store = try ResultStore(path: folder.file, access: .read)
    #expect(try store.campaigns().map(\.name) == ["first", "second", "first"])
    #expect(try store.load().replications == 7)
    #expect(try store.load(campaign: "second").replications == 5)
    #expect(throws: ResultStoreError.noSuchCampaign(path: folder.file, name: "third", known: ["first", "second"])) {
      try store.load(campaign: "third")
    }
  }

  @Test func `spreads a replication's numbers over tables`() throws {
    let folder = try TemporaryFolder()
    let result = try Fixture.completed(folder.file)
    let queue = try DatabaseQueue(path: folder.file)
    try queue.read { db in
      let sums = try #require(
        try Row.fetchOne(
          db,
          sql: """
            SELECT sum(arrivals - success - degraded - failed - in_flight) AS lost, sum(failed) AS failed, count(*) AS n
            FROM outcomes WHERE kind = 'workload' AND window = 'during run' AND variant = 'shared-pool'
            """))
      #expect(sums["lost"] == 0)
      #expect(sums["n"] == 6)
      #expect(sums["failed"] == result.summaries[1].workloads[0].windows[0].totals.failed)
      #expect(
        try Int.fetchOne(
          db,
          sql:
            "SELECT sum(count) FROM failures WHERE kind = 'workload' AND window = 'during run' AND variant = 'shared-pool'"
        )
          == sums["failed"])
      #expect(
        try Int.fetchOne(
          db,
          sql:
            "SELECT sum(count) FROM latency_histogram WHERE kind = 'workload' AND outcome = 'failed' AND window = 'during run'"
        )
          == result.summaries.reduce(0) { $0 + $1.workloads[0].windows[0].totals.failed })
      let estimate = result.summaries[1].outcomes[0].estimate?.value
      #expect(
        try Double.fetchOne(
          db,
          sql:
            "SELECT value FROM estimate JOIN variant ON variant.id = variant_id WHERE name = 'shared-pool' AND metric = ?",
          arguments: [Fixture.availability.description]) == estimate)
      #expect(
        try Int.fetchOne(db, sql: "SELECT sum(is_censored) FROM metric_values WHERE metric = 'recovery(browsing)'") == 6
      )
      #expect(try String.fetchOne(db, sql: "SELECT seed FROM campaign") == "18446744073709551615")
      #expect(try Int.fetchOne(db, sql: "SELECT count(*) FROM timelines WHERE measure = 'open'") == 120)
      #expect(try String.fetchOne(db, sql: "PRAGMA integrity_check") == "ok")
    }
  }
}

@Suite struct `A CSV export` {
  @Test func `quotes what needs it, as RFC 4180 says`() {
    var table = CSVTable(columns: ["a", "b"])
    table.append(["plain", "with, comma"])
    table.append(["a \"quote\"", "two\nlines"])
    table.append(["", "-1.5"])
    #expect(
      table.text == "a,b\r\nplain,\"with, comma\"\r\n\"a \"\"quote\"\"\",\"two\nlines\"\r\n,-1.5\r\n")
  }

  @Test func `has a file for each kind of row`() throws {
    let folder = try TemporaryFolder()
    _ = try Fixture.completed(folder.file)
    let store = try ResultStore(path: folder.file, access: .read)
    try store.export(to: "\(folder.path)/csv")
    for export in CSVExport.allCases {
      let text = try String(contentsOfFile: "\(folder.path)/csv/\(export.fileName)", encoding: .utf8)
      #expect(text.hasPrefix("campaign,"))
      #expect(!text.contains("campaign_id"))
    }
    // 2 variants of 6 replications; a workload in 2 windows and an endpoint in one.
    #expect(try store.table(.outcomes).rows.count == 2 * 6 * 3)
    #expect(try store.table(.timeline).rows.count == 2 * 60 * 9)
    #expect(try store.table(.comparisons).rows.filter { $0[1] == "outcome" }.count == 2)
    #expect(try store.table(.failures).text.contains("\"edge-api -> history, \"\"slow\"\"\""))
  }

  @Test func `has no column that the data dictionary leaves out`() throws {
    let folder = try TemporaryFolder()
    _ = try Fixture.completed(folder.file)
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let dictionary = try String(contentsOf: root.appendingPathComponent("notebooks-data/README.md"), encoding: .utf8)
    let store = try ResultStore(path: folder.file, access: .read)
    for export in CSVExport.allCases {
      let start = try #require(dictionary.range(of: "## \(export.fileName)"))
      let section = dictionary[start.upperBound...].prefix { $0 != "#" }
      for column in try store.table(export).columns {
        #expect(section.contains("`\(column)`"), "\(export.fileName): \(column)")
      }
    }
  }
}
