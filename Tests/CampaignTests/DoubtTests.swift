import Engine
import Model
import Testing

@testable import Campaign

// Swift Testing has one too.
private typealias Expectation = Model.Expectation

@Suite struct `An expectation that is not decided` {
  /// What the replications say of `availability(browsing) >= bound`, each of 1,000 requests.
  private func result(failed: [Int], bound: Double) -> ExpectationResult {
    judge(
      Expectation(
        name: "plays", metric: Metric(.availability, of: "browsing"), comparison: .atLeast, bound: bound),
      replications: failed.count
    ) { Build.record("isolated", $0, Build.tally(success: 1000 - failed[$0], failed: failed[$0]), windows: 3) }
  }

  private func judge(
    _ expectation: Expectation, replications: Int, record: (Int) -> ReplicationRecord
  ) -> ExpectationResult {
    let plan = Fixture.plan(models: [Fixture.model()], scenario: Fixture.scenario(expectations: [expectation]))
    return Build.result(CampaignDesign(plan).outline, replications: replications) { record($1) }
      .summaries[0].expectations[0]
  }

  @Test func `says that there are too few replications`() {
    // 0.95^59 = 4.8%; without it 1.25^n would have decided.
    let result = result(failed: [Int](repeating: 0, count: 58), bound: 0.99)
    #expect(result.doubt == .tooFew(needed: 59, rarest: 0.05))
    #expect(
      result.doubt?.description == "at least 59 replications are needed to speak of incidents in 5% of them")
    #expect(self.result(failed: [Int](repeating: 0, count: 59), bound: 0.99).doubt == nil)
  }

  /// A system that hangs until the horizon has no failures, only requests that never end.
  @Test func `says that requests had not ended where a claim would not hold had they failed`() {
    func result(inFlight: Int, bound: Double) -> ExpectationResult {
      judge(
        Expectation(
          name: "plays", metric: Metric(.availability, of: "browsing"), comparison: .atLeast, bound: bound),
        replications: 60
      ) { Build.record("isolated", $0, Build.tally(success: 1000 - inFlight, inFlight: inFlight), windows: 3) }
    }
    let stuck = result(inFlight: 834, bound: 0.999)
    #expect(stuck.verdict == .inconclusive)
    #expect(stuck.doubt == .unfinished(share: 0.834))
    #expect(stuck.doubt?.description == "83.4% of the requests had not ended by the horizon")
    // The claim stands where they are few, or where it would hold all the same.
    #expect(result(inFlight: 1, bound: 0.9995).verdict == .supported)
    #expect(result(inFlight: 50, bound: 0.9).verdict == .supported)
  }

  @Test func `says that the interval contains the bound`() {
    let failed = (0..<60).map { $0.isMultiple(of: 2) ? 0 : 21 }
    #expect(result(failed: failed, bound: 0.99).doubt == .boundInside)
  }

  @Test func `says that no replication tells it, or only in part`() {
    let recovery = Expectation(
      name: "recovers", metric: Fixture.recovery, comparison: .atMost, bound: 240)
    let none = judge(recovery, replications: 12) { Build.record("isolated", $0, Build.tally(success: 1), windows: 3) }
    #expect(none.doubt == .untold)
    let censored = judge(recovery, replications: 60) {
      Build.record(
        "isolated", $0, Build.tally(success: 1), windows: 3,
        recovery: RecoveryTime(workload: "browsing", duration: .seconds(60), isCensored: $0 == 4))
    }
    #expect(censored.verdict == .inconclusive)
    #expect(censored.doubt == .censored)
  }

  @Test func `is judged by an interval of what can be`() {
    let losing = result(failed: (0..<12).map { $0 == 3 ? 40 : 0 }, bound: 0.99)
    #expect(losing.judged?.high == 1)
    let recovery = Expectation(name: "recovers", metric: Fixture.recovery, comparison: .atMost, bound: 240)
    let quick = judge(recovery, replications: 12) {
      Build.record(
        "isolated", $0, Build.tally(success: 1), windows: 3,
        recovery: RecoveryTime(workload: "browsing", duration: .seconds($0 == 3 ? 40 : 0), isCensored: false))
    }
    #expect(quick.judged?.low == 0)
  }
}
