import Engine
import Model
import Statistics
import Testing

@testable import Campaign

// Swift Testing has one too.
private typealias Expectation = Model.Expectation

private let run = Window.run

private func outline(
  variants: [String] = ["base"], outcomes: [Metric] = [Metric(.availability, of: "browsing")],
  faults: FaultPeriod? = nil, expectations: [Expectation] = [], objectives: [Objective] = []
) -> CampaignOutline {
  CampaignOutline(
    name: "c", seed: 1, confidence: 0.95, baseline: variants[0], outcomes: outcomes,
    replications: CampaignPlan.Replications(minimum: 2, maximum: 40, until: nil), windows: [run],
    variants: variants.map {
      CampaignOutline.Variant(
        name: $0, model: "m", scenario: nil, overrides: [],
        time: TimeFrame(warmup: .seconds(0), horizon: .seconds(600), start: .zero), faults: faults,
        expectations: expectations, expectationConfidence: 0.95, objectives: objectives, recoveries: [],
        tablesFingerprint: 0)
    })
}

private func summary(
  _ outline: CampaignOutline, replications: Int, _ record: (Int) -> ReplicationRecord
) -> VariantSummary {
  Build.result(outline, replications: replications) { record($1) }.summaries[0]
}

@Suite struct `A variant's summary` {
  @Test func `averages over replications and adds up beside`() {
    let tallies = [
      Build.tally(success: 80, degraded: 10, failed: 10),
      Build.tally(success: 60, degraded: 10, failed: 30, inFlight: 2),
    ]
    let summary = summary(outline(), replications: 2) { Build.record("base", $0, tallies[$0], windows: 1) }
    let tally = summary.workloads[0].windows[0]
    #expect(tally.arrivals.value == 101)
    #expect(tally.totals.arrivals == 202)
    #expect(tally.totals.inFlight == 2)
    // (10/100 + 30/100) / 2.
    #expect(tally.unavailability?.value == 0.2)
    #expect(tally.availability?.value == 0.8)
    #expect(tally.fullFidelity?.value == 0.7)
    #expect(tally.reasons.map(\.total) == [40])
    #expect(tally.reasons[0].count.value == 20)
    #expect(tally.latency.mean?.value == 0.01)
    // The middle of the bucket, at most 0.4% off.
    #expect(abs((tally.latency[.p50]?.pooled ?? 0) - 0.01) < 0.000_04)
    #expect(tally.latency.pooled.count == 160)
    #expect(summary.outcomes[0].loss?.value == 0.2)
  }

  @Test func `cuts the interval of a fraction to where a fraction can be`() {
    let failed = [0, 0, 0, 40]
    let summary = summary(outline(), replications: 4) {
      Build.record("base", $0, Build.tally(success: 100 - failed[$0], failed: failed[$0]), windows: 1)
    }
    #expect(summary.outcomes[0].estimate?.high == 1)
    #expect(summary.outcomes[0].loss?.low == 0)
  }

  @Test func `cuts the interval of a time at zero`() {
    let recovery = Metric(.recovery, of: "browsing")
    let summary = summary(outline(outcomes: [recovery]), replications: 4) {
      Build.record(
        "base", $0, Build.tally(success: 1), windows: 1,
        recovery: RecoveryTime(workload: "browsing", duration: .seconds($0 == 3 ? 40 : 0), isCensored: false))
    }
    #expect(summary.outcomes[0].estimate?.value == 10)
    #expect(summary.outcomes[0].estimate?.low == 0)
  }

  // Through 1 - availability the eighth digit would be wrong: 1 - (1 - 1e-8) is 9.99999993922529e-9.
  @Test func `keeps the digits of a loss of one in a hundred million`() {
    let summary = summary(outline(), replications: 2) {
      Build.record("base", $0, Build.tally(success: 99_999_999, failed: 1), windows: 1)
    }
    #expect(summary.outcomes[0].loss?.value == 1e-8)
  }

  @Test func `has no interval from a single replication`() {
    let summary = summary(outline(), replications: 1) {
      Build.record("base", $0, Build.tally(success: 9, failed: 1), windows: 1)
    }
    #expect(summary.outcomes[0].estimate?.value == 0.9)
    #expect(summary.outcomes[0].estimate?.low == nil)
  }

  @Test func `averages the timeline bin by bin`() {
    let summary = summary(outline(), replications: 2) { replication in
      Build.record("base", replication, Build.tally(success: 1), windows: 1, busy: [4, Double(replication)])
    }
    #expect(summary.timeline?.values(.service, "api", .busy) == [4, 0.5])
    #expect(summary.timeline?.values(.workload, "browsing", .arrivals)?.first == 1000)
  }
}

@Suite struct `A latency quantile` {
  // By hand: the smallest n with q^n <= 2.5% is ceil(ln 0.025 / ln q).
  @Test(arguments: [
    (LatencyQuantile.p50, 6), (.p90, 36), (.p95, 72), (.p99, 368), (.p999, 3688),
  ])
  func `is refused from too few latencies`(quantile: LatencyQuantile, enough: Int) {
    #expect(Build.latencies(enough, milliseconds: 10).value(of: quantile) != nil)
    #expect(Build.latencies(enough - 1, milliseconds: 10).value(of: quantile) == nil)
  }
}

@Suite struct `Latencies over replications` {
  /// The first has few requests and short latencies, as a replication has in which most fail.
  private func summary(counts: [Int]) -> LatencySummary {
    let tallies = counts.map { Build.latencies($0, milliseconds: 10) }
    return LatencySummary(
      tallies.map(LatencySample.init), pooled: tallies.reduce(.empty) { $0.merging($1) }, confidence: 0.95)
  }

  @Test func `have no quantile that one of them doesn't tell`() {
    let latencies = summary(counts: [400, 100])
    #expect(latencies[.p95]?.estimate?.replications == 2)
    #expect(latencies[.p99]?.estimate == nil)
    #expect(latencies[.p99]?.pooled != nil)
  }

  @Test func `have those of the replications that served anything`() {
    #expect(summary(counts: [400, 0])[.p99]?.estimate?.replications == 1)
  }
}

@Suite struct `A campaign's warnings` {
  @Test func `tell of more than one request in a thousand in flight`() {
    let many = summary(outline(), replications: 1) {
      Build.record("base", $0, Build.tally(success: 997, inFlight: 3), windows: 1)
    }
    #expect(many.warnings == [.inFlight(workload: "browsing", share: 0.003)])
    #expect(
      many.warnings[0].description
        == "0.3% of the requests of `browsing` had not ended at the horizon; they are outside its availability")
    let few = summary(outline(), replications: 1) {
      Build.record("base", $0, Build.tally(success: 999, inFlight: 1), windows: 1)
    }
    #expect(few.warnings.isEmpty)
  }

  private func settling(busy: [Double], faults: FaultPeriod? = nil) -> [CampaignWarning] {
    summary(outline(faults: faults), replications: 2) {
      Build.record("base", $0, Build.tally(success: 1), windows: 1, busy: busy)
    }.warnings
  }

  @Test func `tell where the warm-up is too short, but not of a run with faults`() {
    // Empty for 100 s, then steady but for a little noise: MSER-5 cuts the first ten of 60 bins.
    let filling = (0..<60).map { $0 < 10 ? 0 : 100 + Double($0 % 3) }
    #expect(settling(busy: filling) == [.shortWarmup(warmup: .zero, settled: .seconds(100))])
    #expect(settling(busy: filling, faults: FaultPeriod(start: .zero, end: .zero)).isEmpty)
    #expect(settling(busy: (0..<60).map { 100 + Double($0 % 3) }).isEmpty)
  }

  @Test func `tell of a metric that nothing was measured for, and of recoveries that did not come`() {
    let recovery = Metric(.recovery, of: "browsing")
    let unknown = summary(outline(outcomes: [recovery]), replications: 1) {
      Build.record("base", $0, Build.tally(success: 1), windows: 1)
    }
    #expect(unknown.warnings == [.unknown(recovery)])
    let censored = summary(outline(outcomes: [recovery]), replications: 3) {
      Build.record(
        "base", $0, Build.tally(success: 1), windows: 1,
        recovery: RecoveryTime(workload: "browsing", duration: .seconds(60), isCensored: $0 == 0))
    }
    #expect(censored.warnings == [.unrecovered(workload: "browsing", replications: 1, of: 3)])
    #expect(censored.outcomes[0].censored == 1)
  }
}

@Suite struct `A verdict` {
  private func verdict(
    _ comparison: Expectation.Comparison, _ bound: Double, failed: [Int]
  ) -> ExpectationResult {
    let expectation = Expectation(
      name: "e", metric: Metric(.availability, of: "browsing"), comparison: comparison, bound: bound)
    return summary(outline(expectations: [expectation]), replications: failed.count) {
      Build.record("base", $0, Build.tally(success: 1000 - failed[$0], failed: failed[$0]), windows: 1)
    }.expectations[0]
  }

  @Test func `on an expectation is supported, refuted or inconclusive`() {
    let around10 = (0..<60).map { 8 + $0 % 5 }
    #expect(verdict(.atLeast, 0.98, failed: around10).verdict == .supported)
    #expect(verdict(.above, 0.995, failed: around10).verdict == .refuted)
    #expect(verdict(.atLeast, 0.99, failed: around10).verdict == .inconclusive)
    #expect(verdict(.atMost, 0.995, failed: around10).verdict == .supported)
    #expect(verdict(.below, 0.98, failed: around10).verdict == .refuted)
    #expect(verdict(.atLeast, 0.98, failed: [10, 10]).verdict == .inconclusive)
  }

  @Test func `shows what it judged as an availability`() throws {
    let result = verdict(.atLeast, 0.98, failed: (0..<60).map { 8 + $0 % 5 })
    let judged = try #require(result.judged)
    #expect(judged.value == 1 - 0.01)
    #expect(judged.interval?.contains(0.99) == true)
  }

  private func recovery(_ comparison: Expectation.Comparison, _ bound: Double, censored: Bool) -> Verdict {
    let expectation = Expectation(
      name: "e", metric: Metric(.recovery, of: "browsing"), comparison: comparison, bound: bound)
    return summary(outline(expectations: [expectation]), replications: 60) {
      Build.record(
        "base", $0, Build.tally(success: 1), windows: 1,
        recovery: RecoveryTime(
          workload: "browsing", duration: .seconds(60 + Int64($0 % 3)), isCensored: censored && $0 == 7))
    }.expectations[0].verdict
  }

  @Test func `does not take a censored recovery for one that is short enough`() {
    #expect(recovery(.atMost, 120, censored: false) == .supported)
    #expect(recovery(.atMost, 120, censored: true) == .inconclusive)
    #expect(recovery(.atMost, 30, censored: true) == .refuted)
    #expect(recovery(.atLeast, 30, censored: true) == .supported)
  }

  private func objective(target: Double, failed: [Int]) -> ObjectiveResult.Status {
    let objective = Objective(name: "o", indicator: Metric(.availability, of: "browsing"), target: target)
    return summary(outline(objectives: [objective]), replications: failed.count) {
      Build.record("base", $0, Build.tally(success: 1000 - failed[$0], failed: failed[$0]), windows: 1)
    }.objectives[0].status
  }

  @Test func `on an objective asks the whole interval`() {
    let around10 = (0..<20).map { 8 + $0 % 5 }
    #expect(objective(target: 0.98, failed: around10) == .met)
    #expect(objective(target: 0.995, failed: around10) == .missed)
    #expect(objective(target: 0.99, failed: around10) == .undecided)
    #expect(objective(target: 0.9995, failed: [0]) == .met)
    #expect(objective(target: 0.999, failed: [1, 1]) == .met)
  }
}
