import Model

extension CampaignPlan {
  /// The campaign of one variant and one replication that a single run is.
  ///
  /// It asks for the starts lost of all sessions and the availability of every workload; where there are faults, also while and after they are active.
  static func single(
    model: SystemModel, scenario: Scenario?, overrides: [Override], seed: UInt64
  ) -> CampaignPlan {
    let hasFaults = !(scenario?.faults.isEmpty ?? true)
    // A flush is over at once: nothing happens during it.
    let lasts = scenario?.faults.contains { $0.duration > .zero } ?? false
    let during = lasts ? [Window(.duringFaults)] : []
    let windows = [Window.run] + during + (hasFaults ? [Window(.afterFaults)] : [])
    let workloads = model.workloads.flatMap { workload in
      windows.map { Metric(.availability, of: workload.name, in: $0) }
    }
    let sessions = model.streaming == nil ? [] : windows.map { Metric(.startsLost, of: Metric.allSessions, in: $0) }
    return CampaignPlan(
      name: model.name,
      variants: [Variant(name: model.name, model: model, scenario: scenario, overrides: overrides)],
      baseline: model.name,
      outcomes: sessions + workloads,
      replications: Replications(minimum: 1, maximum: 1, until: nil), confidence: scenario?.confidence ?? 0.95,
      seed: seed)
  }

  /// Where a campaign's random numbers start when nothing else is said.
  static let standardSeed: UInt64 = 20170

  /// The most windows that requests are counted in.
  private static let mostWindows = 64

  /// - Throws: where the engine can't run it.
  func checkLimits() throws(Failure) {
    let count = requiredWindows.count
    if count > Self.mostWindows {
      throw Failure(.invalidInput, "`\(name)` asks for \(count) different windows; there can be \(Self.mostWindows)")
    }
  }
}
