import Model

/// Every logical request and every session of one replication, and what each came to: what a counterfactual twin is
/// compared with, request by request.
///
/// A request bears the same key in every run of the same replication, whatever is injected; see `DrawKey`.
public struct RequestLog: Sendable {
  /// In the order in which they came up, warm-up included. A start of a session is a request of its cohort.
  public internal(set) var requests: [LoggedRequest] = []
  /// The plays of sessions that have started, in the order of their first pictures.
  public internal(set) var plays: [LoggedPlay] = []
  /// The names that the records give by index.
  public let workloads: [String]
  /// Services, then edges `caller -> dependency`, then CDNs.
  public let components: [String]

  /// Attempts at endpoints, as the servers saw them, by endpoint and window. Windows that count only whom a scope picks have
  /// none.
  public internal(set) var attempts: [LoggedAttempts]

  /// The keys of requests that an injected fault has struck, each at least once.
  var struck: [UInt64] = []
  /// Where the requests and the plays under way are logged, by the number of their calls and sessions.
  var requestOfCall: [Int32] = []
  var requestOfSession: [Int32] = []
  var playOfSession: [Int32] = []

  init(_ program: Program) {
    workloads = program.workloads.map(\.name)
    components = program.componentNames
    attempts = Array(repeating: LoggedAttempts(), count: program.endpoints.count * program.windows.count)
  }

  /// The place of a workload, of `sessions` or of a cohort among `workloads`.
  public func workload(named name: String) -> Int? { workloads.firstIndex(of: name) }
}

/// Attempts at one endpoint that arrived in one window, the warm-up left out.
public struct LoggedAttempts: BitwiseCopyable, Hashable, Sendable {
  public internal(set) var arrivals = 0
  /// Of these, whenever that was.
  public internal(set) var failed = 0
}

/// A logical request of a workload, or the start of a session.
public struct LoggedRequest: BitwiseCopyable, Hashable, Sendable {
  public enum Ending: UInt8, BitwiseCopyable, Hashable, Sendable, CaseIterable {
    case success, degraded, failed
    /// Not ended at the horizon.
    case inFlight
  }
  public struct Flags: OptionSet, BitwiseCopyable, Hashable, Sendable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }
    /// The scope of an injected fault picks it, whenever that fault is active. A fault that reaches everything counts only
    /// where no other kind is injected; where none is, everything is in scope.
    public static let inScope = Flags(rawValue: 1)
    /// An injected fault has acted on one of its attempts, on the way or in a server: see `Simulation.noteStruck`.
    public static let struck = Flags(rawValue: 2)
    /// A surge has added it.
    public static let added = Flags(rawValue: 4)
    /// It is the start of a session.
    public static let session = Flags(rawValue: 8)
  }

  /// Of a session the session's key, which is also its `sid` in telemetry.
  public let key: UInt64
  /// Nanoseconds since the start of the replication: it was made, and it ended (-1: it has not).
  public let arrived: Int64
  public internal(set) var ended: Int64 = -1
  /// Bit n is set where it counts in window n of the program.
  public let windows: UInt64
  /// Of a failure, where it arose, among the log's components; -1 else.
  public internal(set) var component: Int32 = -1
  /// Among the log's workloads; of sessions the cohort.
  public let workload: Int16
  public internal(set) var ending = Ending.inFlight
  /// Raw index of the reason of a failure.
  var reasonCode: UInt8 = 0
  public internal(set) var flags: Flags

  init(key: UInt64, arrived: Int64, windows: UInt64, workload: Int16, flags: Flags) {
    self.key = key
    self.arrived = arrived
    self.windows = windows
    self.workload = workload
    self.flags = flags
  }

  /// Why it failed; nil where it did not.
  public var reason: FailureReason? {
    ending == .failed ? FailureReason(code: reasonCode) : nil
  }

  /// Nanoseconds from its arrival to its end; nil where it has not ended.
  public var latency: Int64? { ending == .inFlight ? nil : ended - arrived }

  mutating func end(_ ending: Ending, at time: Int64, _ blame: Blame) {
    ended = time
    self.ending = ending
    if let reason = blame.reason, ending == .failed {
      component = blame.component
      reasonCode = reason.rawValue
    }
  }
}

/// What a session did from its first picture on.
public struct LoggedPlay: BitwiseCopyable, Hashable, Sendable {
  public enum Ending: UInt8, BitwiseCopyable, Hashable, Sendable, CaseIterable {
    /// The viewer has seen what there was to see.
    case ended
    /// The viewer left in a stall.
    case abandoned
    case failed
    /// Not ended at the horizon.
    case inFlight
  }

  /// The session's.
  public let key: UInt64
  /// Nanoseconds: its end (-1: it has not ended), and the time that it stalled and played.
  public internal(set) var ended: Int64 = -1
  public internal(set) var stalled: Int64 = 0
  public internal(set) var played: Int64 = 0
  public internal(set) var stalls: Int32 = 0
  /// Of a failure, where it arose, among the log's components; -1 else.
  public internal(set) var component: Int32 = -1
  public internal(set) var ending = Ending.inFlight
  var reasonCode: UInt8 = 0

  init(key: UInt64) { self.key = key }

  /// Why it failed; nil where it did not.
  public var reason: FailureReason? {
    ending == .failed && component >= 0 ? FailureReason(code: reasonCode) : nil
  }
}

extension FailureReason {
  fileprivate init?(code: UInt8) {
    guard let reason = Self.allCases.first(where: { $0.code.rawValue == code }) else { return nil }
    self = reason
  }
}
