/// The immutable, validated description of a system: what is asked of it and what it consists of.
///
/// All lists are in the order of their names, so that nothing depends on the order in which a file
/// states them. Every reference resolves and no cycle of synchronous calls exists; whoever builds a
/// model by hand, and not through `ModelFile`, has to see to that.
public struct SystemModel: Hashable, Sendable {
  public let name: String
  public let description: String?
  public private(set) var time: TimeFrame
  public let regions: [Region]
  public private(set) var workloads: [Workload]
  public private(set) var services: [Service]
  public let objectives: [Objective]
  /// What fails by itself and takes out several parts together.
  public let failures: [CommonFailure]
  /// The path from the player to the origin; nil where nobody watches.
  public private(set) var streaming: Streaming?

  public init(
    name: String, description: String? = nil, time: TimeFrame, regions: [Region] = [],
    workloads: [Workload], services: [Service], objectives: [Objective] = [], streaming: Streaming? = nil,
    failures: [CommonFailure] = []
  ) {
    self.name = name
    self.description = description
    self.time = time
    self.regions = regions.sorted { $0.name < $1.name }
    self.workloads = workloads.sorted { $0.name < $1.name }
    self.services = services.sorted { $0.name < $1.name }
    self.objectives = objectives.sorted { $0.name < $1.name }
    self.streaming = streaming
    self.failures = failures.sorted { $0.name < $1.name }
  }

  /// The same system for another length of time.
  public func over(_ time: TimeFrame) -> SystemModel {
    var model = self
    model.time = time
    return model
  }

  /// The same system with something changed in how each workload asks, in what starts sessions, in each service, or in
  /// each CDN.
  public func changing(
    workload: (Workload) -> Workload = { $0 }, sessions: (Sessions) -> Sessions = { $0 },
    service: (Service) -> Service = { $0 }, cdn: (CDN) -> CDN = { $0 }
  ) -> SystemModel {
    var model = self
    model.workloads = workloads.map(workload)
    model.services = services.map(service)
    model.streaming = streaming?.changing(sessions: sessions, cdn: cdn)
    return model
  }
}

/// A region and its availability zones.
public struct Region: Hashable, Sendable {
  public let name: String
  public let zones: [String]
  public init(name: String, zones: [String]) {
    self.name = name
    self.zones = zones
  }
}

/// What "available" means here: an indicator and the value it must reach.
public struct Objective: Hashable, Sendable, Codable {
  public let name: String
  public let indicator: Metric
  public let target: Double
  public init(name: String, indicator: Metric, target: Double) {
    self.name = name
    self.indicator = indicator
    self.target = target
  }
}
