import Sampling

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
    }
  }
}

/// Calls are answered at once with an error, each with this probability, drawn by its key.
public struct ErrorFault: Hashable, Sendable {
  public let probability: Probability
  public init(probability: Probability) { self.probability = probability }
}

/// Calls take longer: `add` before they reach the callee, and `factor` times what the callee took.
public struct LatencyFault: Hashable, Sendable {
  /// In seconds.
  public let add: Distribution?
  /// At least 1.
  public let factor: Double
  public init(add: Distribution?, factor: Double) {
    self.add = add
    self.factor = factor
  }
}

/// Work goes at a fraction of its speed, also what is already running.
public struct SlowFault: Hashable, Sendable {
  /// Above 0; 0.25 makes work take four times as long.
  public let speed: Double
  public init(speed: Double) { self.speed = speed }
}

/// A part of each replica's threads is taken, or of the replicas; what runs is not pre-empted.
public struct CapacityFault: Hashable, Sendable {
  public enum Amount: Hashable, Sendable {
    case fraction(Probability)
    case count(Int)
  }
  public enum Resource: String, Hashable, Sendable { case threads, replicas }
  public let resource: Resource
  public let taken: Amount
  public init(resource: Resource, taken: Amount) {
    self.resource = resource
    self.taken = taken
  }
}

/// A workload asks `factor` times as often; the arrivals above the base have keys of their own.
public struct SurgeFault: Hashable, Sendable {
  /// Above 1.
  public let factor: Double
  public init(factor: Double) { self.factor = factor }
}
