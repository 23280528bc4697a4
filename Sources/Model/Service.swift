import Sampling

/// A service: identical replicas behind a balancer, each with a pool of threads.
public struct Service: Hashable, Sendable {
  /// Where a service stands on the way from the player to the packager; for pictures and telemetry.
  public enum Stage: String, Hashable, Sendable, CaseIterable {
    case player, cdn, origin, packaging, encoding, api
  }

  /// Whether a call keeps its thread while it waits for a callee.
  public enum Style: String, Hashable, Sendable, CaseIterable {
    /// Thread per request: the thread is held while waiting.
    case blocking
    /// The thread is released while waiting, and taken again to go on.
    case async
  }

  /// What happens to a call whose caller has gone.
  public enum Cancellation: String, Hashable, Sendable, CaseIterable {
    /// It runs on; its reply is discarded.
    case none
    /// It ends at once, and so do the calls it has made.
    case propagate
  }

  public let name: String
  public let stage: Stage?
  /// How many replicas there are, at first where the number changes; at least 1. They are numbered from 0.
  public let replicas: Int
  /// What changes the number of replicas; nil where it stays.
  public let autoscaling: Autoscaling?
  /// The zones over which the replicas are spread in turn; empty where the model has none.
  public let zones: [String]
  public let pool: Pool
  /// Cores of one replica that running work shares; nil where work never contends for cores.
  public let cores: Int?
  public let style: Style
  public let balancing: Balancing
  public private(set) var cancellation: Cancellation
  public let failures: [FailureMode]
  public private(set) var dependencies: [Dependency]
  public let endpoints: [Endpoint]

  public init(
    name: String, stage: Stage? = nil, replicas: Int = 1, autoscaling: Autoscaling? = nil, zones: [String] = [],
    pool: Pool, cores: Int? = nil, style: Style = .blocking, balancing: Balancing = .roundRobin,
    cancellation: Cancellation = .none, failures: [FailureMode] = [],
    dependencies: [Dependency] = [], endpoints: [Endpoint]
  ) {
    self.name = name
    self.stage = stage
    self.replicas = replicas
    self.autoscaling = autoscaling
    self.zones = zones
    self.pool = pool
    self.cores = cores
    self.style = style
    self.balancing = balancing
    self.cancellation = cancellation
    self.failures = failures.sorted { $0.name < $1.name }
    self.dependencies = dependencies.sorted { $0.name < $1.name }
    self.endpoints = endpoints.sorted { $0.name < $1.name }
  }

  /// The same service ending calls whose callers have gone.
  public var cancelling: Service {
    var service = self
    service.cancellation = .propagate
    return service
  }

  /// The same service calling with other policies.
  public func changing(dependency: (Dependency) -> Dependency) -> Service {
    var service = self
    service.dependencies = dependencies.map(dependency)
    return service
  }
}

extension Service {
  /// The most replicas that there can be at once.
  public var mostReplicas: Int { autoscaling.map { max($0.maximum, replicas) } ?? replicas }
}

/// The threads of one replica and the queue before them.
public struct Pool: Hashable, Sendable {
  /// At least 1; `Int32.max` where unbounded.
  public let threads: Int
  public let queue: QueueLimit
  public init(threads: Int, queue: QueueLimit) {
    self.threads = threads
    self.queue = queue
  }
}

/// How a caller chooses among the replicas of a service.
public enum Balancing: String, Hashable, Sendable, CaseIterable {
  /// In turn, each caller replica with a turn of its own.
  case roundRobin = "round-robin"
  /// By a keyed draw.
  case random
  /// Of two distinct keyed picks the one with fewer outstanding calls from this caller, the first at a tie.
  case leastRequest = "least-request"
}

/// An endpoint: a named list of steps.
public struct Endpoint: Hashable, Sendable {
  public let name: String
  public let steps: [Step]
  public init(name: String, steps: [Step]) {
    self.name = name
    self.steps = steps
  }
}

/// One step of an endpoint, and how likely it is taken.
public struct Step: Hashable, Sendable {
  public enum Action: Hashable, Sendable {
    /// Time on the thread, in seconds.
    case work(Distribution)
    /// A call of the dependency of this name.
    case call(String)
    /// Calls of these dependencies at once; the step ends when `waitFor` of them have succeeded.
    case together([String], waitFor: Int)
  }
  public let action: Action
  public let probability: Probability
  public init(_ action: Action, probability: Probability = .one) {
    self.action = action
    self.probability = probability
  }
}

/// `service.endpoint`.
public struct EndpointPath: Hashable, Sendable, CustomStringConvertible {
  public let service: String
  public let endpoint: String
  public init(service: String, endpoint: String) {
    self.service = service
    self.endpoint = endpoint
  }
  public var description: String { "\(service).\(endpoint)" }
}
