import Foundation
import Model
import Sampling
import Testing

@testable import Campaign

// Swift Testing has one too.
private typealias Expectation = Model.Expectation

@Suite struct `A campaign's design` {
  @Test func `keeps the windows that anything asks for, the run first and each once`() {
    let early = Window(.between(.seconds(60), .seconds(120)))
    let scoped = Window(.duringFaults, among: .scoped)
    let expectation = Expectation(
      name: "plays", metric: Metric(.availability, of: "browsing", in: scoped), comparison: .atLeast, bound: 0.9)
    let objective = Objective(
      name: "home", indicator: Metric(.fullFidelity, of: "browsing", in: Window(.afterFaults)), target: 0.9)
    let plan = Fixture.plan(
      models: [Fixture.model(objectives: [objective])],
      scenario: Fixture.scenario(expectations: [expectation]),
      outcomes: [Metric(.availability, of: "browsing"), Metric(.latencyP99, of: "browsing", in: early)])
    #expect(plan.requiredWindows == [.run, Window(.duringFaults), early, Window(.afterFaults), scoped])
  }

  @Test func `has no window for faults where nothing is injected`() {
    let plan = Fixture.plan(scenario: nil, outcomes: [Metric(.availability, of: "browsing")])
    #expect(plan.requiredWindows == [.run])
  }

  @Test func `has twins only where a recovery is asked for and something is injected`() {
    #expect(CampaignDesign(Fixture.plan()).variants.allSatisfy { $0.twin?.injectsFaults == false })
    #expect(CampaignDesign(Fixture.plan(outcomes: [Fixture.duringFaults])).variants.allSatisfy { $0.twin == nil })
    #expect(CampaignDesign(Fixture.plan(scenario: nil)).variants.allSatisfy { $0.twin == nil })
  }

  @Test func `has twins where something is compared with them, and keeps windows for what is`() {
    let compared = Expectation(
      name: "e", metric: Fixture.duringFaults, comparison: .atLeast, bound: -0.01, twinFactor: 1)
    let plain = Expectation(name: "p", metric: Fixture.duringFaults, comparison: .atLeast, bound: 0.9)
    func design(_ expectations: [Expectation]) -> CampaignDesign {
      CampaignDesign(
        Fixture.plan(scenario: Fixture.scenario(expectations: expectations), outcomes: [Fixture.duringFaults]))
    }
    #expect(design([compared]).variants.allSatisfy { $0.twin?.windows == $0.program.windows })
    #expect(design([compared, plain]).outline.variants[0].twinMetrics == [Fixture.duringFaults])
    #expect(design([plain]).variants.allSatisfy { $0.twin == nil })
    // What the twin is asked for is kept with the replications, so it decides what they yield.
    #expect(design([compared]).planHash != design([plain]).planHash)
  }

  @Test func `knows from when until when faults are injected`() {
    let period = FaultPeriod(of: Fixture.scenario(), horizon: .seconds(600))
    #expect(period?.start == .zero + .seconds(180))
    #expect(period?.end == .zero + .seconds(360))
    #expect(FaultPeriod(of: Fixture.scenario(), horizon: .seconds(200))?.end == .zero + .seconds(200))
    #expect(FaultPeriod(of: Fixture.scenario(), horizon: .seconds(100)) == nil)
    #expect(FaultPeriod(of: nil, horizon: .seconds(600)) == nil)
  }

  @Test func `knows when no fault is active in between`() throws {
    func fault(_ start: Int64, _ seconds: Int64) -> Fault {
      Fault(
        name: "at-\(start)", at: .seconds(start), duration: .seconds(seconds), effect: .hang, target: .service("api"),
        scope: .everything, salt: nil)
    }
    // 60 to 120 within 50 to 130; 130 to 140 touches it; 420 on its own, cut at the horizon; 700 comes too late.
    let scenario = Scenario(
      name: "many", faults: [fault(420, 300), fault(60, 60), fault(50, 80), fault(130, 10), fault(700, 10)],
      expectations: [], confidence: 0.95)
    let period = try #require(FaultPeriod(of: scenario, horizon: .seconds(600)))
    #expect(period.spans.map { ($0.start - .zero).seconds } == [50, 420])
    #expect(period.spans.map { ($0.end - .zero).seconds } == [140, 600])
    #expect(period.start == .zero + .seconds(50) && period.end == .zero + .seconds(600))
    #expect(FaultPeriod(start: .zero, end: .zero + .seconds(9)).spans.count == 1)
  }

  @Test func `is read from results that were kept before its overrides were`() throws {
    let override = CampaignPlan.Override(path: "time.horizon", value: "9min")
    let outline = CampaignDesign(Fixture.plan(), overrides: [override]).outline
    let kept = try JSONDecoder().decode(CampaignOutline.self, from: JSONEncoder().encode(outline))
    #expect(kept == outline && kept.overrides == [override])
    let without = CampaignDesign(Fixture.plan()).outline
    let old = try JSONEncoder().encode(without)
    #expect(!String(decoding: old, as: UTF8.self).contains("ommonOverrides"))
    #expect(try JSONDecoder().decode(CampaignOutline.self, from: old).overrides.isEmpty)
  }
}

@Suite struct `A plan's hash` {
  private func hash(_ plan: CampaignPlan) -> UInt64 { CampaignDesign(plan).planHash }

  @Test func `changes with what a replication yields`() {
    let original = hash(Fixture.plan())
    #expect(hash(Fixture.plan(seed: 2)) != original)
    #expect(hash(Fixture.plan(models: [Fixture.model(), Fixture.model(threads: 6)])) != original)
    #expect(hash(Fixture.plan(scenario: nil)) != original)
    #expect(hash(Fixture.plan(outcomes: [Metric(.availability, of: "browsing")])) != original)
  }

  @Test func `stays when there are more replications, or an expectation on a window that is kept anyway`() {
    let original = hash(Fixture.plan())
    #expect(hash(Fixture.plan(maximum: 500)) == original)
    let expectation = Expectation(name: "a", metric: Fixture.duringFaults, comparison: .atLeast, bound: 0.5)
    #expect(hash(Fixture.plan(scenario: Fixture.scenario(expectations: [expectation]))) == original)
  }

  @Test func `does not depend on the order in which a set lists its elements`() {
    let all = FailureReason.allCases
    let one = Fixture.model(retryOn: Set(all))
    var reversed = Set<FailureReason>(minimumCapacity: 64)
    for reason in all.reversed() { reversed.insert(reason) }
    #expect(hash(Fixture.plan(models: [one])) == hash(Fixture.plan(models: [Fixture.model(retryOn: reversed)])))
  }

  @Test func `is the same in every process`() {
    struct Sample {
      let name = "a"
      let count: Int32 = 3
      let rate: Double? = 0.5
      let window = Window.Period.between(.seconds(1), .seconds(2))
      let reasons: Set<FailureReason> = [.timeout, .error]
      let none: Int? = nil
    }
    var hash = StructuralHash()
    hash.combine(Sample())
    // A golden: copied from this code's own output. A change makes campaigns that were begun before unresumable.
    #expect(hash.value == 11_005_039_615_382_094_186)
  }
}
