import Engine
import Foundation
import GRDB
import Model
import Testing

@testable import Campaign
@testable import ResultStore

@Suite struct `An archive of sessions and CDNs` {
  private let outline = Fixture.outline()

  /// 4 of 10 starts lost, those in the north after 250 ms each, 1,000 s played and 250 s stalled, 3 of 4 requests answered at the edge.
  private func record(_ variant: Int, _ replication: Int) -> ReplicationRecord {
    let plain = Fixture.record(outline, variant: variant, replication: replication)
    var sessions = SessionTally()
    sessions.attempts = 11
    sessions.starts = 6
    sessions.startFailures = 3
    sessions.exitsBeforeStart = 1
    sessions.playedNanoseconds = 1_000_000_000_000
    sessions.stalledNanoseconds = 250_000_000_000
    let startups = LatencyTally(
      count: 6, sum: 1_500_000_000 as UInt64, max: 250_000_000,
      buckets: [.init(index: LatencyScale.index(of: 250_000_000), count: 6)])
    var cdn = CDNTally()
    cdn.edge.requests = 4
    cdn.edge.hits = 3
    cdn.egressBytes = 5_000_000_000
    let streaming = StreamingOutcome(
      groups: [
        SessionGroupOutcome(kind: .all, name: "sessions", windows: [sessions, sessions], startups: nil),
        SessionGroupOutcome(
          kind: .region, name: "north", windows: [sessions, sessions], startups: [startups, startups]),
      ],
      cdns: [
        CDNOutcome(name: "alpha", pricePerGB: 0.02, currency: "USD", windows: [cdn, cdn], windowSeconds: [540, 180])
      ],
      timeline: StreamingTimeline(
        concurrent: Array(repeating: 2, count: 60), starts: Array(repeating: 1, count: 60),
        stalled: Array(repeating: 0, count: 60),
        cdns: [
          .init(
            name: "alpha", egress: Array(repeating: 1e6, count: 60), hitRatio: [0.5] + Array(repeating: nil, count: 59))
        ]
      ))
    let outcome = plain.outcome
    return ReplicationRecord(
      variant: plain.variant,
      outcome: ReplicationOutcome(
        replication: replication, fingerprint: outcome.fingerprint, workloads: outcome.workloads,
        endpoints: outcome.endpoints, services: outcome.services, timeline: outcome.timeline, streaming: streaming,
        events: outcome.events),
      recoveries: plain.recoveries, twinFingerprint: plain.twinFingerprint, requests: plain.requests)
  }

  @Test func `gives back what was put in, as rows and as files too`() throws {
    let folder = try TemporaryFolder()
    let store = try ResultStore(path: folder.file, access: .write)
    let archive = try store.begin(outline, planHash: 1, texts: Fixture.texts, at: Fixture.begun)
    for variant in 0..<2 {
      for replication in 0..<4 {
        let record = record(variant, replication)
        try archive.append(record)
        #expect(try archive.record(of: record.id) == record)
      }
    }
    try archive.finish(store.load())
    try store.read { db in
      let row = try #require(
        try Row.fetchOne(
          db, sql: "SELECT * FROM sessions WHERE kind = 'all' AND window = 'during faults' AND replication = 2"))
      #expect(row["starts_lost"] == 0.4)
      #expect(row["start_failures"] == 3.0)
      #expect(row["start_failures_share"] == 0.3)
      #expect(row["starting"] == 1.0)
      #expect(row["rebuffering_ratio"] == 0.2)
      #expect((row["playback_failures_share"] as Double?) == nil)
      let north = try #require(
        try Row.fetchOne(
          db, sql: "SELECT * FROM sessions WHERE kind = 'region' AND window = 'during run' AND replication = 1"))
      #expect(north["startup_mean"] == 0.25)
      #expect(north["startup_p50"] == 0.25)
      #expect(north["startup_max"] == 0.25)
      // Six are too few for it.
      #expect((north["startup_p95"] as Double?) == nil)
      // Four replications of a variant, in one bucket.
      let pooled = try Int.fetchAll(
        db, sql: "SELECT count FROM latency_histogram WHERE kind = 'region' AND name = 'north'")
      #expect(pooled == [24, 24, 24, 24])
      let cdn = try #require(try Row.fetchOne(db, sql: "SELECT * FROM cdns WHERE window = 'during run'"))
      #expect(cdn["hit_ratio"] == 0.75)
      #expect(cdn["cost"] == 0.1)
      #expect(cdn["currency"] == "USD")
      let bins = try Int.fetchOne(db, sql: "SELECT count(*) FROM timelines WHERE measure = 'hit_ratio'")
      #expect(bins == 2)
    }
    #expect(try store.table(.sessions).rows.count == 2 * 2 * 4 * 2)
    #expect(try store.table(.cdns).rows.count == 2 * 4 * 2)
    #expect(try store.table(.cdns).columns.prefix(5) == ["campaign", "variant", "replication", "name", "window"])
  }

  @Test func `is made of one that had none, and leaves out its files until then`() throws {
    let folder = try TemporaryFolder()
    do {
      // What version 1 wrote.
      let queue = try DatabaseQueue(path: folder.file)
      try Schema.migrator.migrate(queue, upTo: "1")
      try queue.write {
        try $0.execute(
          sql: """
            INSERT INTO campaign (id, name, created_at, tool_version, seed, confidence, baseline, status, model_text,
              model_hash, campaign_text, plan_hash, outline)
            VALUES (1, 'old', '', '1', '1', 0.95, 'a', 'running', '', '', '', '', '{}');
            INSERT INTO variant (id, campaign_id, ordinal, name, is_baseline, model, overrides, tables_fingerprint)
            VALUES (1, 1, 0, 'a', 1, 'vod', '[]', '');
            INSERT INTO timeline VALUES (1, 'service', 'api', 'busy', 0, 0, 2.5);
            INSERT INTO latency_histogram VALUES (1, 'wait', 'api', 'during run', 'ok', 5, 6, 7);
            """)
      }
      try queue.close()
    }
    let old = try ResultStore(path: folder.file, access: .read)
    try old.export(to: "\(folder.path)/csv")
    #expect(FileManager.default.fileExists(atPath: "\(folder.path)/csv/timeline.csv"))
    #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/csv/sessions.csv"))
    let new = try ResultStore(path: folder.file, access: .write)
    #expect(try new.table(.timeline).rows.map { $0.last } == ["2.5"])
    #expect(try new.table(.sessions).rows.isEmpty)
    #expect(try new.read { try Int.fetchOne($0, sql: "PRAGMA user_version") } == Schema.version)
    #expect(try new.read { try Int.fetchOne($0, sql: "SELECT count FROM latency_histogram WHERE kind = 'wait'") } == 7)
  }

  /// Replications of an earlier version have no startup times by region.
  @Test func `is read without the startup times that were not recorded`() throws {
    let record = record(0, 0)
    let payload = try RecordRow.encode(record)
    let old = payload.replacing(/"startups":\[.*?\],/, with: "")
    #expect(old != payload)
    let groups = try #require(try RecordRow.decode(old).outcome.streaming).groups
    #expect(groups.map(\.startups) == [nil, nil])
    #expect(groups.map(\.windows) == record.outcome.streaming?.groups.map(\.windows))
  }
}
