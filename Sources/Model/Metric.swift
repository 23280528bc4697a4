/// A number that a replication yields for a workload in a window: `availability(viewers) during faults`.
public struct Metric: Hashable, Sendable, Codable, CustomStringConvertible {
  public enum Quantity: String, Hashable, Sendable, Codable, CaseIterable {
    /// (success + degraded) / ended.
    case availability
    /// success / ended.
    case fullFidelity = "full-fidelity"
    /// Time from a fault's end until the twin's band is reached again, in seconds.
    case recovery
    /// Latency of success and degraded together, in seconds.
    case latencyMean = "latency-mean"
    case latencyP50 = "latency-p50"
    case latencyP90 = "latency-p90"
    case latencyP95 = "latency-p95"
    case latencyP99 = "latency-p99"
    case latencyP999 = "latency-p999"

    /// Whether more of it is better for a viewer.
    public var higherIsBetter: Bool {
      switch self {
      case .availability, .fullFidelity: true
      case .recovery, .latencyMean, .latencyP50, .latencyP90, .latencyP95, .latencyP99,
        .latencyP999:
        false
      }
    }
    /// Whether it is a fraction, shown as a percentage; a time in seconds otherwise.
    public var isFraction: Bool {
      switch self {
      case .availability, .fullFidelity: true
      case .recovery, .latencyMean, .latencyP50, .latencyP90, .latencyP95, .latencyP99,
        .latencyP999:
        false
      }
    }
  }
  public let quantity: Quantity
  public let workload: String
  public let window: Window

  public init(_ quantity: Quantity, of workload: String, in window: Window = .run) {
    self.quantity = quantity
    self.workload = workload
    self.window = window
  }

  public var description: String {
    let base = "\(quantity.rawValue)(\(workload))"
    return window == .run ? base : "\(base) \(window)"
  }
}

/// A part of the measured time. A request belongs to the window in which it arrived.
public struct Window: Hashable, Sendable, Codable, CustomStringConvertible {
  public enum Period: Hashable, Sendable, Codable {
    /// From the end of the warm-up to the horizon.
    case run
    /// While at least one injected fault is active.
    case duringFaults
    /// From the end of the last injected fault to the horizon.
    case afterFaults
    case between(SimulationDuration, SimulationDuration)
  }
  /// Whose requests count.
  public enum Population: String, Hashable, Sendable, Codable, CaseIterable {
    case everyone
    /// Those that the scope of a fault picks: during faults of an active one, in other windows of any. A fault that
    /// reaches everything picks nobody in particular: it counts only where no other kind does.
    case scoped
  }
  public let period: Period
  public let among: Population

  public init(_ period: Period, among: Population = .everyone) {
    self.period = period
    self.among = among
  }

  public static let run = Window(.run)

  public var description: String {
    let text =
      switch period {
      case .run: "during run"
      case .duringFaults: "during faults"
      case .afterFaults: "during after-faults"
      case .between(let from, let to): "during \(from.text)..\(to.text)"
      }
    return among == .everyone ? text : "\(text) among scoped"
  }
}

extension SimulationDuration {
  /// The shortest text with one unit of the language that says exactly this: `250ms`, `3min`.
  public var text: String {
    let units: [(Int64, String)] = [
      (365 * 86_400_000_000_000, "y"), (86_400_000_000_000, "d"), (3_600_000_000_000, "h"),
      (60_000_000_000, "min"), (1_000_000_000, "s"), (1_000_000, "ms"), (1_000, "us"), (1, "ns"),
    ]
    if nanoseconds == 0 { return "0s" }
    for (size, name) in units where nanoseconds % size == 0 {
      return "\(nanoseconds / size)\(name)"
    }
    return "\(nanoseconds)ns"
  }
}
