import Model

extension CampaignPlan {
  /// The windows that the campaign's outcomes, its stopping rule and its scenarios' expectations and objectives
  /// need: the whole run first, then the time of the faults where there are any that last, then the others as they are met.
  ///
  /// They are the same for every variant, so that variants are compared window by window.
  public var requiredWindows: [Window] {
    var windows = [Window.run]
    if variants.contains(where: { $0.scenario?.faults.contains { $0.duration > .zero } ?? false }) {
      windows.append(Window(.duringFaults))
    }
    for metric in requiredMetrics where !windows.contains(metric.window) {
      windows.append(metric.window)
    }
    return windows
  }

  /// Every metric that is asked for anywhere, as often as it is.
  var requiredMetrics: [Metric] {
    outcomes + (replications.until.map { [$0.metric] } ?? []) + variants.flatMap { requiredMetrics(of: $0) }
  }

  private func requiredMetrics(of variant: Variant) -> [Metric] {
    variant.model.objectives.map(\.indicator) + (variant.scenario?.expectations.map(\.metric) ?? [])
  }

  /// Whether a variant's requests must be compared with its twin's; not where its scenario breaks nothing.
  func comparesRequests(of variant: Variant) -> Bool {
    let fails = !(variant.scenario?.failures ?? []).isEmpty
    guard fails || FaultPeriod(of: variant.scenario, horizon: variant.model.time.horizon) != nil else { return false }
    let asked = outcomes + (replications.until.map { [$0.metric] } ?? []) + requiredMetrics(of: variant)
    return asked.contains { $0.quantity.isToldByTwin }
  }

  /// The workloads whose recovery a variant must tell; none where nothing is injected.
  func requiredRecoveries(of variant: Variant) -> [String] {
    guard FaultPeriod(of: variant.scenario, horizon: variant.model.time.horizon) != nil else { return [] }
    let asked = outcomes + (replications.until.map { [$0.metric] } ?? []) + requiredMetrics(of: variant)
    return Set(asked.filter { $0.quantity == .recovery }.map(\.workload)).sorted()
  }
}
