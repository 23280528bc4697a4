import Model
import Statistics

/// What the replications of one variant came to.
public struct VariantSummary: Sendable {
  public let variant: CampaignOutline.Variant
  public let isBaseline: Bool
  public let replications: Int
  /// A hash of the fingerprints of all replications, in order.
  public let fingerprint: UInt64
  /// What the campaign asks for, in its order.
  public let outcomes: [MetricEstimate]
  /// By name.
  public let workloads: [WorkloadSummary]
  /// By name; in the whole measured time.
  public let endpoints: [EndpointSummary]
  /// By name.
  public let services: [ServiceSummary]
  /// Nil where the model has no sessions.
  public let streaming: StreamingSummary?
  /// Nil without replications.
  public let timeline: MeanTimeline?
  /// In the order of the scenario's expectations.
  public let expectations: [ExpectationResult]
  /// In the order of the model's objectives.
  public let objectives: [ObjectiveResult]
  /// Whether each workload whose recovery is asked for came back by itself; by name.
  public let metastability: [MetastabilitySummary]
  public let warnings: [CampaignWarning]

  public var name: String { variant.name }

  public struct WorkloadSummary: Hashable, Sendable {
    public let name: String
    /// One per window of the outline, in its order; the first is the whole run.
    public let windows: [TallySummary]
  }
  public struct EndpointSummary: Hashable, Sendable {
    /// `service.endpoint`.
    public let name: String
    public let tally: TallySummary
  }

  init(
    of samples: VariantSamples, as variant: CampaignOutline.Variant, in outline: CampaignOutline
  ) {
    let confidence = outline.confidence
    self.variant = variant
    isBaseline = variant.name == outline.baseline
    replications = samples.replications
    fingerprint = samples.fingerprint
    outcomes = outline.outcomes.map { MetricEstimate($0, in: samples, confidence: confidence) }
    workloads = samples.workloads.map { workload in
      WorkloadSummary(
        name: workload.name,
        windows: workload.windows.compactMap { TallySummary($0, confidence: confidence) })
    }
    endpoints = samples.endpoints.compactMap { endpoint in
      TallySummary(endpoint.tally, confidence: confidence).map {
        EndpointSummary(name: endpoint.name, tally: $0)
      }
    }
    services = samples.services.compactMap { ServiceSummary($0, confidence: confidence) }
    streaming = StreamingSummary(samples, confidence: confidence)
    timeline = samples.timeline.mean
    expectations = variant.expectations.map { ExpectationResult($0, of: variant, in: samples) }
    objectives = variant.objectives.map { ObjectiveResult($0, in: samples, confidence: confidence) }
    metastability = samples.metastabilitySummaries(confidence: confidence)
    warnings = CampaignWarning.all(
      of: variant, in: outline, workloads: workloads, timeline: timeline,
      metrics: outcomes + expectations.map(\.estimate))
  }
}

/// What a service's replicas did in the measured time: means over replications.
public struct ServiceSummary: Hashable, Sendable {
  public let name: String
  /// Replicas that took calls, averaged over time; nil where no autoscaler changes their number.
  public let replicas: Estimate?
  /// Busy threads / all threads; nil where threads are unbounded.
  public let utilisation: Estimate?
  /// From a call's arrival until it had a thread.
  public let wait: LatencySummary
  /// Calls waiting, all replicas together, averaged over time.
  public let queueMean: Estimate
  /// The longest queue of any one replica in any replication.
  public let queueMax: Int
  /// Calls holding a thread, all replicas together, averaged over time.
  public let inServiceMean: Estimate
  /// The part of the time in which a replica had no thread in use.
  public let idle: Estimate
  /// The part of the time in which a replica was up.
  public let up: Estimate
  /// Seconds in which all threads of a replica were in use; one per window of the outline.
  public let fullSeconds: [Estimate]
  /// One per window of the outline; empty in results that were written before it was kept.
  public let windows: [WindowSummary]

  /// What they did in a window, as metrics tell it: means over replications, nil where no replication tells it.
  public struct WindowSummary: Hashable, Sendable {
    public let queueMax: Estimate?
    public let queueMean: Estimate?
    public let poolUse: Estimate?
    public let poolFull: Estimate?
  }

  init?(_ service: VariantSamples.ServiceSamples, confidence: Double) {
    let samples = service.samples
    func mean(_ value: (ServiceSample) -> Double) -> Estimate? {
      Estimate(meanOf: samples.map(value), confidence: confidence)
    }
    guard let first = samples.first, let queueMean = mean(\.queueMean),
      let inServiceMean = mean(\.inServiceMean), let idle = mean(\.idle), let up = mean(\.up)
    else { return nil }
    name = service.name
    replicas = Estimate(of: samples.map(\.replicas), confidence: confidence)
    utilisation = Estimate(of: samples.map(\.utilisation), confidence: confidence)
    wait = LatencySummary(samples.map(\.wait), pooled: service.wait, confidence: confidence)
    self.queueMean = queueMean
    queueMax = samples.map(\.queueMax).max() ?? 0
    self.inServiceMean = inServiceMean
    self.idle = idle
    self.up = up
    fullSeconds = first.fullSeconds.indices.compactMap { window in mean { $0.fullSeconds[window] } }
    windows = first.windows.indices.map { window in
      func estimate(_ quantity: Metric.Quantity) -> Estimate? {
        let values = samples.map { $0.windows.indices.contains(window) ? $0.windows[window]?.value(of: quantity) : nil }
        return Estimate(of: values, confidence: confidence).map { quantity.bounding($0) }
      }
      return WindowSummary(
        queueMax: estimate(.queueMax), queueMean: estimate(.queueMean), poolUse: estimate(.poolUse),
        poolFull: estimate(.poolFull))
    }
  }
}
