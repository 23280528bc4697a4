/// A number that a replication yields in a window for a workload, for sessions or for a CDN:
/// `availability(viewers) during faults`, `rebuffering-ratio(tv)`, `offload(alpha)`.
public struct Metric: Hashable, Sendable, Codable, CustomStringConvertible {
  public let quantity: Quantity
  /// Whose: a workload; `sessions` or a cohort, which are told as workloads are too; for latencies and quantities of
  /// sessions also a region or a CDN; for quantities of CDNs a CDN; for those of several all of them, as `a, b`.
  public let workload: String
  public let window: Window

  public init(_ quantity: Quantity, of workload: String, in window: Window = .run) {
    self.quantity = quantity
    self.workload = workload
    self.window = window
  }

  /// The names of what it is told of: one, but for a quantity of several.
  public var subjects: [String] {
    quantity.subject == .several ? workload.split(separator: ",").map { $0.trimmingSpaces } : [workload]
  }

  /// The name under which all sessions are told together.
  public static let allSessions = "sessions"

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

extension Substring {
  fileprivate var trimmingSpaces: String {
    var text = self
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
