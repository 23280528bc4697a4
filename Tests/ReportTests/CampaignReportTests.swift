import Campaign
import Foundation
import Model
import Testing

@testable import Report

@Suite struct `A campaign's report` {
  /// A golden: the text was read and found right, and is compared since.
  @Test func `reads like this`() throws {
    let report = try #require(CampaignReport(Fixture.result(), toolVersion: "1.2.3"))
    #expect(report.text(.plain, detailed: true) == Golden.campaign)
  }

  @Test func `leaves out what was not asked for`() throws {
    let report = try #require(CampaignReport(Fixture.result(), toolVersion: "1.2.3"))
    let text = report.text(.plain)
    #expect(!text.contains("Further differences"))
    #expect(!text.contains("Failures against"))
    #expect(text.contains("Verdicts"))
  }

  @Test func `has the keys that were promised`() throws {
    let report = try #require(CampaignReport(Fixture.result(), toolVersion: "1.2.3"))
    let json = try object(report.json)
    let variants = try #require(json["variants"] as? [String: [String: Any]])
    let shared = try #require(variants["shared"])
    for key in [
      "schema", "model", "scenario", "seed", "replications", "fingerprint", "tablesFingerprint", "workloads",
      "endpoints",
      "services",
    ] {
      #expect(shared[key] != nil, "\(key) is missing")
    }
    let home = try #require((shared["workloads"] as? [String: [String: Any]])?["home"])
    let availability = try #require(home["availability"] as? [String: Any])
    #expect(Set(availability.keys) == ["value", "low", "high", "confidence", "replications"])
    #expect(availability["replications"] as? Int == 12)
    let comparison = try #require((json["comparisons"] as? [[String: Any]])?.first)
    #expect(comparison["baseline"] as? String == "isolated")
    #expect(comparison["variant"] as? String == "shared")
    #expect(comparison["metric"] as? String == "availability(home) during faults")
    #expect(comparison["verdict"] as? String == "worse")
    #expect(comparison["pAdjusted"] is Double)
  }

  @Test func `compares with any variant`() throws {
    let report = try #require(CampaignReport(Fixture.result(), baseline: "shared", toolVersion: "1.2.3"))
    #expect(report.baseline == "shared")
    #expect(report.baselineSummary?.name == "shared")
    #expect(report.comparisons.outcomes.map(\.variant) == ["isolated"])
    #expect(report.comparisons.outcomes.map(\.verdict) == [.better])
    #expect(CampaignReport(Fixture.result(), baseline: "nobody", toolVersion: "1.2.3") == nil)
  }

  @Test func `gives a row for each variant and asked metric`() throws {
    let report = try #require(CampaignReport(Fixture.result(), toolVersion: "1.2.3"))
    let rows = report.rows
    #expect(rows.values.count == 2)
    #expect(rows.values.map { $0[1] } == ["isolated", "shared"])
    #expect(rows.values.last?.last == "worse")
    #expect(rows.values.first?.last == "")
  }

  @Test func `says that nothing has ended where nothing has`() throws {
    let none = Fixture.result(replications: 0)
    let report = try #require(CampaignReport(none, toolVersion: "1.2.3"))
    #expect(report.text(.plain).contains("No replication has ended yet."))
    #expect(report.json.text.contains("\"replications\": 0"))
  }

  @Test func `warns once of what concerns all variants`() throws {
    let recovery = Metric(.recovery, of: "home")
    let base = Fixture.outline()
    let outline = CampaignOutline(
      name: base.name, seed: base.seed, confidence: base.confidence, baseline: base.baseline,
      outcomes: base.outcomes + [recovery], replications: base.replications, windows: base.windows,
      variants: base.variants)
    let report = try #require(CampaignReport(Fixture.result(outline), toolVersion: "1.2.3"))
    // The records have no recoveries, in either variant.
    #expect(report.text(.plain).contains("\nWarnings\n  no replication tells recovery(home)\n"))
    #expect(report.text(.plain).contains("\n    shared        -\n"))
  }

  @Test func `judges nothing by one replication`() throws {
    let report = try #require(CampaignReport(Fixture.result(replications: 1), toolVersion: "1.2.3"))
    #expect(report.text(.plain).contains("inconclusive: at least 59 replications are needed"))
    #expect(report.comparisons.outcomes.map(\.verdict) == [.noDifferenceShown])
  }

  @Test func `tells what was set from outside the campaign's file`() throws {
    let outline = Fixture.outline(overrides: [.init(path: "time.horizon", value: "90s")])
    let report = try #require(CampaignReport(Fixture.result(outline), toolVersion: "1.2.3"))
    #expect(report.text(.plain).contains("\n  set time.horizon=90s\n  shared: services.api.pool.threads=2\n"))
    let json = try object(report.json)
    #expect(json["overrides"] as? [[String: String]] == [["path": "time.horizon", "value": "90s"]])
  }

  // The shared variant's availability has a standard deviation of about 1 point: its half-width from 12 is 0.6 points.
  @Test(arguments: [(0.01, true), (0.002, false)])
  func `tells whether the precision that was asked for was reached`(halfWidth: Double, isReached: Bool) throws {
    let report = try #require(
      CampaignReport(Fixture.result(Fixture.outline(until: halfWidth)), toolVersion: "1.2.3"))
    let precision = try #require(try object(report.json)["precision"] as? [String: Any])
    #expect(precision["reached"] as? Bool == isReached)
    let widest = try #require(precision["widestHalfWidth"] as? Double)
    #expect((0.005...0.007).contains(widest))
    let text = report.text(.plain)
    let metric = "availability(home) during faults"
    let asked = isReached ? "±1 point of \(metric)" : "±0.2 points of \(metric)"
    #expect(
      text.contains("\n  asked for \(asked): \(isReached ? "" : "not ")reached, the widest half-width is 0.5"))
    #expect(
      text.contains(
        "\n  the precision asked for, \(asked), was not reached in 12 replications: the widest half-width is 0.5")
        != isReached)
    #expect(try object(report.json)["warnings"] as? [[String: String]] != [] || isReached)
  }

  @Test func `tells why an expectation is inconclusive`() throws {
    let report = try #require(CampaignReport(Fixture.result(), toolVersion: "1.2.3"))
    let variants = try #require(try object(report.json)["variants"] as? [String: [String: Any]])
    func doubt(_ variant: String) -> Any? {
      ((variants[variant]?["expectations"] as? [String: [String: Any]])?["home-stays"])?["doubt"]
    }
    #expect((doubt("isolated") as? [String: String])?["id"] == "too-few")
    #expect(doubt("shared") is NSNull)
  }

  @Test func `says whose latencies it tells where it tells any`() throws {
    let base = Fixture.outline()
    let outline = CampaignOutline(
      name: base.name, seed: base.seed, confidence: base.confidence, baseline: base.baseline,
      outcomes: [Metric(.latencyP50, of: "home")], replications: base.replications, windows: base.windows,
      variants: base.variants)
    let report = try #require(CampaignReport(Fixture.result(outline), toolVersion: "1.2.3"))
    #expect(report.text(.plain).contains("latencies of what was served (success and degraded)"))
  }
}

@Suite struct `A run's report` {
  private let report = RunReport(
    Fixture.outline(variants: ["shared"], replications: 1), record: Fixture.record("shared", 3), toolVersion: "1.2.3")

  /// A golden: the text was read and found right, and is compared since.
  @Test func `reads like this`() {
    #expect(report.text(.plain) == Golden.run)
  }

  @Test func `lists every reason of failures, however rare`() {
    let report = RunReport(
      Fixture.outline(variants: ["shared"], replications: 1), record: Fixture.record("shared", 3, reasons: 12),
      toolVersion: "1.2.3")
    let text = report.text(.plain)
    #expect(text.contains("api -> s1\n") && text.contains("api -> s11\n"))
    #expect(!text.contains("other reason"))
  }

  @Test func `marks only the times in which a fault is active`() {
    func fault(_ name: String, at start: Int64, for seconds: Int64) -> Fault {
      Fault(
        name: name, at: .seconds(start), duration: .seconds(seconds), effect: .hang, target: .service("api"),
        scope: .everything, salt: nil)
    }
    let scenario = Scenario(
      name: "hang", faults: [fault("late", at: 60, for: 20), fault("early", at: 20, for: 10)], expectations: [],
      confidence: 0.95)
    let outline = Fixture.outline(
      variants: ["shared"], replications: 1, faults: FaultPeriod(of: scenario, horizon: .seconds(90)))
    let text = RunReport(outline, record: Fixture.record("shared", 3), toolVersion: "1.2.3").text(.plain)
    #expect(text.contains("\n  faults from 20s to 30s, 1min to 80s\n"), "\(text)")
    #expect(text.contains("w.f...ff."))
  }

  @Test func `has plain numbers and the fingerprint of its replication`() throws {
    let json = try object(report.json)
    #expect(json["replications"] as? Int == 1)
    #expect(json["replication"] as? Int == 3)
    #expect(json["fingerprint"] as? String == Fingerprint.text(3 &* 0x9E37_79B9_7F4A_7C15))
    #expect(json["tablesFingerprint"] as? String == "0000000000000001")
    let home = try #require((json["workloads"] as? [String: [String: Any]])?["home"])
    // 1,603 asked in replication 3, of which 215 failed and 1 was under way.
    #expect(home["requests"] as? Int == 1603)
    #expect(home["success"] as? Int == 1387)
    #expect(home["failed"] as? Int == 215)
    #expect(home["inFlight"] as? Int == 1)
    #expect(home["reasons"] as? [String: Int] == ["rejected": 215])
    #expect(home["availability"] as? Double == 1 - 215.0 / 1602)
    let latency = try #require(home["latency"] as? [String: Any])
    #expect(latency["mean"] as? Double == 0.02)
    // 1,387 latencies are too few for the 99.9th percentile.
    #expect(latency["p999"] is NSNull)
    let api = try #require((json["services"] as? [String: [String: Any]])?["api"])
    #expect(api["utilisation"] as? Double == 0.5)
    #expect((api["queue"] as? [String: Any])?["max"] as? Int == 10)
    #expect((api["poolFull"] as? [String: Any])?["during faults"] as? Double == 27)
  }

  @Test func `gives a row for each measure`() {
    let failed = report.rows.values.filter { $0[3] == "failed" }
    #expect(
      failed == [
        ["workload", "home", "during run", "failed", "215"], ["workload", "home", "during faults", "failed", "215"],
        ["endpoint", "api.home", "during run", "failed", "215"],
      ])
  }
}

private func object(_ json: JSONValue) throws -> [String: Any] {
  try #require(try JSONSerialization.jsonObject(with: Data(json.text.utf8)) as? [String: Any])
}
