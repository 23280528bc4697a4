import Engine
import Foundation
import Model
import Sampling

@testable import Campaign
@testable import ResultStore

/// A folder that is removed when it is let go.
final class TemporaryFolder {
  let path = FileManager.default.temporaryDirectory.appendingPathComponent("ratchet-\(UUID().uuidString)").path
  init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }
  deinit { try? FileManager.default.removeItem(atPath: path) }
  var file: String { "\(path)/results.sqlite" }
}

enum Fixture {
  static let texts = CampaignTexts(model: "model: vod\n", campaign: "campaign: isolation\n", toolVersion: "1.0")
  static let begun = Date(timeIntervalSince1970: 1_800_000_000)
  static let planHash: UInt64 = 0xFEED_0000_0000_BEEF
  static let availability = Metric(.availability, of: "browsing", in: Window(.duringFaults))
  static let recovery = Metric(.recovery, of: "browsing")

  static func outline(
    name: String = "isolation", seed: UInt64 = .max, maximum: Int = 6, outcomes: [Metric] = [availability, recovery],
    until: CampaignPlan.Precision? = nil
  ) -> CampaignOutline {
    CampaignOutline(
      name: name, seed: seed, confidence: 0.95, baseline: "isolated", outcomes: outcomes,
      replications: CampaignPlan.Replications(minimum: 4, maximum: maximum, until: until),
      windows: [.run, Window(.duringFaults)],
      variants: ["isolated", "shared-pool"].map { name in
        CampaignOutline.Variant(
          name: name, model: "vod", scenario: "hangs",
          overrides: name == "isolated"
            ? [] : [CampaignPlan.Override(path: "services.edge-api.dependencies.history.bulkhead", value: "none")],
          time: TimeFrame(warmup: .seconds(60), horizon: .seconds(600), start: .zero),
          faults: FaultPeriod(start: .zero + .seconds(180), end: .zero + .seconds(360)),
          expectations: [
            Model.Expectation(name: "still-there", metric: availability, comparison: .atLeast, bound: 0.99)
          ],
          expectationConfidence: 0.95,
          objectives: [Objective(name: "home", indicator: Metric(.fullFidelity, of: "browsing"), target: 0.99)],
          recoveries: ["browsing"], tablesFingerprint: 0xABC)
      })
  }

  /// The second variant loses more; a name with a comma and quotes shows what a CSV file does with it.
  static func record(_ outline: CampaignOutline, variant: Int, replication: Int) -> ReplicationRecord {
    let key = DrawKey(seed: outline.seed, replication: replication)
    let failed = Int(key.uniform(1) * 20) + variant * (400 + Int(key.uniform(2) * 10))
    let tally = RequestTally(
      arrivals: 1001, success: 990 - failed, degraded: 10, failed: failed, inFlight: 1,
      reasons: failed == 0
        ? [] : [ReasonCount(reason: .timeout, component: "edge-api -> history, \"slow\"", count: failed)],
      latency: latencies(1000 - failed, key), failedLatency: latencies(failed, key))
    let bins = [Int](repeating: 100, count: 60)
    return ReplicationRecord(
      variant: outline.variants[variant].name,
      outcome: ReplicationOutcome(
        replication: replication, fingerprint: key.child(UInt64(variant)).bits,
        workloads: [WorkloadOutcome(name: "browsing", windows: [tally, tally])],
        endpoints: [EndpointOutcome(name: "edge-api.home", tally: tally)],
        services: [
          ServiceOutcome(
            name: "edge-api", utilisation: key.uniform(4), wait: latencies(10, key), queueMean: key.uniform(5),
            queueMax: 7,
            inServiceMean: 3, idle: 0.1, up: 1, fullSeconds: [1, key.uniform(6) * 100])
        ],
        timeline: Timeline(
          binWidth: .seconds(10), binCount: 60,
          workloads: [
            Timeline.WorkloadSeries(
              name: "browsing", arrivals: bins, success: bins, degraded: bins.map { _ in 0 },
              failed: bins.map { _ in 0 })
          ],
          services: [
            Timeline.ServiceSeries(
              name: "edge-api", busy: bins.map { _ in key.uniform(7) }, queue: bins.map { _ in 0 },
              full: bins.map { _ in 0 }, up: bins.map { _ in 1 })
          ],
          breakers: [Timeline.BreakerSeries(name: "edge-api -> history", open: bins.map { _ in key.uniform(8) })]),
        events: 12_345),
      recoveries: [RecoveryTime(workload: "browsing", duration: .seconds(240), isCensored: variant == 1)],
      twinFingerprint: replication == 0 ? nil : key.bits, requests: 12_000)
  }

  private static func latencies(_ count: Int, _ key: DrawKey) -> LatencyTally {
    guard count > 0 else { return .empty }
    let nanoseconds = (0..<count).map { Int64(key.child(UInt64($0)).uniform(9) * 5e7) }
    let counts = Dictionary(nanoseconds.map { (LatencyScale.index(of: $0), 1) }, uniquingKeysWith: +)
    return LatencyTally(
      count: count, sum: nanoseconds.reduce(0) { $0 + UInt64($1) }, max: nanoseconds.max() ?? 0,
      buckets: counts.sorted { $0.key < $1.key }.map { LatencyTally.Bucket(index: $0.key, count: $0.value) })
  }

  static func run(
    _ outline: CampaignOutline, into archive: CampaignArchive, jobs: Int = 2,
    cancellation: Cancellation = Cancellation(),
    progress: @escaping @Sendable (CampaignProgress) -> Void = { _ in }
  ) throws -> CampaignResult {
    try CampaignRun(outline, jobs: jobs).execute(journal: archive, cancellation: cancellation, progress: progress) {
      FormulaRunner(outline: outline)
    }
  }

  /// A store with one complete campaign.
  static func completed(_ file: String, _ outline: CampaignOutline = outline(), jobs: Int = 2) throws -> CampaignResult
  {
    let store = try ResultStore(path: file, access: .write)
    let archive = try store.begin(outline, planHash: planHash, texts: texts, at: begun)
    let result = try run(outline, into: archive, jobs: jobs)
    try archive.finish(result)
    return result
  }
}

final class FormulaRunner: ReplicationRunner {
  private let outline: CampaignOutline
  init(outline: CampaignOutline) { self.outline = outline }
  func run(variant: Int, replication: Int, isCancelled: () -> Bool) -> ReplicationRecord? {
    isCancelled() ? nil : Fixture.record(outline, variant: variant, replication: replication)
  }
}

/// All that a reader sees of a result.
func image(_ result: CampaignResult) -> String {
  let summaries = result.summaries.map { summary in
    "\(summary.fingerprint) \(summary.outcomes) \(summary.workloads) \(summary.endpoints) \(summary.services) "
      + "\(summary.expectations) \(summary.objectives) \(String(describing: summary.timeline))"
  }
  return
    "\(result.outline) \(result.status) \(result.replications) \(summaries) \(String(describing: result.comparisons()))"
}
