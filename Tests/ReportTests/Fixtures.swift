import Campaign
import Engine
import Model

/// A campaign with outcomes that are made up by formula: `isolated` keeps everything, `shared` loses requests while the
/// fault lasts, a few more in every replication.
enum Fixture {
  static let faults = FaultPeriod(
    start: SimulationTime.zero + .seconds(30), end: SimulationTime.zero + .seconds(60))
  static let windows = [Window.run, Window(.duringFaults)]

  static func outline(
    variants: [String] = ["isolated", "shared"], replications: Int = 12, until halfWidth: Double? = nil,
    faults: FaultPeriod? = faults, overrides: [CampaignPlan.Override] = []
  ) -> CampaignOutline {
    let metric = Metric(.availability, of: "home", in: Window(.duringFaults))
    return CampaignOutline(
      name: "isolation", seed: 7, confidence: 0.95, baseline: variants[0], outcomes: [metric],
      replications: .init(
        minimum: replications, maximum: replications,
        until: halfWidth.map { .init(metric: metric, halfWidth: $0) }),
      windows: windows,
      variants: variants.map { name in
        CampaignOutline.Variant(
          name: name, model: "vod", scenario: "hang",
          overrides: name == "isolated" ? [] : [.init(path: "services.api.pool.threads", value: "2")],
          time: TimeFrame(warmup: .seconds(10), horizon: .seconds(90), start: .zero), faults: faults,
          expectations: [Expectation(name: "home-stays", metric: metric, comparison: .atLeast, bound: 0.99)],
          expectationConfidence: 0.95,
          objectives: [Objective(name: "home", indicator: Metric(.availability, of: "home"), target: 0.999)],
          recoveries: [], tablesFingerprint: 1)
      }, overrides: overrides)
  }

  /// - Parameter reasons: among which the failures are shared.
  static func record(_ variant: String, _ replication: Int, reasons: Int = 1) -> ReplicationRecord {
    let isShared = variant == "shared"
    let failed = isShared ? 200 + 5 * (replication % 4) : 0
    let during = tally(arrivals: 600 + replication, failed: failed)
    let whole = tally(arrivals: 1600 + replication, failed: failed, reasons: reasons)
    let outcome = ReplicationOutcome(
      replication: replication, fingerprint: UInt64(replication) &* 0x9E37_79B9_7F4A_7C15,
      workloads: [WorkloadOutcome(name: "home", windows: [whole, during])],
      endpoints: [EndpointOutcome(name: "api.home", tally: whole)],
      services: [
        ServiceOutcome(
          name: "api", utilisation: isShared ? 0.5 : 0.2, wait: latency(count: 1000, nanoseconds: 1_000_000),
          queueMean: isShared ? 3.5 : 0.25, queueMax: isShared ? 10 : 2, inServiceMean: 4, idle: 0.1, up: 1,
          fullSeconds: isShared ? [28, 27] : [0, 0])
      ],
      timeline: timeline(isShared: isShared), events: 5000)
    return ReplicationRecord(
      variant: variant, outcome: outcome, recoveries: [], twinFingerprint: nil, requests: 2000)
  }

  static func result(_ outline: CampaignOutline = outline(), replications: Int = 12) -> CampaignResult {
    CampaignResult(outline: outline, status: .complete, replications: replications) { id in
      record(id.variant, id.replication)
    }
  }

  private static func tally(arrivals: Int, failed: Int, reasons: Int = 1) -> RequestTally {
    // All but the first are the reason of a single failure each.
    let first = ReasonCount(reason: .rejected, component: "api", count: failed - reasons + 1)
    let others = (1..<reasons).map { ReasonCount(reason: .timeout, component: "api -> s\($0)", count: 1) }
    return RequestTally(
      arrivals: arrivals, success: arrivals - failed - 1, degraded: 0, failed: failed, inFlight: 1,
      reasons: failed == 0 ? [] : [first] + others,
      latency: latency(count: arrivals - failed - 1, nanoseconds: 20_000_000),
      failedLatency: latency(count: failed, nanoseconds: 1_000_000))
  }

  private static func latency(count: Int, nanoseconds: Int64) -> LatencyTally {
    count == 0
      ? .empty
      : LatencyTally(
        count: count, sum: UInt64(count) * UInt64(nanoseconds), max: nanoseconds,
        buckets: [.init(index: LatencyScale.index(of: nanoseconds), count: count)])
  }

  private static func timeline(isShared: Bool) -> Timeline {
    let failed = (0..<9).map { isShared && (3..<6).contains($0) ? 70 : 0 }
    return Timeline(
      binWidth: .seconds(10), binCount: 9,
      workloads: [
        .init(
          name: "home", arrivals: Array(repeating: 200, count: 9), success: failed.map { 200 - $0 },
          degraded: Array(repeating: 0, count: 9), failed: failed)
      ],
      services: [
        .init(
          name: "api", busy: failed.map { $0 > 0 ? 8 : 2 }, queue: failed.map { $0 > 0 ? 5 : 0 },
          full: failed.map { $0 > 0 ? 1 : 0 }, up: Array(repeating: 1, count: 9))
      ],
      breakers: [])
  }
}
