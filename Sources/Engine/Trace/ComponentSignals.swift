import Model

/// What each component did in one replication, in bins of time from 0 on, warm-up included.
///
/// Counts are by when things happen. What is told in seconds is an integral over the bin: divided by the bin's length it
/// is a mean.
public struct ComponentSignals: Hashable, Sendable {
  /// Who calls along an edge; the numbers are places in the lists below.
  public enum Caller: Hashable, Sendable {
    case service(Int)
    case workload(Int)
    case cdn(Int)
  }
  public struct Edge: Hashable, Sendable {
    /// `caller -> dependency`.
    public let name: String
    public let caller: Caller
    /// The service that is called.
    public let service: Int
    /// Attempts that a call has at most.
    public let attempts: Int
    /// The edge that the fallback calls.
    public let fallback: Int?
  }
  public struct Workload: Hashable, Sendable {
    public let name: String
    /// Whether its requests are the starts of sessions of a cohort, or of all of them.
    public let isOfSessions: Bool
  }
  /// What the blame of a failure is laid on.
  public enum Component: Hashable, Sendable, Comparable {
    case service(Int)
    case edge(Int)
    case cdn(Int)
  }
  /// A fault of the scenario: when it is active, and what it acts on directly.
  public struct Strike: Hashable, Sendable {
    public let fault: String
    /// Its targets in the language's words: `zone us-east.a`.
    public let target: String
    /// The word of the language for what it does.
    public let effect: String
    /// Of a failure of the scenario, which comes and goes by itself, the start of the replication.
    public let begins: SimulationTime
    /// The horizon where it lasts beyond it.
    public let ends: SimulationTime
    public let components: [Component]
    /// The cohorts of players whose requests or networks it acts on.
    public let cohorts: [Int]
    /// The workloads whose arrivals it changes.
    public let workloads: [Int]

    public init(
      fault: String, target: String, effect: String, begins: SimulationTime, ends: SimulationTime,
      components: [Component], cohorts: [Int] = [], workloads: [Int]
    ) {
      self.fault = fault
      self.target = target
      self.effect = effect
      self.begins = begins
      self.ends = ends
      self.components = components
      self.cohorts = cohorts
      self.workloads = workloads
    }
  }
  /// Requests of a workload that arrived after the warm-up and failed in one bin for one reason.
  public struct Failures: Hashable, Sendable {
    public let bin: Int
    public let workload: Int
    public let reason: FailureReason
    public let component: Component
    /// The place among `strikes` of the fault that is known to have brought them about directly: it answered the last
    /// attempt, held it or what that waited for, or had taken the replica. nil where that is not so, or not known.
    public let strike: Int?
    public let count: Int
  }

  public let binWidth: SimulationDuration
  public let horizon: SimulationDuration
  public let binCount: Int
  public let services: [String]
  public let edges: [Edge]
  public let cdns: [String]
  public let cohorts: [String]
  /// The model's workloads, then all sessions, then the cohorts.
  public let workloads: [Workload]
  /// The scenario's faults that begin before the horizon, in their order.
  public let strikes: [Strike]
  /// In the order of bins.
  public let failures: [Failures]

  let layout: SignalLayout
  /// Row after row, a row a bin.
  let cells: [Double]

  public subscript(signal: ServiceSignal, service service: Int, bin bin: Int) -> Double {
    cells[bin * layout.width + layout.column(signal, service: service)]
  }
  public subscript(signal: EdgeSignal, edge edge: Int, bin bin: Int) -> Double {
    cells[bin * layout.width + layout.column(signal, edge: edge)]
  }
  public subscript(signal: CDNSignal, cdn cdn: Int, bin bin: Int) -> Double {
    cells[bin * layout.width + layout.column(signal, cdn: cdn)]
  }
  public subscript(signal: CohortSignal, cohort cohort: Int, bin bin: Int) -> Double {
    cells[bin * layout.width + layout.column(signal, cohort: cohort)]
  }
  public subscript(signal: WorkloadSignal, workload workload: Int, bin bin: Int) -> Double {
    cells[bin * layout.width + layout.column(signal, workload: workload)]
  }

  /// The length of a bin in seconds: the last one may be shorter.
  public func seconds(ofBin bin: Int) -> Double {
    Double(min(binWidth.nanoseconds, horizon.nanoseconds - Int64(bin) * binWidth.nanoseconds)) / 1e9
  }

  public func start(ofBin bin: Int) -> SimulationTime {
    SimulationTime(nanoseconds: Int64(bin) * binWidth.nanoseconds)
  }

  /// The bin in which an instant lies; the last one for what lies beyond it.
  public func bin(of time: SimulationTime) -> Int {
    min(binCount - 1, Int(time.nanoseconds / binWidth.nanoseconds))
  }

  public func name(of component: Component) -> String {
    switch component {
    case .service(let index): services[index]
    case .edge(let index): edges[index].name
    case .cdn(let index): cdns[index]
    }
  }
}
