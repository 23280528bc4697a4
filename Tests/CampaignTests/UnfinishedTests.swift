import Engine
import Model
import Testing

@testable import Campaign

/// Every claim about requests or starts, over 100 replications of a system of whose requests half never end: what ended
/// says that it holds, and what had not could break it. Where all ended, the same claims are supported.
///
/// Mutations: a quantity left out of `Unfinished`; unfinished attempts not counted; the bounds exchanged.
@Suite struct `What had not ended by the horizon` {
  struct Claim: CustomTestStringConvertible, Sendable {
    let quantity: Metric.Quantity
    let name: String
    /// Of the mean; otherwise in 80% of the runs.
    let isOfMean: Bool
    let factor: Double?
    /// The claim that is broken by what fails or takes long, or else by what succeeds.
    let isBrokenByFailure: Bool

    var testDescription: String {
      "\(quantity.rawValue)(\(name)) \(factor == nil ? "" : "twin ")\(isOfMean ? "" : "in 80% ")\(isBrokenByFailure)"
    }

    /// Requests that ended all did what the claim says: 10% away from it.
    var expectation: Model.Expectation {
      let isBetter = isBrokenByFailure == quantity.higherIsBetter
      let bound: Double =
        switch (quantity.unit, isBetter) {
        case (.seconds, _): factor == nil ? 0.1 : 0.05
        case (_, true): factor == nil ? 0.9 : -0.1
        case (_, false): 0.1
        }
      return Model.Expectation(
        name: "claim", metric: Metric(quantity, of: name), comparison: isBetter ? .atLeast : .atMost, bound: bound,
        twinFactor: factor, share: isOfMean ? nil : 0.8)
    }
  }

  /// What a quantity can be asked of here; nothing where it counts neither requests nor starts.
  private static func names(_ quantity: Metric.Quantity) -> [String] {
    switch quantity {
    case .availability, .fullFidelity, .errorRatio: ["browsing", "api.home", "sessions"]
    case .hurt, .helped: ["browsing", "sessions"]
    case .collateral: ["browsing", "sessions", "api", "api.home", "api, browsing", "idle, api"]
    // 1,000 requests tell no quantile of 99.9%.
    case .latencyP999: []
    case .latencyMean, .latencyP50, .latencyP90, .latencyP95, .latencyP99:
      ["browsing", "api.home", "sessions", "north"]
    case .startsLost, .startFailures, .exitsBeforeStart: ["sessions", "north"]
    case .recovery, .queueMax, .queueMean, .poolUse, .poolFull, .rebufferingRatio, .stallsPerHour, .playbackFailures,
      .abandonments, .bitrate, .startsRate, .hitRatio, .shieldHitRatio, .offload, .originRate, .egress, .cost:
      []
    }
  }

  static let claims: [Claim] = Metric.Quantity.allCases.flatMap { quantity in
    names(quantity).flatMap { name in
      [true, false].flatMap { isOfMean -> [Claim] in
        let isToldByTwin = quantity.subject == .twin || quantity.subject == .several
        let factors: [Double?] = isToldByTwin ? [nil] : [nil, 1]
        return factors.flatMap { factor in
          // What takes for ever can't break that it takes long; and attempts that had not ended are no harm yet, so that
          // the claim of more harm is refuted with them or without.
          let isOneWay = quantity.unit == .seconds || factor != nil || quantity == .collateral && name.contains("api")
          return (isOneWay ? [true] : [true, false]).map {
            Claim(quantity: quantity, name: name, isOfMean: isOfMean, factor: factor, isBrokenByFailure: $0)
          }
        }
      }
    }
  }

  @Test(arguments: claims) func `supports no claim that it might break`(claim: Claim) {
    let all = result(claim, inFlight: 0)
    #expect(all.verdict == .supported)
    let half = result(claim, inFlight: 500)
    #expect(half.verdict == .inconclusive)
    #expect(half.doubt == .unfinished(share: 0.5))
    // 1 of 1,000 is few.
    #expect(result(claim, inFlight: 1).verdict == .supported)
  }

  @Test func `leaves a claim that holds whatever becomes of it`() {
    for (quantity, name) in [(Metric.Quantity.hurt, "browsing"), (.collateral, "api"), (.errorRatio, "browsing")] {
      for share in [nil, 0.8] {
        let loose = Model.Expectation(
          name: "loose", metric: Metric(quantity, of: name), comparison: .atMost, bound: 0.6, share: share)
        #expect(judge(loose, failing: false, inFlight: 500).verdict == .supported)
      }
    }
  }

  private func result(_ claim: Claim, inFlight: Int) -> ExpectationResult {
    // Of `helped` the good of the quantity is what has to come about.
    judge(claim.expectation, failing: claim.isBrokenByFailure == (claim.quantity == .helped), inFlight: inFlight)
  }

  /// - Parameter failing: whether all that ended failed, and not in the twin; otherwise none did, nor in the twin, but all
  ///   that ended were helped where the claim is about that.
  private func judge(_ expectation: Model.Expectation, failing: Bool, inFlight: Int) -> ExpectationResult {
    let plan = Fixture.plan(models: [Fixture.model()], scenario: Fixture.scenario(expectations: [expectation]))
    let outline = CampaignDesign(plan).outline
    return Build.result(outline, replications: 60) { variant, replication in
      record(expectation, outline, variant, replication, failing: failing, ended: 1000 - inFlight, inFlight)
    }.summaries[0].expectations[0]
  }

  private func record(
    _ expectation: Model.Expectation, _ outline: CampaignOutline, _ variant: String, _ replication: Int, failing: Bool,
    ended: Int, _ inFlight: Int
  ) -> ReplicationRecord {
    let quantity = expectation.metric.quantity
    let isHelped = quantity == .helped
    let failed = failing && !isHelped ? ended : 0
    let tally = Build.tally(success: ended - failed, failed: failed, inFlight: inFlight)
    let windows = outline.windows
    let starts = Streamed.sessions(
      attempts: ended + inFlight, starts: ended - failed, startFailures: quantity == .startFailures ? failed : 0,
      exits: quantity == .startFailures ? 0 : failed, plays: ended - failed)
    let streamed = Streamed.record(
      variant, replication, starts, Streamed.cdn(requests: 0), seconds: windows.map { _ in 100 })
    let counts = TwinHarm.Counts(
      hurt: failed, helped: isHelped && failing ? ended : 0, compared: ended, unfinished: inFlight)
    let nothing = TwinHarm.Counts(hurt: 0, helped: 0, compared: 0, unfinished: 0)
    return ReplicationRecord(
      variant: variant,
      outcome: ReplicationOutcome(
        replication: replication, fingerprint: UInt64(replication),
        workloads: ["browsing", "sessions"].map { WorkloadOutcome(name: $0, windows: windows.map { _ in tally }) },
        endpoints: [EndpointOutcome(name: "api.home", tally: tally)], services: [],
        timeline: Build.timeline("browsing", bins: [Double](repeating: 1, count: 60)),
        streaming: streamed.outcome.streaming, events: 1),
      recoveries: [], twinFingerprint: 1, twinValues: [quantity.unit == .seconds ? 0.01 : 0], requests: 1,
      harm: TwinHarm(
        subjects: ["browsing", "sessions"].map { .init(name: $0, windows: windows.map { _ in counts }) }
          + [.init(name: "idle", windows: windows.map { _ in nothing })],
        endpoints: [
          .init(
            name: "api.home", attempts: ended + inFlight, failed: failed, failedInTwin: 0, unfinished: inFlight,
            unfinishedInTwin: failing ? inFlight : 0, windows: nil)
        ]))
  }
}
