import Model
import Testing

@testable import ModelFile

@Suite struct `A campaign file` {
  private let outage = """
    scenario: outage
    model: ../elsewhere.yaml
    faults:
      down: {at: 3min, for: 3min, inject: hang, target: viewing-history}
    """

  private let isolation = """
    campaign: isolation
    model: ../vod.yaml
    scenario: ../scenarios/outage.yaml
    variants:
      paved-road: {}
      shared-pool:
        set:
          services.edge-api.dependencies.history.bulkhead: none
          services.edge-api.dependencies.history.breaker: none
          faults.down.for: 1min
      no-fallback: {set: {services.edge-api.dependencies.history.fallback: none}}
    outcomes: [availability(viewers) during faults, availability(browsing) during faults, recovery(viewers)]
    replications: {min: 20, max: 200, until: availability(viewers) during faults +- 0.05%}
    """

  private func campaign(_ text: String, set overrides: [CampaignPlan.Override] = []) throws -> CampaignDocument {
    let files = ["vod.yaml": vod, "scenarios/outage.yaml": outage]
    let document = try ModelFile.decode(text: text, path: "campaigns/c.yaml", files: files, overrides: overrides)
    guard case .campaign(let document) = document else { throw WrongDocument() }
    return document
  }

  @Test func `says what is compared, on what and how precisely`() throws {
    let plan = try campaign(isolation).plan
    #expect(plan.name == "isolation")
    #expect(plan.variants.map(\.name) == ["paved-road", "shared-pool", "no-fallback"])
    #expect(plan.baseline == "paved-road")
    #expect(
      plan.outcomes == [
        Metric(.availability, of: "viewers", in: Window(.duringFaults)),
        Metric(.availability, of: "browsing", in: Window(.duringFaults)), Metric(.recovery, of: "viewers"),
      ])
    #expect(
      plan.replications
        == .init(
          minimum: 20, maximum: 200,
          until: .init(
            metric: Metric(.availability, of: "viewers", in: Window(.duringFaults)), halfWidth: 0.0005)))
    #expect(plan.confidence == 0.95)
    #expect(plan.seed == 20170)
  }

  @Test func `makes each variant from the model and its overrides`() throws {
    let document = try campaign(isolation)
    let variants = document.plan.variants
    #expect(variants[0].model == document.model.model)
    let shared = try variants[1].model.service("edge-api").dependency("history")
    #expect(shared.bulkhead == nil)
    #expect(shared.breaker == nil)
    #expect(shared.retry?.attempts == 2)
    #expect(variants[1].scenario?.faults.first?.duration == .seconds(60))
    #expect(variants[0].scenario?.faults.first?.duration == .seconds(180))
    #expect(variants[1].overrides.first?.path == "services.edge-api.dependencies.history.bulkhead")
    #expect(variants[1].overrides.first?.value == "none")
    let noFallback = try variants[2].model.service("edge-api").dependency("history")
    #expect(noFallback.fallback == nil)
    #expect(noFallback.bulkhead == .threads(10, queue: .bounded(5)))
    #expect(Set(document.variantTexts).count == 3)
  }

  @Test func `takes overrides of the command line for all of its variants`() throws {
    let document = try campaign(isolation, set: [.init(path: "services.edge-api.replicas", value: "3")])
    for variant in document.plan.variants {
      #expect(try variant.model.service("edge-api").replicas == 3)
    }
  }

  @Test func `may run a fixed number of replications, and a model on a fine day`() throws {
    let text = """
      campaign: c
      model: ../vod.yaml
      variants: {a: {}, b: {set: {services.*.replicas: 4}}}
      baseline: b
      outcomes: [full-fidelity(viewers)]
      replications: 7
      seed: 42
      """
    let plan = try campaign(text).plan
    #expect(plan.replications == .init(minimum: 7, maximum: 7, until: nil))
    #expect(plan.baseline == "b")
    #expect(plan.seed == 42)
    #expect(plan.variants.allSatisfy { $0.scenario == nil })
    #expect(plan.variants[1].model.services.allSatisfy { $0.replicas == 4 })
  }

  @Test func `prints the seed and the other defaults that it assumes`() throws {
    let lines = try campaign(isolation).explanation.assumptionLines
    #expect(lines.contains("seed = 20170"))
    #expect(lines.contains("confidence = 95%"))
  }

  @Test(arguments: [
    ("replications: {min: 20,", "replications: {min: 300,", DiagnosticID.outOfRange),
    (", until: availability(viewers) during faults +- 0.05%", "", .missingKey),
    (
      "outcomes: [availability(viewers) during faults, availability(browsing) during faults, recovery(viewers)]",
      "outcomes: []", .outOfRange
    ),
    ("variants:", "factors: {}\nvariants:", .notSupportedYet),
    ("variants:", "uncertain: {}\nvariants:", .notSupportedYet),
    ("../scenarios/outage.yaml", "../vod.yaml", .wrongDocument),
    ("../vod.yaml", "../nowhere.yaml", .fileNotFound),
  ])
  func `refuses what makes no sense with exactly one reason`(old: String, new: String, id: DiagnosticID) {
    let text = isolation.replacingFirst(old, with: new)
    let files = ["vod.yaml": vod, "scenarios/outage.yaml": outage]
    #expect(errors(in: text, path: "campaigns/c.yaml", files: files).map(\.id) == [id])
  }
}
