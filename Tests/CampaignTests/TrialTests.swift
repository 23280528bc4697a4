import Model
import Statistics
import Testing

@testable import Campaign

/// A trial ends at the first replication at which all is decided, whoever computes how fast.
///
/// Mutations: a look that skips replications; a stop when the first hypothesis is decided; a verdict taken at the maximum.
@Suite struct `A trial` {
  private static let during = Metric(.availability, of: "browsing", in: Window(.duringFaults))

  private func expectation(_ name: String, above bound: Double) -> Model.Expectation {
    Model.Expectation(name: name, metric: Self.during, comparison: .atLeast, bound: bound)
  }

  private func outline(_ expectations: [Model.Expectation], maximum: Int = 200) -> CampaignOutline {
    let variant = CampaignPlan.Variant(
      name: "isolated", model: Fixture.model(), scenario: Fixture.scenario(expectations: expectations), overrides: [])
    return CampaignDesign(CampaignPlan.trial(of: variant, maximum: maximum, seed: 5)).outline
  }

  private func run(_ outline: CampaignOutline, jobs: Int = 1, cancellation: Cancellation = Cancellation()) -> Trial {
    Trial(
      CampaignRun(outline, jobs: jobs, stopsOnceDecided: true)
        .execute(journal: UnrecordedReplications(), cancellation: cancellation) { FormulaRunner(outline) })
  }

  /// What the replications say of the availability: 1 minus the part of 1,000 requests that `FormulaRunner` loses.
  private func losses(_ outline: CampaignOutline, count: Int) throws -> [Double] {
    try (0..<count).map { replication in
      let record = FormulaRunner.record(outline, variant: 0, replication: replication)
      let window = try #require(outline.index(of: Self.during.window))
      return Double(record.outcome.workloads[0].windows[window].failed) / 1000
    }
  }

  /// The first n at which each of the claims `loss <= allowed` is decided.
  private func firstDecided(_ allowed: [Double], _ losses: [Double]) -> Int? {
    (1...losses.count).first { n in
      allowed.allSatisfy {
        MeanHypothesis(.atMost, $0).judge(
          Array(losses.prefix(n)), confidence: 0.95, within: 0...1, rarest: Scenario.usualRarestIncident,
          withInterval: false
        ).verdict
          != .inconclusive
      }
    }
  }

  @Test(arguments: [[0.98], [0.999], [0.98, 0.995], [0.988, 0.9]])
  func `ends at the first look at which every hypothesis is decided`(bounds: [Double]) throws {
    let outline = outline(bounds.enumerated().map { expectation("e\($0.offset)", above: $0.element) })
    let losses = try losses(outline, count: 200)
    let expected = try #require(firstDecided(bounds.map { 1 - $0 }, losses))
    let trial = run(outline)
    #expect(trial.replications == expected)
    #expect(expected > 1 && expected < 200)
    #expect(!trial.isInterrupted)
    #expect(trial.expectations.allSatisfy { $0.verdict != .inconclusive })
  }

  @Test func `is the same with any number of jobs`() {
    let outline = outline([expectation("a", above: 0.98), expectation("b", above: 0.9885)])
    let one = run(outline)
    for jobs in [2, 3, 8] {
      let many = run(outline, jobs: jobs)
      #expect(many.replications == one.replications)
      #expect(many.expectations == one.expectations)
      #expect(many.result.fingerprint == one.result.fingerprint)
    }
  }

  @Test func `runs to its maximum where the truth is on the bound`() throws {
    let losses = try losses(outline([expectation("on-the-bound", above: 0.5)]), count: 40)
    let mean = losses.reduce(0, +) / 40
    let trial = run(outline([expectation("on-the-bound", above: 1 - mean)], maximum: 40), jobs: 3)
    #expect(trial.replications == 40)
    #expect(trial.expectations.map(\.verdict) == [.inconclusive])
    #expect(!trial.isInterrupted)
  }

  @Test func `needs a single replication to see that nothing lost is not so`() throws {
    let outline = outline([expectation("nothing-lost", above: 1)])
    let first = try #require(try losses(outline, count: 20).firstIndex { $0 > 0 })
    #expect(run(outline).replications == first + 1)
  }

  @Test func `that is interrupted before it began has decided nothing`() {
    let cancellation = Cancellation()
    cancellation.cancel()
    let trial = run(outline([expectation("a", above: 0.98)]), cancellation: cancellation)
    #expect(trial.isInterrupted)
    #expect(trial.replications == 0)
    #expect(trial.expectations.map(\.verdict) == [.inconclusive])
  }

  /// Bets that assume nothing about the values judge; the interval that is told is valid as their number grows.
  @Test func `tells a metric with an interval that holds at any look, within that by which it is judged`() throws {
    let trial = run(outline([expectation("a", above: 0.98)]))
    let judged = try #require(trial.expectations[0].judged)
    let told = try #require(trial.sequence(of: Self.during))
    #expect((told.value - judged.value).magnitude < 1e-12)
    let (low, high) = (try #require(told.low), try #require(told.high))
    #expect(low < told.value && told.value < high)
    #expect(low >= (judged.low ?? 1) && high <= (judged.high ?? 0))
    #expect(trial.sequence(of: Metric(.availability, of: "nobody", in: .run)) == nil)
  }
}
