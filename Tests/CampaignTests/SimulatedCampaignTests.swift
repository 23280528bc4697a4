import Engine
import Model
import Sampling
import Testing

@testable import Campaign

/// A service of which one variant has too few threads; it is down from 30 s to 60 s.
private func plan(replications: Int = 3) throws -> CampaignPlan {
  func model(threads: Int) throws -> SystemModel {
    SystemModel(
      name: "small", time: TimeFrame(warmup: .seconds(10), horizon: .seconds(120), start: .zero),
      workloads: [
        Workload(
          name: "browsing", arrivals: .poisson(Rate(perSecond: 40)),
          call: Dependency(name: "call", target: EndpointPath(service: "api", endpoint: "home")))
      ],
      services: [
        Service(
          name: "api", pool: Pool(threads: threads, queue: .bounded(20)),
          endpoints: [Endpoint(name: "home", steps: [Step(.work(.exponential(try .init(mean: 0.1))))])])
      ])
  }
  let scenario = Scenario(
    name: "down",
    faults: [
      Fault(
        name: "down", at: .seconds(30), duration: .seconds(30), effect: .unavailable, target: .service("api"),
        scope: .everything, salt: nil)
    ], expectations: [], confidence: 0.95)
  return CampaignPlan(
    name: "threads",
    variants: [
      CampaignPlan.Variant(name: "enough", model: try model(threads: 16), scenario: scenario, overrides: []),
      CampaignPlan.Variant(name: "few", model: try model(threads: 3), scenario: scenario, overrides: []),
    ],
    baseline: "enough",
    outcomes: [
      Metric(.availability, of: "browsing"), Metric(.availability, of: "browsing", in: Window(.duringFaults)),
      Metric(.recovery, of: "browsing"),
    ],
    replications: CampaignPlan.Replications(minimum: replications, maximum: replications, until: nil), confidence: 0.95,
    seed: 20170)
}

@Suite struct `A simulated campaign` {
  @Test func `is the same with one job as with many`() throws {
    let design = CampaignDesign(try plan())
    let one = CampaignRun.execute(design, jobs: 1, journal: UnrecordedReplications())
    let many = CampaignRun.execute(design, jobs: 4, journal: UnrecordedReplications())
    #expect(one.replications == 3)
    #expect(one.fingerprint == many.fingerprint)
    #expect(one.summaries.map(\.outcomes) == many.summaries.map(\.outcomes))
    #expect(one.comparisons() == many.comparisons())
  }

  @Test func `is down while it is down, recovers, and is compared on the same arrivals`() throws {
    let result = CampaignRun.execute(CampaignDesign(try plan()), jobs: 2, journal: UnrecordedReplications())
    let (enough, few) = (result.summaries[0], result.summaries[1])
    #expect(enough.outcomes[1].estimate?.value == 0)
    // With 16 threads for 4 erlangs nothing but the fault fails, so it is over with the fault.
    #expect(enough.outcomes[2].estimate?.value == 0)
    #expect(enough.outcomes[2].censored == 0)
    #expect(enough.workloads[0].windows.map(\.arrivals) == few.workloads[0].windows.map(\.arrivals))
    // 3 threads serve at most 30 of 40 a second.
    let comparison = try #require(result.comparisons()?.outcomes.first)
    #expect(comparison.verdict == .worse)
    #expect(comparison.sentence.contains("api's pool was full for"))
  }
}
