/// The immutable, validated description of a system: what is asked of it and what it consists of.
///
/// All lists are in the order of their names, so that nothing depends on the order in which a file
/// states them. Every reference resolves and no cycle of synchronous calls exists; whoever builds a
/// model by hand, and not through `ModelFile`, has to see to that.
public struct SystemModel: Hashable, Sendable {
  public let name: String
  public let description: String?
  public let time: TimeFrame
  public let regions: [Region]
  public let workloads: [Workload]
  public let services: [Service]
  public let objectives: [Objective]
  /// What fails by itself and takes out several parts together.
  public let failures: [CommonFailure]
  /// The path from the player to the origin; nil where nobody watches.
  public let streaming: Streaming?

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
