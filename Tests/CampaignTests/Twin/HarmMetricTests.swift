import Engine
import Model
import Statistics
import Testing

@testable import Campaign

/// Metrics that the twin tells, and hypotheses that something is spared.
///
/// Mutations: a twin that is not run; hurt as a part of what arrived; endpoints told in windows.
@Suite struct `What faults have done to requests` {
  private func summary(
    _ outcomes: [Metric], _ faults: [Fault] = [TwinFixture.usersCannotAsk], expect: [Model.Expectation] = [],
    replications: Int = 2
  ) throws -> VariantSummary {
    let plan = CampaignPlan(
      name: "twins", variants: [try TwinFixture.variant(faults, expectations: expect)], baseline: "small",
      outcomes: outcomes,
      replications: CampaignPlan.Replications(minimum: replications, maximum: replications, until: nil),
      confidence: 0.95, seed: 1)
    return CampaignRun.execute(CampaignDesign(plan), jobs: 2, journal: UnrecordedReplications()).summaries[0]
  }

  private func spares(_ names: String, tolerance: Double = 0) -> Model.Expectation {
    Model.Expectation(name: "spared", metric: Metric(.collateral, of: names), comparison: .atMost, bound: tolerance)
  }

  @Test func `is told by metrics, in their windows`() throws {
    let told = try summary([
      Metric(.hurt, of: "users"), Metric(.hurt, of: "users", in: Window(.duringFaults)),
      Metric(.helped, of: "late"), Metric(.hurt, of: "late"), Metric(.collateral, of: "late, users"),
      Metric(.collateral, of: "late"),
    ]).outcomes.map { $0.estimate?.value }
    let expected = [30.0 / 110, 1, 15.0 / 55, 0, 30.0 / 110, 0]
    for (value, right) in zip(told, expected) {
      #expect((try #require(value) - right).magnitude < 1e-12)
    }
  }

  @Test func `is told of attempts at services and endpoints`() throws {
    // The desk fails 40 of 135 attempts, and 55 of 165 without the fault: none more.
    let desk = Metric(.collateral, of: "desk, desk.serve")
    #expect(try summary([desk]).outcomes[0].estimate?.value == 0)
    let refusing = TwinFixture.fault(.unavailable, .service("desk"))
    // At 31, …, 60 s of the users and at 32, …, 60 s of the late, who are refused without too.
    let told = try #require(try summary([desk], [refusing]).outcomes[0].estimate?.value)
    #expect((told - 30.0 / 165).magnitude < 1e-12)
    // 30 attempts of users and 15 of the late arrive meanwhile, all of which fail; of the late all did without.
    let windowed = [Window(.duringFaults), Window(.afterFaults), Window(.duringFaults, among: .scoped)].map {
      Metric(.collateral, of: "desk.serve", in: $0)
    }
    let values = try summary(windowed, [refusing]).outcomes.map { $0.estimate?.value }
    #expect((try #require(values[0]) - 30.0 / 45).magnitude < 1e-12)
    // Nor is it told of attempts by those whom a scope picks.
    #expect(values[1] == 0 && values[2] == nil)
  }

  @Test func `is not told where nothing is injected`() throws {
    #expect(try summary([Metric(.hurt, of: "users")], []).outcomes[0].estimate == nil)
  }

  @Test func `refutes at once that somebody is spared who is not`() throws {
    #expect(try summary([], expect: [spares("late, users")]).expectations[0].verdict == .refuted)
  }

  @Test func `supports that somebody is spared once enough replications say so`() throws {
    // ln 0.05 / ln 0.95 = 58.4.
    #expect(try summary([], expect: [spares("late")], replications: 58).expectations[0].verdict == .inconclusive)
    #expect(try summary([], expect: [spares("late")], replications: 59).expectations[0].verdict == .supported)
  }

  @Test func `may stay within a tolerance`() throws {
    let results = try [0.2, 0.3].map {
      try summary([], expect: [spares("late, users", tolerance: $0)], replications: 60).expectations[0].verdict
    }
    #expect(results == [.refuted, .supported])
  }

  @Test func `is kept in the record, and the same when read again`() throws {
    let plan = CampaignPlan(
      name: "twins", variants: [try TwinFixture.variant([TwinFixture.usersCannotAsk])], baseline: "small",
      outcomes: [Metric(.hurt, of: "users")],
      replications: CampaignPlan.Replications(minimum: 1, maximum: 1, until: nil), confidence: 0.95, seed: 1)
    let design = CampaignDesign(plan)
    let record = try #require(SimulationRunner(design).run(variant: 0, replication: 0, isCancelled: { false }))
    let counts = try #require(record.harm?.counts(of: "users", window: 0))
    #expect(counts.hurt == 30 && counts.compared == 110 && counts.unfinished == 0)
    #expect(record.twinFingerprint != nil)
    let metric = plan.outcomes[0]
    #expect(metric.value(in: record, windows: design.outline.windows) == 30.0 / 110)
  }
}
