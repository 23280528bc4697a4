/// All that one replication yields. Everything but the timeline is measured after the warm-up.
public struct ReplicationOutcome: Hashable, Sendable, Codable {
  /// From 0.
  public let replication: Int
  /// A hash of every logical request that ended: its name, index, end, outcome, reason and component.
  public let fingerprint: UInt64
  /// By name.
  public let workloads: [WorkloadOutcome]
  /// By name.
  public let endpoints: [EndpointOutcome]
  /// By name.
  public let services: [ServiceOutcome]
  public let timeline: Timeline
  /// By workload and by the end of a fault; empty unless the program measures recovery.
  public let aftermaths: [Aftermath]
  /// nil where the model has no sessions.
  public let streaming: StreamingOutcome?
  /// Calendar events that were handled, warm-up included.
  public let events: Int

  public init(
    replication: Int, fingerprint: UInt64, workloads: [WorkloadOutcome],
    endpoints: [EndpointOutcome], services: [ServiceOutcome], timeline: Timeline,
    aftermaths: [Aftermath] = [], streaming: StreamingOutcome? = nil, events: Int
  ) {
    self.replication = replication
    self.fingerprint = fingerprint
    self.workloads = workloads
    self.endpoints = endpoints
    self.services = services
    self.timeline = timeline
    self.aftermaths = aftermaths
    self.streaming = streaming
    self.events = events
  }
}

/// What a workload's logical requests came to, as the asker saw it, retries included.
///
/// Sessions are told in the same way: all of them under `sessions` and each cohort under its name, a request being a
/// start. Success is the first picture (degraded: a fallback stood in on the way), the latency is the startup time, and
/// an exit before video start is a failure with the reason `abandoned`.
public struct WorkloadOutcome: Hashable, Sendable, Codable {
  public let name: String
  /// One per window of the program, in the program's order.
  public let windows: [RequestTally]

  public init(name: String, windows: [RequestTally]) {
    self.name = name
    self.windows = windows
  }
}

/// What an endpoint's attempts came to, as the server saw them, in the whole measured time.
public struct EndpointOutcome: Hashable, Sendable, Codable {
  /// `service.endpoint`.
  public let name: String
  public let tally: RequestTally

  public init(name: String, tally: RequestTally) {
    self.name = name
    self.tally = tally
  }
}
