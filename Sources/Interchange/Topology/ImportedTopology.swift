import Model
import Sampling

/// A topology as traces show it: who calls whom, in what order, how likely, and how long each works.
///
/// What traces cannot tell is assumed, and said to be: timeouts, retries, pools, replicas, and how long to simulate.
public struct ImportedTopology: Sendable {
  /// The name of the model.
  public let name: String
  /// The traces that made sense.
  public let traceCount: Int
  /// The spans of all traces of the file.
  public let spanCount: Int
  /// One for each root operation, by name.
  public let workloads: [ImportedWorkload]
  /// By name.
  public let services: [ImportedService]
  /// What was left out or changed on the way, one sentence each.
  public let notes: [String]
  /// The timeout of every call, well above everything in the traces.
  public let assumedTimeout: SimulationDuration
  public let assumedTime: TimeFrame

  /// The traced end-to-end medians, one for each workload.
  public var medians: [TracedMedian] {
    workloads.map {
      TracedMedian(workload: $0.name, endpoint: $0.endpoint, seconds: $0.tracedMedian, traces: $0.requests)
    }
  }
}

/// The median of a root operation's duration in the traces, to compare a simulation's with.
public struct TracedMedian: Hashable, Sendable {
  public let workload: String
  public let endpoint: EndpointPath
  public let seconds: Double
  /// How many requests it is the median of; from few, no more than the median should be read.
  public let traces: Int
}

/// What asks for a root operation.
public struct ImportedWorkload: Hashable, Sendable {
  public let name: String
  public let endpoint: EndpointPath
  public let originalOperation: String
  public let rate: Rate
  /// How the rate was found.
  public let rateOrigin: String
  /// Whether the rate is a guess, for lack of starts that span time.
  public let isRateAssumed: Bool
  /// Whether it stands for calls that their callers did not wait for.
  public let isAsynchronous: Bool
  /// How many requests the traces have of it.
  public let requests: Int
  /// Seconds.
  public let tracedMedian: Double
}

public struct ImportedService: Hashable, Sendable {
  public let name: String
  public let originalName: String
  /// The hosts seen in the traces; 1, assumed, where none is told.
  public let replicas: Int
  public let areReplicasAssumed: Bool
  /// Whether only its callers were seen: a database, a queue, a foreign service.
  public let isInferred: Bool
  public let assumedThreads: Int
  /// Busy threads at the imported rates, from the traced durations.
  public let load: Double
  public let dependencies: [ImportedDependency]
  public let endpoints: [ImportedEndpoint]
}

public struct ImportedDependency: Hashable, Sendable {
  public let name: String
  public let target: EndpointPath
}

public struct ImportedEndpoint: Hashable, Sendable {
  public enum Origin: Hashable, Sendable {
    /// An operation in the traces, seen this often, with the median of its durations in seconds.
    case traced(operation: String, runs: Int, median: Double)
    /// A part of another endpoint of the service that only some of its runs have.
    case branch(of: String)
  }
  public let name: String
  public let origin: Origin
  public let steps: [ImportedStep]
}

/// A step of an endpoint, with the share of the runs that had it.
public struct ImportedStep: Hashable, Sendable {
  public enum Action: Hashable, Sendable {
    case work(ImportedWork)
    /// A dependency, by name.
    case call(String)
    /// Dependencies that are called at once.
    case together([String])
  }
  public let action: Action
  public let probability: Double
  /// Of how many runs the probability is the share.
  public let runs: Int
}

/// A service time and the text that says it.
public struct ImportedWork: Hashable, Sendable {
  /// Seconds.
  public let distribution: Distribution
  public let text: String
  /// Why this distribution.
  public let origin: String
  /// What it was fitted to, in seconds.
  let sample: [Double]
}
