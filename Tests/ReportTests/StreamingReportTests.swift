import Engine
import Foundation
import Model
import Testing

@testable import Campaign
@testable import Report

/// A run and a campaign of sessions on two CDNs, made by hand.
private enum Streamed {
  static func tally(attempts: Int, lost: Int) -> SessionTally {
    var tally = SessionTally()
    tally.attempts = attempts
    tally.starts = attempts - lost - 1
    tally.startFailures = lost - 1
    tally.exitsBeforeStart = 1
    tally.plays = tally.starts
    tally.playedNanoseconds = 7000 * 1_000_000_000
    tally.stalledNanoseconds = 200 * 1_000_000_000
    tally.stalls = 6
    tally.fetchedNanoseconds = 1000 * 1_000_000_000
    tally.nominalBits = 3.5e9
    return tally
  }

  static var cdn: CDNTally {
    var tally = CDNTally()
    tally.edge.requests = 1000
    tally.edge.hits = 700
    tally.edge.collapsed = 200
    tally.edge.misses = 100
    tally.originRequests = 160
    tally.originBytes = 5_000_000_000
    tally.egressBytes = 40_000_000_000
    // A fault refused 1,500 before they reached a cache.
    tally.delivered = 980
    tally.errors = 1515
    tally.timeouts = 5
    return tally
  }

  private static func startups(_ count: Int, nanoseconds: Int64) -> LatencyTally {
    LatencyTally(
      count: count, sum: UInt64(count) * UInt64(nanoseconds), max: nanoseconds,
      buckets: [.init(index: LatencyScale.index(of: nanoseconds), count: count)])
  }

  static func outcome(lost: Int) -> StreamingOutcome {
    func group(
      _ kind: SessionGroupOutcome.Kind, _ name: String, _ attempts: Int, _ lost: Int, milliseconds: Int64? = nil
    ) -> SessionGroupOutcome {
      let windows = [tally(attempts: attempts, lost: lost), tally(attempts: attempts / 2, lost: lost)]
      return SessionGroupOutcome(
        kind: kind, name: name, windows: windows,
        startups: milliseconds.map { time in windows.map { startups($0.starts, nanoseconds: time * 1_000_000) } })
    }
    return StreamingOutcome(
      groups: [
        group(.all, "sessions", 1001, lost), group(.cohort, "phone", 401, 2), group(.cohort, "tv", 600, lost - 2),
        group(.region, "north", 1001, lost, milliseconds: 345), group(.cdn, "alpha", 1001, lost, milliseconds: 678),
      ],
      cdns: [
        CDNOutcome(
          name: "alpha", pricePerGB: 0.02, currency: "USD", windows: [cdn, cdn], windowSeconds: [80, 30]),
        CDNOutcome(
          name: "beta", pricePerGB: nil, currency: nil, windows: [CDNTally(), CDNTally()], windowSeconds: [80, 30]),
      ],
      timeline: StreamingTimeline(
        concurrent: Array(repeating: 5, count: 9), starts: Array(repeating: 100, count: 9),
        stalled: [0, 0, 0, 1, 1, 0, 0, 0, 0],
        cdns: [.init(name: "alpha", egress: Array(repeating: 4e9, count: 9), hitRatio: Array(repeating: 0.9, count: 9))]
      ))
  }

  /// `home` with sessions and two cohorts beside it.
  static func record(_ variant: String, _ replication: Int) -> ReplicationRecord {
    let plain = Fixture.record(variant, replication)
    let home = plain.outcome.workloads[0]
    let others = ["phone", "sessions", "tv"].map { WorkloadOutcome(name: $0, windows: home.windows) }
    return ReplicationRecord(
      variant: variant,
      outcome: ReplicationOutcome(
        replication: replication, fingerprint: plain.outcome.fingerprint, workloads: [home] + others,
        endpoints: plain.outcome.endpoints, services: plain.outcome.services, timeline: plain.outcome.timeline,
        streaming: outcome(lost: variant == "shared" ? 51 : 11), events: 1),
      recoveries: [], twinFingerprint: nil, requests: 1)
  }
}

@Suite struct `A report of a run with sessions` {
  private let report = RunReport(
    Fixture.outline(variants: ["shared"]), record: Streamed.record("shared", 0), toolVersion: "1.2.3")

  /// 51 of 1,000 starts that ended: 5.1%.
  @Test func `begins with the starts that were lost`() {
    let lines = report.text(.plain).split(separator: "\n")
    #expect(lines[1] == "  starts lost: 51 of 1,000 expected, 5.1%, 1 still starting at the horizon")
  }

  @Test func `tells sessions, CDNs and time, and nothing twice`() throws {
    let text = report.text(.plain)
    for word in [
      "by cohort", "by region", "by CDN", "rebuffering", "Windows of sessions", "Windows of CDNs", "3.50 Mbps",
      "0.800 USD",
      "3.00/h", "2.8%", "90.0%", "87.5%", "4.00 Gbps", "under way", "in a stall",
    ] {
      #expect(text.contains(word), "\(word)")
    }
    let workloads = try #require(text.range(of: "\nWorkloads"))
    let section = text[workloads.upperBound...].prefix { $0 != "\u{0}" }.components(separatedBy: "\n\n")[0]
    #expect(section.contains("home"))
    #expect(!section.contains("sessions"))
    #expect(!section.contains("tv"))
  }

  /// 980 + 1,515 + 5, and not the 1,000 that were looked up.
  @Test func `counts all that players asked of a CDN, also what reached no cache`() throws {
    let lines = report.text(.plain).split(separator: "\n")
    let row = try #require(lines.first { $0.contains(" alpha ") && $0.contains("1,515") })
    #expect(row.split(separator: " ").map(String.init)[1...2] == ["2,500", "90.0%"])
  }

  /// All starts of a region, or of a CDN, took equally long.
  @Test(arguments: [("by region", "345 ms"), ("by CDN", "678 ms")])
  func `has startup times of every group`(title: String, time: String) throws {
    let text = report.text(.plain)
    let heading = try #require(text.range(of: "\n *\(title)\n", options: .regularExpression))
    let row = try #require(text[heading.upperBound...].split(separator: "\n").first)
    #expect(row.ranges(of: time).count == 3, "\(row)")
  }

  @Test func `has sessions and CDNs in JSON and rows`() throws {
    let data = Data(report.json.text.utf8)
    let json = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let streaming = try #require(json["streaming"] as? [String: [[String: Any]]])
    let all = try #require(streaming["sessions"]?.first)
    #expect(all["attempts"] as? Int == 1001)
    #expect(all["startsLost"] as? Double == 0.051)
    #expect((all["windows"] as? [String: [String: Any]])?["during faults"]?["attempts"] as? Int == 500)
    let north = try #require(streaming["sessions"]?.first { $0["kind"] as? String == "region" })
    let startup = try #require(north["startup"] as? [String: Any])
    #expect(startup["mean"] as? Double == 0.345 && startup["max"] as? Double == 0.345)
    #expect(startup["p95"] as? Double == 0.345)
    #expect(startup["p999"] is NSNull)
    #expect((north["windows"] as? [String: [String: Any]])?["during faults"]?["startup"] is [String: Any])
    #expect(report.rows.values.contains(["sessions-by-cdn", "alpha", "during faults", "startup_p95", "0.678"]))
    #expect(streaming["cdns"]?.first?["hitRatio"] as? Double == 0.9)
    #expect(streaming["cdns"]?.last?["cost"] is NSNull)
    #expect(report.rows.values.contains(["sessions", "sessions", "during run", "starts_lost", "0.051"]))
    #expect(report.rows.values.contains(["cdn", "alpha", "during faults", "collapsed", "200.0"]))
  }
}

@Suite struct `A report of a campaign with sessions` {
  @Test func `tells them variant by variant`() throws {
    let outline = Fixture.outline()
    let result = CampaignResult(outline: outline, status: .complete, replications: 12) { id in
      Streamed.record(id.variant, id.replication)
    }
    let text = try #require(CampaignReport(result, toolVersion: "1.2.3")).text(.plain)
    #expect(text.contains("isolated: starts lost: 132 of 12,000 expected, 1.1%"))
    #expect(text.contains("Sessions during faults"))
    #expect(text.contains("by cohort tv"))
    // A single region is all sessions.
    #expect(!text.contains("by region"))
    #expect(text.contains("CDNs during faults"))
  }
}

@Suite struct `Numbers of streams` {
  @Test(arguments: [
    (2.5e6, NumberText.Kind.bitRate, "2.50 Mbps"), (0, .bitRate, "0 bps"), (950, .bitRate, "950 bps"),
    (4e9, .bytes, "4.00 GB"), (0.5, .perHour, "0.500/h"), (1234.6, .perSecond, "1,235/s"), (12.345, .money, "12.3"),
    (0.001234, .money, "0.00123"),
  ])
  func `bear their unit`(value: Double, kind: NumberText.Kind, text: String) {
    #expect(NumberText.text(value, kind) == text)
  }

  @Test func `have the digits that their interval bears`() {
    #expect(NumberText.text(2.5432e6, .bitRate, halfWidth: 2e3) == "2.543 Mbps")
  }
}
