import Engine
import Model
import Statistics
import Testing

@testable import Campaign

// Swift Testing has one too.
private typealias Expectation = Model.Expectation

/// Expectations that compare with the twin, or ask for a share of the replications, on made-up outcomes.
@Suite struct `An expectation` {
  private let availability = Metric(.availability, of: "browsing")

  /// - Parameters:
  ///   - failed: of 10,000 requests, in each replication, and in its twin.
  private func judge(
    _ expectation: Expectation, failed: [Int], twin: [Int]? = nil, inFlight: Int = 0
  ) -> ExpectationResult {
    let plan = Fixture.plan(models: [Fixture.model()], scenario: Fixture.scenario(expectations: [expectation]))
    return Build.result(CampaignDesign(plan).outline, replications: failed.count) { variant, replication in
      let own = Build.record(
        variant, replication,
        Build.tally(success: 10_000 - failed[replication] - inFlight, failed: failed[replication], inFlight: inFlight),
        windows: 3)
      guard let twin else { return own }
      return ReplicationRecord(
        variant: variant, outcome: own.outcome, recoveries: [], twinFingerprint: 1,
        twinValues: [Double(twin[replication]) / 10_000], requests: 1)
    }.summaries[0].expectations[0]
  }

  private func expectation(
    _ comparison: Expectation.Comparison, _ bound: Double, twin factor: Double? = nil, share: Double? = nil
  ) -> Expectation {
    Expectation(
      name: "e", metric: availability, comparison: comparison, bound: bound, twinFactor: factor, share: share)
  }

  // Replications lose 0 to 300 requests by chance and 10 more than their twins: unpaired, that can't be told.
  @Test func `is compared with the twin of each replication`() throws {
    let twins = (0..<60).map { $0 * 37 % 300 }
    let failed = twins.indices.map { twins[$0] + 8 + $0 % 5 }
    let close = judge(expectation(.atLeast, -0.002, twin: 1), failed: failed, twin: twins)
    #expect(close.verdict == .supported)
    let judged = try #require(close.judged)
    let interval = try #require(judged.interval)
    #expect(abs(judged.value + 0.001) < 1e-12)
    #expect(interval.high < 0)
    #expect(interval.low > -0.002)
    let mean: Double = 1 - Double(twins.reduce(0, +)) / 600_000
    let twin = try #require(close.twin)
    #expect(abs(twin - mean) < 1e-12)
    #expect(judge(expectation(.atLeast, -0.0005, twin: 1), failed: failed, twin: twins).verdict == .refuted)
    #expect(judge(expectation(.atLeast, -0.001, twin: 1), failed: failed, twin: twins).verdict == .inconclusive)
    // Without the twin: 1.5% lost on average, from 0 to 3.1%.
    #expect(judge(expectation(.atLeast, 0.984), failed: failed).verdict == .inconclusive)
  }

  // A loss of 2% against 1%: 0.98 of 0.99 is 0.9702, 0.995 of it 0.98505.
  @Test func `is compared with a multiple of the twin`() throws {
    let twins = (0..<60).map { 90 + $0 % 21 }
    let failed = twins.map { 2 * $0 }
    #expect(judge(expectation(.atLeast, 0, twin: 0.98), failed: failed, twin: twins).verdict == .supported)
    let refuted = judge(expectation(.atLeast, 0, twin: 0.995), failed: failed, twin: twins)
    #expect(refuted.verdict == .refuted)
    // 1 - 0.02 - 0.995 x (1 - 0.01), with the mean of 90 to 110 being 99.7 of 10,000.
    let loss: Double = Double(twins.reduce(0, +)) / 600_000
    let expected: Double = 1 - 2 * loss - 0.995 * (1 - loss)
    let judged = try #require(refuted.judged)
    #expect(abs(judged.value - expected) < 1e-12)
  }

  @Test func `has nothing to compare with where no twin was run`() {
    let result = judge(expectation(.atLeast, -0.1, twin: 1), failed: [0, 0])
    #expect(result.verdict == .inconclusive && result.doubt == .untold && result.judged == nil)
  }

  // (n + 1) 0.9^n <= 5% from n = 69 on.
  @Test func `asks for a share of the replications`() throws {
    let most = expectation(.atLeast, 0.99, share: 0.9)
    let all = judge(most, failed: [Int](repeating: 100, count: 69))
    #expect(all.verdict == .supported && all.method == .binomialMixture)
    let fewer = judge(most, failed: [Int](repeating: 100, count: 68))
    #expect(fewer.verdict == .inconclusive && fewer.doubt == .tooFewAlike(needed: 69))
    let mixed = judge(most, failed: (0..<60).map { $0.isMultiple(of: 2) ? 0 : 101 })
    #expect(mixed.verdict == .refuted)
    #expect(try #require(mixed.keeping).count == 30 && mixed.judged?.value == 0.5)
    // A loss of exactly 1% is no less than 99%, but not more.
    #expect(judge(expectation(.above, 0.99, share: 0.9), failed: [Int](repeating: 100, count: 69)).verdict == .refuted)
  }

  @Test func `asks for a share of the replications that are no worse than their twins`() {
    let twins = (0..<69).map { $0 * 37 % 300 }
    let same = judge(expectation(.atLeast, 0, twin: 1, share: 0.9), failed: twins, twin: twins)
    #expect(same.verdict == .supported)
  }

  @Test func `of a share is not supported by what had not ended`() {
    let most = expectation(.atLeast, 0.99, share: 0.9)
    let stuck = judge(most, failed: [Int](repeating: 0, count: 80), inFlight: 300)
    #expect(stuck.verdict == .inconclusive && stuck.doubt == .unfinished(share: 0.03))
    #expect(judge(most, failed: [Int](repeating: 0, count: 80), inFlight: 50).verdict == .supported)
  }

  @Test func `of recoveries takes a censored one for as long as it may be`() {
    func judge(_ comparison: Expectation.Comparison, _ bound: Double, censored: Int) -> ExpectationResult {
      let expectation = Expectation(
        name: "e", metric: Fixture.recovery, comparison: comparison, bound: bound, share: 0.9)
      let plan = Fixture.plan(models: [Fixture.model()], scenario: Fixture.scenario(expectations: [expectation]))
      return Build.result(CampaignDesign(plan).outline, replications: 70) { variant, replication in
        Build.record(
          variant, replication, Build.tally(success: 1), windows: 3,
          recovery: RecoveryTime(
            workload: "browsing", duration: .seconds(60), isCensored: replication < censored))
      }.summaries[0].expectations[0]
    }
    #expect(judge(.atMost, 90, censored: 0).verdict == .supported)
    #expect(judge(.atMost, 90, censored: 30).doubt == .censored)
    #expect(judge(.atMost, 50, censored: 30).verdict == .refuted)
    #expect(judge(.atLeast, 90, censored: 70).doubt == .censored)
    #expect(judge(.atLeast, 90, censored: 0).verdict == .refuted)
  }
}

/// A thousand campaigns through the engine, of a system whose loss is known exactly.
@Suite struct `Verdicts on a simulated loss` {
  /// One thread, no queue, an arrival every 100 ms, and exponential work with a mean of 100 ms / ln 5. After an arrival the
  /// thread is busy, whether it took this request or has the one before, and it forgets for how long: so each request is
  /// refused with probability exp(-ln 5) = 20%, independently of all others.
  ///
  /// In 2 s come 20 of them.
  private static func program() throws -> Program {
    let model = SystemModel(
      name: "loss",
      time: TimeFrame(
        warmup: SimulationDuration(nanoseconds: 350_000_000), horizon: SimulationDuration(nanoseconds: 2_350_000_000),
        start: .zero),
      workloads: [
        Workload(
          name: "users", arrivals: .constant(Rate(perSecond: 10)),
          call: Dependency(name: "call", target: EndpointPath(service: "desk", endpoint: "serve")))
      ],
      services: [
        Service(
          name: "desk", pool: Pool(threads: 1, queue: .bounded(0)),
          endpoints: [
            Endpoint(name: "serve", steps: [Step(.work(.exponential(try .init(mean: 0.1 / 1.6094379124341003))))])
          ])
      ])
    return Program(model: model, scenario: nil, windows: [.run])
  }

  private static let seeds = 1000

  /// The first verdict of each campaign of at most `replications` on a loss of at most `bound`.
  private static func verdicts(bound: Double, replications: Int) throws -> [Verdict] {
    let hypothesis = MeanHypothesis(.atMost, bound)
    var simulation = Simulation(try program())
    return (0..<seeds).map { seed in
      var test = MeanTest(bound: bound, within: 0...1, confidence: 0.95, rarest: 0.05)
      for replication in 0..<replications {
        guard let outcome = simulation.run(seed: UInt64(seed), replication: replication),
          let loss = outcome.workloads[0].windows[0].unavailability
        else { continue }
        test.add(loss)
        let verdict = hypothesis.verdict(by: test).verdict
        if verdict != .inconclusive { return verdict }
      }
      return .inconclusive
    }
  }

  @Test func `are seldom wrong with the truth at the bound`() throws {
    let verdicts = try Self.verdicts(bound: 0.2, replications: 12)
    // At most 5% and what chance adds to that in a thousand, but for one case in a million.
    #expect(verdicts.count { $0 == .supported } <= 87)
    #expect(verdicts.count { $0 == .refuted } <= 87)
  }

  @Test func `are there in nine campaigns of ten with the truth well away from the bound`() throws {
    let supported = try Self.verdicts(bound: 0.6, replications: 12)
    #expect(supported.count { $0 == .supported } >= 900 && !supported.contains(.refuted))
    let refuted = try Self.verdicts(bound: 0.05, replications: 12)
    #expect(refuted.count { $0 == .refuted } >= 900 && !refuted.contains(.supported))
  }
}
