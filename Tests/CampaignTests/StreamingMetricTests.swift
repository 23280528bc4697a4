import Engine
import Model
import Testing

@testable import Campaign

@Suite struct `Metrics of sessions and CDNs` {
  private let sessions = Streamed.sessions(
    attempts: 110, starts: 80, startFailures: 15, exits: 5, plays: 50, abandoned: 4, playbackFailures: 2, played: 7000,
    stalled: 200, stalls: 6, fetched: 1000, nominalBits: 3e9)
  private let cdn = Streamed.cdn(
    requests: 1000, hits: 600, stale: 50, collapsed: 150, origin: 400, originBytes: 5_000_000_000,
    egressBytes: 40_000_000_000)

  /// The definitions of `Metric.Quantity`, worked out by hand: of 100 starts that ended 20 were lost; 2 h were watched.
  @Test(arguments: [
    (Metric.Quantity.startsLost, "sessions", 0.2), (.startFailures, "north", 0.15), (.exitsBeforeStart, "alpha", 0.05),
    (.rebufferingRatio, "sessions", 200.0 / 7200), (.stallsPerHour, "sessions", 3), (.playbackFailures, "north", 0.04),
    (.abandonments, "sessions", 0.08), (.bitrate, "sessions", 3e6), (.startsRate, "sessions", 0.8),
    (.hitRatio, "alpha", 0.8), (.offload, "alpha", 0.875), (.originRate, "alpha", 4), (.egress, "alpha", 3.2e9),
    (.cost, "alpha", 0.8), (.availability, "sessions", 0.8), (.latencyMean, "north", 0.03),
    (.latencyP50, "alpha", 0.05),
    (.latencyP95, "sessions", 0.01),
  ])
  func `follow from their counts`(quantity: Metric.Quantity, name: String, expected: Double) throws {
    let metric = Metric(quantity, of: name)
    let estimate = MetricEstimate(metric, in: Streamed.samples([(sessions, cdn)]), confidence: 0.95)
    let value = try #require(estimate.estimate?.value)
    #expect((value - expected).magnitude <= 1e-12 * expected)
    let record = Streamed.record("v", 0, sessions, cdn, seconds: [100])
    #expect(metric.value(in: record, windows: [.run]) == value)
  }

  @Test func `are not told where there is nothing to divide by, no price or no such name`() {
    let empty = Streamed.samples([(Streamed.sessions(), Streamed.cdn(requests: 0))], price: nil)
    for quantity in Metric.Quantity.allCases where quantity.subject == .sessions && quantity != .startsRate {
      #expect(MetricEstimate(Metric(quantity, of: "sessions"), in: empty, confidence: 0.95).estimate == nil)
    }
    for quantity in [Metric.Quantity.hitRatio, .shieldHitRatio, .offload, .cost] {
      #expect(MetricEstimate(Metric(quantity, of: "alpha"), in: empty, confidence: 0.95).estimate == nil)
    }
    #expect(MetricEstimate(Metric(.startsLost, of: "tv"), in: empty, confidence: 0.95).missing == 1)
    for name in ["sessions", "north", "alpha", "tv"] {
      #expect(MetricEstimate(Metric(.latencyMean, of: name), in: empty, confidence: 0.95).missing == 1)
    }
  }

  /// 0.999^80 > 2.5%.
  @Test func `are not told of startup times that are too few`() {
    let samples = Streamed.samples([(sessions, cdn)])
    #expect(MetricEstimate(Metric(.latencyP999, of: "north"), in: samples, confidence: 0.95).estimate == nil)
  }

  /// By hand: 1 of 10, 6 of 20 and 24 of 30 lost, as `RatioTests` has it.
  @Test func `are jackknifed ratios of sums`() throws {
    let samples = Streamed.samples(
      [(9, 1), (14, 6), (6, 24)].map { starts, failures in
        (
          Streamed.sessions(attempts: starts + failures, starts: starts, startFailures: failures),
          Streamed.cdn(requests: 1)
        )
      })
    let estimate = MetricEstimate(Metric(.startsLost, of: "sessions"), in: samples, confidence: 0.95)
    let expected = 3 * 31.0 / 60 - 2 * (30.0 / 50 + 25.0 / 40 + 7.0 / 30) / 3
    #expect((try #require(estimate.estimate?.value) - expected).magnitude < 1e-12)
    let availability = MetricEstimate(Metric(.availability, of: "sessions"), in: samples, confidence: 0.95)
    #expect(availability.loss?.value == estimate.estimate?.value)
  }

  /// 1 - x is accumulated as x: a miss in 3 x 10^9 requests is told with all its digits.
  @Test func `keep the digits of what is nearly whole`() {
    let samples = Streamed.samples([(Streamed.sessions(), Streamed.cdn(requests: 3_000_000_000, hits: 2_999_999_999))])
    let estimate = MetricEstimate(Metric(.hitRatio, of: "alpha"), in: samples, confidence: 0.95)
    #expect(estimate.loss?.value == 1.0 / 3_000_000_000)
    #expect(MetricEstimate(Metric(.startsLost, of: "sessions"), in: samples, confidence: 0.95).loss == nil)
  }

  @Test func `may be below zero where it is an offload`() {
    let samples = Streamed.samples(
      (0..<3).map { (Streamed.sessions(), Streamed.cdn(requests: 1, originBytes: 150 + 10 * $0, egressBytes: 100)) })
    let estimate = MetricEstimate(Metric(.offload, of: "alpha"), in: samples, confidence: 0.95).estimate
    #expect((estimate?.value ?? 0) + 0.6 < 1e-12)
    #expect((estimate?.low ?? 0) < -0.6)
  }
}

@Suite struct `Verdicts on streaming` {
  private func result(
    _ metric: Metric = Metric(.startsLost, of: "sessions"), lost: (Int) -> Int, starting: Int = 0, bound: Double
  ) -> ExpectationResult {
    let outline = CampaignDesign(Fixture.plan(models: [Fixture.model()])).outline
    let samples = Streamed.samples(
      (0..<60).map { replication in
        let failures = lost(replication)
        return (
          Streamed.sessions(attempts: 1000 + starting, starts: 1000 - failures, startFailures: failures),
          Streamed.cdn(requests: 1)
        )
      })
    let expectation = Expectation(name: "starts", metric: metric, comparison: .atMost, bound: bound)
    return ExpectationResult(expectation, of: outline.variants[0], in: samples)
  }

  @Test func `support, refute and doubt an upper bound`() {
    #expect(result(lost: { 20 + $0 % 5 }, bound: 0.05).verdict == .supported)
    #expect(result(lost: { 80 + $0 % 5 }, bound: 0.05).verdict == .refuted)
    #expect(result(lost: { 40 + 20 * ($0 % 2) }, bound: 0.05).verdict == .inconclusive)
  }

  /// Of 1,100 starts 100 had not ended: had they failed, 120 of 1,100 would be lost.
  @Test func `are withheld where starts that have not ended could turn them`() {
    let result = result(lost: { 20 + $0 % 5 }, starting: 100, bound: 0.05)
    #expect(result.verdict == .inconclusive)
    #expect(result.doubt == .unfinished(share: 100.0 / 1100))
  }

  /// Starts of a region take 30 ms and those of a CDN 50 ms.
  @Test(arguments: [("north", 0.03), ("alpha", 0.05)]) func `are told of startup times too`(name: String, time: Double)
  {
    let metric = Metric(.latencyP95, of: name)
    #expect(result(metric, lost: { 20 + $0 % 5 }, bound: time * 1.1).verdict == .supported)
    #expect(result(metric, lost: { 20 + $0 % 5 }, bound: time * 0.9).verdict == .refuted)
    let doubtful = result(metric, lost: { 20 + $0 % 5 }, starting: 100, bound: time * 1.1)
    #expect(doubtful.doubt == .unfinished(share: 100.0 / 1100))
  }

  @Test func `tell objectives in the direction that is better`() {
    let samples = Streamed.samples(
      (0..<10).map { _ in
        (
          Streamed.sessions(attempts: 10, starts: 10, fetched: 10, nominalBits: 4e7),
          Streamed.cdn(requests: 1, origin: 500)
        )
      })
    func status(_ quantity: Metric.Quantity, of name: String, _ target: Double) -> ObjectiveResult.Status {
      ObjectiveResult(
        Objective(name: "o", indicator: Metric(quantity, of: name), target: target), in: samples, confidence: 0.95
      ).status
    }
    #expect(status(.bitrate, of: "sessions", 3e6) == .met)
    #expect(status(.bitrate, of: "sessions", 5e6) == .missed)
    #expect(status(.originRate, of: "alpha", 6) == .met)
    #expect(status(.originRate, of: "alpha", 4) == .missed)
  }
}

@Suite struct `A campaign with sessions` {
  private static let cost = Metric(.cost, of: "alpha")

  private func result() -> CampaignResult {
    let base = CampaignDesign(Fixture.plan(models: [Fixture.model(), Fixture.model(threads: 5)])).outline
    let outline = CampaignOutline(
      name: base.name, seed: base.seed, confidence: 0.95, baseline: base.baseline,
      outcomes: [Metric(.rebufferingRatio, of: "sessions", in: Window(.duringFaults)), Self.cost],
      replications: base.replications, windows: base.windows, variants: base.variants)
    return Build.result(outline, replications: 10) { variant, replication in
      let isOther = variant != "isolated"
      return Streamed.record(
        variant, replication,
        Streamed.sessions(
          attempts: 10, starts: 10, plays: 10, played: 1000, stalled: Int64(10 + replication % 3 + (isOther ? 50 : 0)),
          stalls: 1, fetched: 1000, nominalBits: 1e9),
        Streamed.cdn(requests: 100, hits: 90, originBytes: 1, egressBytes: isOther ? 300_000_000_000 : 100_000_000_000),
        seconds: outline.windows.map { _ in 100 }, hitRatio: [nil, replication == 0 ? nil : 0.5])
    }
  }

  @Test func `compares ratios and money, in words`() throws {
    let table = try #require(result().comparisons())
    #expect(table.outcomes.map(\.verdict) == [.worse, .worse])
    #expect(table.outcomes[0].sentence.contains("the rebuffering ratio of `sessions` rises by 4."))
    #expect(table.outcomes[0].sentence.contains("points during faults"))
    #expect(table.outcomes[1].sentence.contains("the cost of `alpha` rises by 4"))
    #expect(table.outcomes[1].sentence.contains("USD"))
    let details = Set(table.details.map { "\($0.metric.quantity.rawValue)(\($0.metric.workload))" })
    #expect(
      details.isSuperset(of: [
        "starts-lost(sessions)", "latency-p50(sessions)", "bitrate(sessions)", "hit-ratio(alpha)", "latency-p50(alpha)",
      ]))
    #expect(!details.contains("availability(sessions)"))
    #expect(!details.contains("full-fidelity(alpha)"))
    #expect(!details.contains("shield-hit-ratio(alpha)"))
  }

  @Test func `sums up groups, CDNs and time`() throws {
    let summary = try #require(result().summaries.first)
    let streaming = try #require(summary.streaming)
    #expect(streaming.groups.map(\.name) == ["sessions", "north", "alpha"])
    #expect(streaming.toldAsWorkloads == ["sessions"])
    let startups = streaming.groups.map { $0.startups[0] }
    for (startup, time) in zip(startups, [0.01, 0.03, 0.05]) {
      #expect(((startup[.p50]?.estimate?.value ?? 0) - time).magnitude < 1e-12)
      #expect(startup.pooled.count == 100)
    }
    let run = try #require(streaming.all?.windows.first)
    #expect(run.total(.attempts) == 100)
    #expect(run.count(.attempts).value == 10)
    #expect(run[.startsLost]?.value == 0)
    #expect(streaming.cdns[0].windows[0].total(.hits) == 900)
    let timeline = try #require(summary.timeline)
    #expect(timeline.values(.sessions, "sessions", .concurrent) == [3, 4])
    // The first bin has no request in any replication, the second one none in the first replication.
    let hits = try #require(timeline.values(.cdn, "alpha", .hitRatio))
    #expect(hits[0].isNaN)
    #expect(hits[1] == 0.5)
  }
}
