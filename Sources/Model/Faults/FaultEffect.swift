/// What a fault does to what it reaches.
public enum FaultEffect: Hashable, Sendable {
  case unavailable
  case hang
  case error(ErrorFault)
  case latency(LatencyFault)
  case slow(SlowFault)
  case crash
  case capacity(CapacityFault)
  case surge(SurgeFault)
  case pause
  /// Caches lose all that they hold, at once.
  case flushCache
  case bandwidth(BandwidthFault)
  case loss(LossFault)
  case partition(PartitionFault)
  case leak(LeakFault)
  indirect case badDeploy(DeployFault)
  indirect case set(SetFault)

  /// The word of the language.
  public var keyword: String {
    switch self {
    case .unavailable: "unavailable"
    case .hang: "hang"
    case .error: "error"
    case .latency: "latency"
    case .slow: "slow"
    case .crash: "crash"
    case .capacity: "capacity"
    case .surge: "surge"
    case .pause: "pause"
    case .flushCache: "flush-cache"
    case .bandwidth: "bandwidth"
    case .loss: "loss"
    case .partition: "partition"
    case .leak: "leak"
    case .badDeploy: "bad-deploy"
    case .set: "set"
    }
  }
}
