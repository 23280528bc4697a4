import Model

/// How faults spread through a system in one replication: what left its normal band, in which order, who passed it on to
/// whom, and which failed requests it accounts for.
public struct Cascade: Hashable, Sendable {
  /// A fault of the scenario.
  public struct Root: Hashable, Sendable {
    public let fault: String
    /// What it does, in the language's word.
    public let effect: String
    /// Its targets in the language's words: `zone us-east.a`.
    public let target: String
    /// The names of the components that it acts on.
    public let targets: [String]
    public let from: SimulationTime
    public let to: SimulationTime
  }
  /// A component out of its normal band in one way.
  public struct Node: Hashable, Sendable {
    public let component: CascadeComponent
    public let name: String
    public let mechanism: CascadeMechanism
    /// The start of the first bin outside the band, and of the bin with which it was back for the last time; nil where it
    /// was outside at the horizon.
    public let from: SimulationTime
    public let to: SimulationTime?
    /// How often it left the band.
    public let departures: Int
    /// The greatest value in a bin, and the twin's greatest: counts in a bin, means over it, or seconds of a duration.
    public let peak: Double
    public let normal: Double
    /// Of retries: attempts for each call, over the first time outside.
    public let amplification: Double?
    /// Steps from a fault by the first cause; nil where no way from a fault was found.
    public let depth: Int?
  }
  public enum Cause: Hashable, Sendable {
    /// A place in `roots`, and one in `nodes`.
    case root(Int)
    case node(Int)
  }
  /// Who passed it on to whom.
  public struct Edge: Hashable, Sendable {
    public let from: Cause
    /// A place in `nodes`.
    public let to: Int
    public let carrier: String
    public let at: SimulationTime
    /// Whether it is the first of the causes of `to`, which chains go by.
    public let isFirst: Bool
  }
  /// Failed requests that go back to the same.
  public struct Chain: Hashable, Sendable {
    public enum Origin: Hashable, Sendable {
      /// The nodes from where the reason arose back to what the fault acted on, and the fault, by their places.
      case fault(nodes: [Int], root: Int)
      /// As many requests failed so in the same bins of the twin.
      case alsoWithoutFaults
      /// Nothing out of its band leads from a fault to it.
      case unknown
    }
    public let workload: String
    public let reason: FailureReason
    /// Where the reason arose.
    public let component: String
    public let origin: Origin
    public let count: Int
  }

  public let binWidth: SimulationDuration
  /// The time of day at the start of the replication.
  public let start: SimulationDuration
  public let roots: [Root]
  /// In the order of time, causes before effects.
  public let nodes: [Node]
  /// In the order of what they lead to.
  public let edges: [Edge]
  /// The most frequent first; of requests that arrived after the warm-up.
  public let chains: [Chain]

  /// Nothing left its band.
  public var isEmpty: Bool { nodes.isEmpty }
}
