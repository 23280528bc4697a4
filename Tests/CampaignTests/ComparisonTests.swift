import Engine
import Model
import Sampling
import Statistics
import Testing

@testable import Campaign

private let faults = Window(.duringFaults)

/// Three variants whose failures and full pools are given by replication.
private func result(
  outcomes: [Metric], replications: Int = 20, failed: @escaping (String, Int) -> Int,
  full: @escaping (String) -> Double = { _ in 0 }, recovery: ((String, Int) -> Int64)? = nil
) -> CampaignResult {
  let outline = CampaignOutline(
    name: "isolation", seed: 1, confidence: 0.95, baseline: "isolated", outcomes: outcomes,
    replications: CampaignPlan.Replications(minimum: 20, maximum: 20, until: nil), windows: [.run, faults],
    variants: ["isolated", "shared-pool", "spare"].map {
      CampaignOutline.Variant(
        name: $0, model: "vod", scenario: "hangs", overrides: [], time: Fixture.time,
        faults: FaultPeriod(of: Fixture.scenario(), horizon: .seconds(600)), expectations: [],
        expectationConfidence: 0.95, objectives: [], recoveries: [], tablesFingerprint: 0)
    })
  return Build.result(outline, replications: replications) { name, replication in
    let failed = failed(name, replication)
    return Build.record(
      name, replication, Build.tally(success: 1000 - failed, failed: failed), windows: 2, full: [0, full(name)],
      recovery: recovery.map {
        RecoveryTime(workload: "browsing", duration: .seconds($0(name, replication)), isCensored: false)
      })
  }
}

private let availability = Metric(.availability, of: "browsing", in: faults)

/// Noise that all variants share, from 0 to 20 of 1,000.
private func shared(_ replication: Int) -> Int { Int(DrawKey(seed: 1, replication: replication).uniform(0) * 21) }

@Suite struct `A comparison` {
  private let table = result(
    outcomes: [availability],
    failed: { name, replication in
      switch name {
      case "shared-pool": shared(replication) + 400 + replication * 2 % 40
      case "spare": shared(replication)
      default: shared(replication)
      }
    }, full: { $0 == "shared-pool" ? 171 : 0 }
  ).comparisons()

  @Test func `is of the differences, variant minus baseline`() throws {
    let comparison = try #require(table?.outcomes.first)
    #expect(comparison.variant == "shared-pool")
    // The mean of 2 r mod 40 for r from 0 to 19 is 19: 400 + 19 of 1,000 are lost.
    #expect(abs(try #require(comparison.difference).value + 0.419) < 1e-12)
    #expect(comparison.difference?.replications == 20)
    #expect(comparison.verdict == .worse)
    #expect(try #require(comparison.correlation) > 0)
  }

  @Test func `finds nothing between equal variants`() throws {
    let comparison = try #require(table?.outcomes.last)
    #expect(comparison.variant == "spare")
    #expect(comparison.verdict == .noDifferenceShown)
    #expect(comparison.method == .identical)
    #expect(comparison.difference?.value == 0)
  }

  @Test func `adjusts p by Holm's method over all pairs of variant and metric`() throws {
    let table = try #require(table)
    #expect(table.outcomes.map(\.pAdjusted) == MultipleComparisons.holm(table.outcomes.map(\.p)))
    #expect(table.details.map(\.pAdjusted) == MultipleComparisons.holm(table.details.map(\.p)))
    #expect(table.outcomes[0].pAdjusted == 2 * (table.outcomes[0].p ?? .nan))
  }

  @Test func `turns around with another baseline`() throws {
    let outcomes = result(
      outcomes: [availability],
      failed: { name, replication in
        shared(replication) + (name == "shared-pool" ? 400 + replication : 0)
      }
    ).comparisons(baseline: "shared-pool")?.outcomes
    #expect(outcomes?.map(\.variant) == ["isolated", "spare"])
    #expect(outcomes?.allSatisfy { $0.verdict == .better && $0.difference?.value ?? 0 > 0.4 } == true)
    #expect(result(outcomes: [availability], failed: { _, _ in 0 }).comparisons(baseline: "nobody") == nil)
  }

  @Test func `tells the details that were not asked for, and failures by reason`() throws {
    let table = try #require(table)
    #expect(!table.details.contains { $0.metric == availability })
    #expect(table.details.contains { $0.metric == Metric(.latencyP99, of: "browsing", in: faults) })
    let reason = try #require(table.reasons.first { $0.variant == "shared-pool" })
    #expect(reason.reason == .rejected && reason.component == "api")
    #expect(abs(try #require(reason.difference).value - 0.419) < 1e-12)
    #expect(reason.verdict == .worse)
  }

  @Test func `pairs only the replications that both sides tell`() throws {
    let outcomes = result(
      outcomes: [availability], replications: 6,
      failed: { name, replication in name == "isolated" ? 0 : 10 + replication }
    )
    var samples = outcomes.samples
    let silent = Build.record("shared-pool", 6, Build.tally(success: 0), windows: 2, full: [0, 0])
    samples[1].append(silent)
    samples[0].append(Build.record("isolated", 6, Build.tally(success: 5), windows: 2, full: [0, 0]))
    let pair = MetricPair(availability, variant: samples[1], baseline: samples[0], confidence: 0.95)
    #expect(pair.comparison?.difference.replications == 6)
  }
}

@Suite struct `A comparison in words` {
  private func sentences(
    _ metric: Metric = availability, replications: Int = 20, failed: @escaping (String, Int) -> Int = { _, _ in 0 },
    full: @escaping (String) -> Double = { _ in 0 }, recovery: ((String, Int) -> Int64)? = nil,
    baseline: String? = nil
  ) -> [String] {
    result(outcomes: [metric], replications: replications, failed: failed, full: full, recovery: recovery)
      .comparisons(baseline: baseline)?.outcomes.map(\.sentence) ?? []
  }

  @Test func `says how many points are lost, and whose pool was full`() {
    let sentences = sentences(
      failed: { name, replication in name == "shared-pool" ? 390 + replication * 13 % 40 : 0 },
      full: { $0 == "shared-pool" ? 171 : 0.2 })
    #expect(
      sentences[0]
        == "shared-pool: `browsing` loses 41.2 points of availability during faults, 95% CI 40.6 to 41.7; "
        + "edge-api's pool was full for 2 min 51 s")
    #expect(sentences[1] == "spare: availability of `browsing` during faults is the same in every replication")
  }

  @Test func `names the pool that was full for much longer, if any`() {
    func change(_ ours: [Double], _ theirs: [Double], refusedBy service: String? = nil) -> PoolChange {
      func samples(_ name: String, _ full: [Double], refusals: Int = 0) -> VariantSamples {
        let services = zip(["a", "b", "c"], full).map { Build.service($0, fullSeconds: [0, $1]) }
        let outline = CampaignDesign(Fixture.plan()).outline
        var samples = VariantSamples(of: outline.variants[0], in: outline)
        let reasons = service.map { [ReasonCount(reason: .rejected, component: $0, count: refusals)] } ?? []
        let tally = RequestTally(
          arrivals: refusals, success: 0, degraded: 0, failed: refusals, inFlight: 0, reasons: reasons, latency: .empty,
          failedLatency: .empty)
        let outcome = ReplicationOutcome(
          replication: 0, fingerprint: 0,
          workloads: [WorkloadOutcome(name: "browsing", windows: [tally, tally])], endpoints: [], services: services,
          timeline: Build.timeline("browsing", bins: []), events: 0)
        samples.append(
          ReplicationRecord(
            variant: samples.name, outcome: outcome, recoveries: [], twinFingerprint: nil, requests: 0))
        return samples
      }
      return PoolChange(
        at: Metric(.availability, of: "browsing", in: faults), variant: samples("v", ours, refusals: 9),
        baseline: samples("b", theirs))
    }
    let mixed = change([10, 100, 0], [0, 20, 60])
    #expect(mixed.risen == PoolChange.Pool(service: "b", seconds: 100, baseline: 20))
    #expect(mixed.fallen == PoolChange.Pool(service: "c", seconds: 0, baseline: 60))
    // The first by name at a tie, and nothing below five seconds.
    #expect(change([10, 10, 0], [0, 0, 0]).risen?.service == "a")
    #expect(change([4, 0, 0], [0, 0, 4]) == PoolChange(risen: nil, fallen: nil))
    // A pool that turned more calls away goes before one that was only full, such as a hung service's own.
    #expect(change([1.4, 119, 0], [0, 55, 0], refusedBy: "a").risen?.service == "a")
    #expect(change([0.4, 119, 0], [0, 55, 0], refusedBy: "a").risen?.service == "b")
  }

  @Test func `says what is gained against the worse one`() {
    let sentences = sentences(
      failed: { name, replication in name == "shared-pool" ? 390 + replication * 13 % 40 : 0 },
      full: { $0 == "shared-pool" ? 171 : 12 }, baseline: "shared-pool")
    #expect(
      sentences[0]
        == "isolated: `browsing` gains 41.2 points of availability during faults, 95% CI 40.6 to 41.7; "
        + "edge-api's pool was full for 12 s instead of 2 min 51 s")
  }

  @Test func `says where no difference is shown`() {
    let sentences = sentences(failed: { name, replication in
      name == "shared-pool" ? 20 + replication * 7 % 20 : 20 + replication * 11 % 20
    })
    #expect(
      sentences[0]
        == "shared-pool: no difference shown in availability of `browsing` during faults, 95% CI -0.4 to 0.4 points")
  }

  @Test func `says that one replication shows nothing`() {
    let sentences = sentences(replications: 1, failed: { name, _ in name == "shared-pool" ? 500 : 0 })
    #expect(
      sentences[0] == "shared-pool: one replication shows no difference in availability of `browsing` during faults")
  }

  @Test func `says how much longer the recovery takes`() {
    let metric = Metric(.recovery, of: "browsing")
    let later = sentences(
      metric, recovery: { name, replication in name == "isolated" ? 10 : 40 + Int64(replication % 4) * 10 })
    #expect(later[0] == "shared-pool: `browsing` takes 45 s longer to recover, 95% CI 40 to 50 s")
    let sooner = sentences(
      metric, recovery: { name, replication in name == "isolated" ? 10 : 40 + Int64(replication % 4) * 10 },
      baseline: "spare")
    #expect(sooner[0] == "isolated: `browsing` recovers 45 s sooner, 95% CI 40 to 50 s")
  }

  @Test func `says where every replication differs by the same`() {
    let sentences = sentences(failed: { name, _ in name == "shared-pool" ? 410 : 0 })
    #expect(
      sentences[0] == "shared-pool: `browsing` loses 41 points of availability during faults in every replication")
  }

  @Test func `says by how much a latency rises`() {
    func text(_ ours: [Double], _ theirs: [Double]) -> String {
      ComparisonSentence(
        metric: Metric(.latencyP99, of: "browsing", in: faults), variant: "slow",
        comparison: PairedComparison(baseline: theirs, variant: ours, confidence: 0.95), verdict: .worse,
        pool: PoolChange(risen: nil, fallen: nil)
      ).text
    }
    let theirs = (0..<20).map { 0.1 + Double($0 % 2) * 0.01 }
    #expect(
      text((0..<20).map { 0.2 + Double($0 % 5) * 0.02 }, theirs)
        == "slow: p99 latency of `browsing` rises by 135 ms during faults, 95% CI 121 to 149 ms")
    #expect(
      text((0..<20).map { 2.2 + Double($0 % 5) * 0.2 }, theirs)
        == "slow: p99 latency of `browsing` rises by 2.5 s during faults, 95% CI 2.4 to 2.6 s")
  }

  @Test func `says that an interval is of one comparison alone where it contradicts the verdict`() {
    let comparison = PairedComparison(
      baseline: [0, 0, 0, 0, 0, 0], variant: [0.01, 0.02, 0.03, 0.01, 0.02, 0.03], confidence: 0.95)
    let text = ComparisonSentence(
      metric: availability, variant: "v", comparison: comparison, verdict: .noDifferenceShown,
      pool: PoolChange(risen: nil, fallen: nil)
    ).text
    #expect(text.hasSuffix(", 95% CI 1.1 to 2.9 points for this comparison taken alone"))
  }
}

@Suite struct `A number in a sentence` {
  @Test func `has the digits that its precision bears`() {
    #expect(PlainNumber.amount(0.4103, unit: .points, precision: 0.02) == "41 points")
    #expect(PlainNumber.amount(0.4103, unit: .points, precision: 0.002) == "41.0 points")
    #expect(PlainNumber.amount(0.000_512, unit: .points, precision: 0.000_03) == "0.051 points")
    #expect(PlainNumber.amount(0.01, unit: .points, precision: 0.02) == "1 point")
    #expect(PlainNumber.amount(0.5, unit: .points, precision: nil) == "50 points")
    #expect(PlainNumber.amount(900, unit: .time, precision: 100) == "15 min")
    #expect(PlainNumber.range(-0.000_1, 0.03, unit: .points) == "0 to 3 points")
  }

  @Test func `is a length of time in two units at most`() {
    #expect(PlainNumber.duration(171) == "2 min 51 s")
    #expect(PlainNumber.duration(3600) == "1 h")
    #expect(PlainNumber.duration(3725) == "1 h 2 min")
    #expect(PlainNumber.duration(8.4) == "8.4 s")
    #expect(PlainNumber.duration(0.25) == "250 ms")
  }
}
