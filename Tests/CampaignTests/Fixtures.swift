import Engine
import Model
import Sampling
import Synchronization

@testable import Campaign

/// A model, a scenario and a plan that are enough to design a campaign; nothing of them is simulated.
enum Fixture {
  static let time = TimeFrame(warmup: .seconds(60), horizon: .seconds(600), start: .zero)

  static func model(threads: Int = 10, retryOn: Set<FailureReason> = [], objectives: [Objective] = []) -> SystemModel {
    let call = Dependency(
      name: "call", target: EndpointPath(service: "api", endpoint: "home"),
      retry: Retry(attempts: 2, backoff: .constant(.zero), jitter: .none, retryOn: retryOn))
    return SystemModel(
      name: "vod", time: time,
      workloads: [Workload(name: "browsing", arrivals: .poisson(Rate(perSecond: 10)), call: call)],
      services: [
        Service(
          name: "api", pool: Pool(threads: threads, queue: .bounded(5)),
          endpoints: [Endpoint(name: "home", steps: [])])
      ], objectives: objectives)
  }

  static func scenario(expectations: [Expectation] = []) -> Scenario {
    Scenario(
      name: "hangs",
      faults: [
        Fault(
          name: "down", at: .seconds(180), duration: .seconds(180), effect: .hang,
          target: .service("api"), scope: .everything, salt: nil)
      ], expectations: expectations, confidence: 0.95)
  }

  static let duringFaults = Metric(.availability, of: "browsing", in: Window(.duringFaults))
  static let recovery = Metric(.recovery, of: "browsing")

  static func plan(
    seed: UInt64 = 1, models: [SystemModel] = [model(), model(threads: 5)], scenario: Scenario? = scenario(),
    outcomes: [Metric] = [duringFaults, recovery], minimum: Int = 10, maximum: Int = 10,
    until: CampaignPlan.Precision? = nil
  ) -> CampaignPlan {
    let names = ["isolated", "shared-pool", "third"]
    return CampaignPlan(
      name: "isolation",
      variants: zip(names, models).map {
        CampaignPlan.Variant(name: $0, model: $1, scenario: scenario, overrides: [])
      },
      baseline: "isolated", outcomes: outcomes,
      replications: CampaignPlan.Replications(minimum: minimum, maximum: maximum, until: until),
      confidence: 0.95, seed: seed)
  }
}

/// Yields outcomes by formula from the seed, the replication and the variant: no engine.
final class FormulaRunner: ReplicationRunner {
  private let outline: CampaignOutline
  private let ran: RunLog?

  init(_ outline: CampaignOutline, log: RunLog? = nil) {
    self.outline = outline
    ran = log
  }

  func run(variant: Int, replication: Int, isCancelled: () -> Bool) -> ReplicationRecord? {
    if isCancelled() { return nil }
    ran?.note(ReplicationID(variant: outline.variants[variant].name, replication: replication))
    // Later items often end first, so that the order has to be restored.
    var spin = DrawKey(bits: UInt64(variant + 7 * replication)).draw(1) % 20_000
    while spin > 0 { spin -= 1 }
    return Self.record(outline, variant: variant, replication: replication)
  }

  /// Both variants share the replication's noise; the second one loses 400 more of 1,000 requests.
  static func record(_ outline: CampaignOutline, variant: Int, replication: Int) -> ReplicationRecord {
    let key = DrawKey(seed: outline.seed, replication: replication)
    let noise = Int(key.uniform(1) * 20)
    let failed = noise + variant * (400 + Int(key.child(named: outline.variants[variant].name).uniform(2) * 10))
    let windows = outline.windows.map { window in
      window == .run
        ? Build.tally(success: 6000 - failed, failed: failed) : Build.tally(success: 1000 - failed, failed: failed)
    }
    let outcome = ReplicationOutcome(
      replication: replication, fingerprint: key.child(UInt64(variant)).bits,
      workloads: [WorkloadOutcome(name: "browsing", windows: windows)],
      endpoints: [EndpointOutcome(name: "api.home", tally: windows[0])],
      services: [
        Build.service("api", fullSeconds: windows.map { _ in Double(variant) * 171 + key.uniform(3) })
      ],
      timeline: Build.timeline("browsing", bins: [Double](repeating: 1, count: 60)), events: 100)
    return ReplicationRecord(
      variant: outline.variants[variant].name, outcome: outcome,
      recoveries: [
        RecoveryTime(workload: "browsing", duration: .seconds(Int64(10 * variant)), isCensored: false)
      ],
      twinFingerprint: key.bits, requests: 12_000)
  }
}

/// Which replications were run, by any thread.
final class RunLog: Sendable {
  private let ids = Mutex<[ReplicationID]>([])
  func note(_ id: ReplicationID) { ids.withLock { $0.append(id) } }
  var all: [ReplicationID] { ids.withLock { $0 } }
}

/// A journal in memory.
final class MemoryJournal: ReplicationJournal {
  struct Full: Error, Equatable {}
  private let records: Mutex<[ReplicationID: ReplicationRecord]>
  private let room: Int
  let stored: Set<ReplicationID>

  init(_ records: [ReplicationRecord] = [], room: Int = .max) {
    let byID = Dictionary(uniqueKeysWithValues: records.map { ($0.id, $0) })
    self.records = Mutex(byID)
    self.room = room
    stored = Set(byID.keys)
  }
  func record(of id: ReplicationID) throws(Full) -> ReplicationRecord {
    guard let record = records.withLock({ $0[id] }) else { throw Full() }
    return record
  }
  func append(_ record: ReplicationRecord) throws(Full) {
    let fits = records.withLock { held in
      if held.count < room { held[record.id] = record }
      return held.count <= room && held[record.id] != nil
    }
    if !fits { throw Full() }
  }
  var all: [ReplicationRecord] { records.withLock { Array($0.values) } }
}

enum Build {
  /// Latencies of 10 ms, all of them; so the mean and each quantile are known.
  static func tally(
    success: Int, degraded: Int = 0, failed: Int = 0, inFlight: Int = 0, reasons: [ReasonCount]? = nil
  ) -> RequestTally {
    RequestTally(
      arrivals: success + degraded + failed + inFlight, success: success, degraded: degraded,
      failed: failed, inFlight: inFlight,
      reasons: reasons ?? (failed == 0 ? [] : [ReasonCount(reason: .rejected, component: "api", count: failed)]),
      latency: latencies(success + degraded, milliseconds: 10), failedLatency: .empty)
  }

  static func latencies(_ count: Int, milliseconds: Int64) -> LatencyTally {
    guard count > 0 else { return .empty }
    let nanoseconds = milliseconds * 1_000_000
    return LatencyTally(
      count: count, sum: UInt64(count) * UInt64(nanoseconds), max: nanoseconds,
      buckets: [LatencyTally.Bucket(index: LatencyScale.index(of: nanoseconds), count: count)])
  }

  static func service(_ name: String, fullSeconds: [Double]) -> ServiceOutcome {
    ServiceOutcome(
      name: name, utilisation: 0.5, wait: .empty, queueMean: 1, queueMax: 5, inServiceMean: 5,
      idle: 0.1, up: 1, fullSeconds: fullSeconds)
  }

  /// A workload's timeline of 10 s bins from availabilities; NaN is a bin in which no request ended.
  static func timeline(_ workload: String, bins: [Double], busy: [Double] = []) -> Timeline {
    let ended = bins.map { $0.isNaN ? 0 : 1000 }
    let failed = bins.map { $0.isNaN ? 0 : Int(((1 - $0) * 1000).rounded()) }
    return Timeline(
      binWidth: .seconds(10), binCount: bins.count,
      workloads: [
        Timeline.WorkloadSeries(
          name: workload, arrivals: ended, success: zip(ended, failed).map { $0 - $1 },
          degraded: bins.map { _ in 0 }, failed: failed)
      ],
      services: busy.isEmpty
        ? []
        : [
          Timeline.ServiceSeries(
            name: "api", busy: busy, queue: busy.map { _ in 0 }, full: busy.map { _ in 0 },
            up: busy.map { _ in 1 })
        ],
      breakers: [])
  }

  /// A record whose only workload has the same tally in every window.
  static func record(
    _ variant: String, _ replication: Int, workload: String = "browsing", _ tally: RequestTally, windows: Int,
    full: [Double]? = nil, recovery: RecoveryTime? = nil, busy: [Double] = []
  ) -> ReplicationRecord {
    ReplicationRecord(
      variant: variant,
      outcome: ReplicationOutcome(
        replication: replication, fingerprint: UInt64(replication),
        workloads: [
          WorkloadOutcome(name: workload, windows: Array(repeating: tally, count: windows))
        ],
        endpoints: [],
        services: full.map { [service("edge-api", fullSeconds: $0)] } ?? [],
        timeline: timeline(workload, bins: [Double](repeating: 1, count: 60), busy: busy), events: 1),
      recoveries: recovery.map { [$0] } ?? [], twinFingerprint: nil, requests: 1)
  }

  /// A complete result from records by variant and replication.
  static func result(
    _ outline: CampaignOutline, replications: Int, _ record: (String, Int) -> ReplicationRecord
  ) -> CampaignResult {
    CampaignResult(outline: outline, status: .complete, replications: replications) {
      record($0.variant, $0.replication)
    }
  }
}
