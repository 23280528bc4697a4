/// What a service's replicas did in the measured time.
public struct ServiceOutcome: Hashable, Sendable, Codable {
  public let name: String
  /// Replicas that took calls, averaged over time; nil where no autoscaler changes their number.
  public let replicas: Double?
  /// Busy threads / all threads, averaged over time; nil where threads are unbounded.
  public let utilisation: Double?
  /// From a call's arrival until it had a thread, of those that got one.
  public let wait: LatencyTally
  /// Calls waiting, all replicas together, averaged over time.
  public let queueMean: Double
  /// The longest queue of any one replica.
  public let queueMax: Int
  /// Calls holding a thread, all replicas together, averaged over time.
  public let inServiceMean: Double
  /// The part of the time in which a replica had no thread in use, averaged over replicas.
  public let idle: Double
  /// The part of the time in which a replica was up, averaged over replicas.
  public let up: Double
  /// Seconds in which all threads of a replica were in use, averaged over replicas; one per window of the program.
  public let fullSeconds: [Double]
  /// One per window of the program, nil of one without any time; nil in results that were written before it was kept.
  public let windows: [ServiceWindowOutcome?]?

  public init(
    name: String, replicas: Double? = nil, utilisation: Double?, wait: LatencyTally, queueMean: Double, queueMax: Int,
    inServiceMean: Double, idle: Double, up: Double, fullSeconds: [Double], windows: [ServiceWindowOutcome?]? = nil
  ) {
    self.windows = windows
    self.name = name
    self.replicas = replicas
    self.utilisation = utilisation
    self.wait = wait
    self.queueMean = queueMean
    self.queueMax = queueMax
    self.inServiceMean = inServiceMean
    self.idle = idle
    self.up = up
    self.fullSeconds = fullSeconds
  }
}

/// What a service's replicas did in a window.
public struct ServiceWindowOutcome: Hashable, Sendable, Codable {
  /// The longest queue of any one replica.
  public let queueMax: Int
  /// Calls waiting, all replicas together, averaged over time.
  public let queueMean: Double
  /// Busy threads / all threads, averaged over time; nil where threads are unbounded.
  public let poolUse: Double?
  /// The part of the time in which all threads of a replica were in use, averaged over replicas.
  public let poolFull: Double

  public init(queueMax: Int, queueMean: Double, poolUse: Double?, poolFull: Double) {
    self.queueMax = queueMax
    self.queueMean = queueMean
    self.poolUse = poolUse
    self.poolFull = poolFull
  }
}
