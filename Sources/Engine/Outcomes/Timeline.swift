import Model

/// A replication over time, from 0, warm-up included.
public struct Timeline: Hashable, Sendable, Codable {
  /// 10 s; a multiple of it where the horizon would give more than 8,640 bins. The last bin may be shorter.
  public let binWidth: SimulationDuration
  public let binCount: Int
  public let workloads: [WorkloadSeries]
  public let services: [ServiceSeries]
  public let breakers: [BreakerSeries]

  public init(
    binWidth: SimulationDuration, binCount: Int, workloads: [WorkloadSeries],
    services: [ServiceSeries], breakers: [BreakerSeries]
  ) {
    self.binWidth = binWidth
    self.binCount = binCount
    self.workloads = workloads
    self.services = services
    self.breakers = breakers
  }

  /// Logical requests by the bin in which they arrived, one value a bin.
  public struct WorkloadSeries: Hashable, Sendable, Codable {
    public let name: String
    public let arrivals: [Int]
    public let success: [Int]
    public let degraded: [Int]
    public let failed: [Int]

    public init(name: String, arrivals: [Int], success: [Int], degraded: [Int], failed: [Int]) {
      self.name = name
      self.arrivals = arrivals
      self.success = success
      self.degraded = degraded
      self.failed = failed
    }
  }
  /// Means over the bin, one value a bin.
  public struct ServiceSeries: Hashable, Sendable, Codable {
    public let name: String
    /// Threads in use, all replicas together.
    public let busy: [Double]
    /// Calls waiting, all replicas together.
    public let queue: [Double]
    /// The part of the replicas whose threads were all in use.
    public let full: [Double]
    /// The part of the replicas that were up.
    public let up: [Double]
    /// How many replicas took calls; nil where no autoscaler changes their number.
    public let replicas: [Double]?

    public init(
      name: String, busy: [Double], queue: [Double], full: [Double], up: [Double], replicas: [Double]? = nil
    ) {
      self.name = name
      self.busy = busy
      self.queue = queue
      self.full = full
      self.up = up
      self.replicas = replicas
    }
  }
  /// Means over the bin, one value a bin.
  public struct BreakerSeries: Hashable, Sendable, Codable {
    /// `caller -> dependency`.
    public let name: String
    /// The part of the caller's replicas whose breaker was open or half-open.
    public let open: [Double]

    public init(name: String, open: [Double]) {
      self.name = name
      self.open = open
    }
  }
}
