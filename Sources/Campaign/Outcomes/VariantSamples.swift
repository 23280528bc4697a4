import Engine
import Model

/// What the replications of one variant yielded, reduced: the numbers of each, and their sums.
///
/// Replications are appended in their order, and their large parts are let go.
public struct VariantSamples: Sendable {
  public let name: String
  public private(set) var replications = 0
  /// A hash of the fingerprints of all replications and their twins, in order.
  public private(set) var fingerprint: UInt64

  let windows: [Window]
  private(set) var workloads: [WorkloadSamples] = []
  private(set) var endpoints: [EndpointSamples] = []
  private(set) var services: [ServiceSamples] = []
  /// Nil where the model has no sessions.
  private(set) var streaming: StreamingSamples?
  private(set) var timeline = TimelineSamples()
  /// One list a replication.
  private(set) var recoveries: [[RecoveryTime]] = []
  /// One a replication; nil where no twin was asked for it.
  private(set) var harms: [TwinHarm?] = []

  struct WorkloadSamples: Sendable {
    let name: String
    var windows: [TallySamples]
  }
  struct EndpointSamples: Sendable {
    let name: String
    var tally = TallySamples()
  }
  struct ServiceSamples: Sendable {
    let name: String
    /// Without their histograms.
    var samples: [ServiceSample] = []
    var wait = LatencyTally.empty
  }

  init(of variant: CampaignOutline.Variant, in outline: CampaignOutline) {
    name = variant.name
    windows = outline.windows
    fingerprint = Fingerprint.start
  }

  /// - Precondition: the records come in the order of their replications, without a gap.
  mutating func append(_ record: ReplicationRecord) {
    precondition(
      record.variant == name && record.replication == replications,
      "Replication \(record.replication) of \(record.variant) came as \(replications) of \(name).")
    let outcome = record.outcome
    fingerprint = Fingerprint.combine(fingerprint, outcome.fingerprint)
    if let twin = record.twinFingerprint { fingerprint = Fingerprint.combine(fingerprint, twin) }
    if replications == 0 {
      workloads = outcome.workloads.map {
        WorkloadSamples(name: $0.name, windows: $0.windows.map { _ in TallySamples() })
      }
      endpoints = outcome.endpoints.map { EndpointSamples(name: $0.name) }
      services = outcome.services.map { ServiceSamples(name: $0.name) }
      streaming = outcome.streaming.map { StreamingSamples(like: $0) }
    }
    for (place, workload) in outcome.workloads.enumerated() {
      for (window, tally) in workload.windows.enumerated() {
        workloads[place].windows[window].append(tally)
      }
    }
    for (place, endpoint) in outcome.endpoints.enumerated() {
      endpoints[place].tally.append(endpoint.tally)
    }
    for (place, service) in outcome.services.enumerated() {
      services[place].samples.append(ServiceSample(service))
      services[place].wait = services[place].wait.merging(service.wait)
    }
    if let more = outcome.streaming { streaming?.append(more) }
    timeline.append(outcome.timeline, outcome.streaming?.timeline)
    recoveries.append(record.recoveries)
    harms.append(record.harm)
    replications += 1
  }

  /// What each replication says of a metric, in their order: see `Metric.Quantity.isAccumulatedAsLoss`.
  func accumulated(_ metric: Metric) -> [Double?] {
    if metric.quantity == .recovery {
      return recovery(of: metric.workload).map { $0?.duration.seconds }
    }
    if metric.quantity.subject == .several { return collateral(metric) }
    let ratios = ratios(metric)
    if !ratios.isEmpty { return ratios.map { $0?.value } }
    let latencies = latencies(at: metric)
    if latencies.isEmpty { return Array(repeating: nil, count: replications) }
    return latencies.map { $0[metric.quantity] }
  }

  /// The two sides of a metric that is a ratio of sums, in the order of the replications; none where it is no such
  /// metric, or where there is no such subject or window.
  func ratios(_ metric: Metric) -> [MetricRatio?] {
    guard let window = windows.firstIndex(of: metric.window) else { return [] }
    switch metric.quantity.subject {
    case .workload, .latencies, .several: return []
    case .twin: return harms.map { $0.flatMap { metric.ratio(in: $0, window: window) } }
    case .requests: return tally(at: metric).map { metric.quantity.ratio(of: $0) }
    case .sessions, .cdn:
      return streaming?.ratios(metric.quantity, of: metric.workload, window: window) ?? []
    }
  }

  func recovery(of workload: String) -> [RecoveryTime?] {
    recoveries.map { $0.first { $0.workload == workload } }
  }
}

/// What a service's replicas did in one replication.
struct ServiceSample: Hashable, Sendable {
  let replicas: Double?
  let utilisation: Double?
  let wait: LatencySample
  let queueMean: Double
  let queueMax: Int
  let inServiceMean: Double
  let idle: Double
  let up: Double
  let fullSeconds: [Double]

  init(_ outcome: ServiceOutcome) {
    replicas = outcome.replicas
    utilisation = outcome.utilisation
    wait = LatencySample(outcome.wait)
    queueMean = outcome.queueMean
    queueMax = outcome.queueMax
    inServiceMean = outcome.inServiceMean
    idle = outcome.idle
    up = outcome.up
    fullSeconds = outcome.fullSeconds
  }
}
