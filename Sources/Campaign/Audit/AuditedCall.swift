import Model

/// A call that a model declares: who calls what, how often, and with which protection.
public struct AuditedCall: Hashable, Sendable {
  public enum Caller: Hashable, Sendable {
    case workload(String)
    case service(String)
    /// What a player calls before and while it plays.
    case sessions
    case cdn(String)
    /// The packager of live channels.
    case live
  }
  public let caller: Caller
  public let dependency: Dependency
  /// Where it stands in the model's file: `services.edge-api.dependencies.history`.
  public let path: String
  /// Calls per second at the busiest time, without retries and fallbacks, from all replicas of the caller together.
  public internal(set) var rate: Double
  /// Whether CDNs, whose misses no arithmetic tells, ask for more of it.
  public internal(set) var isAlsoAskedByCDNs: Bool

  init(_ caller: Caller, _ dependency: Dependency, path: String) {
    self.caller = caller
    self.dependency = dependency
    self.path = path
    rate = 0
    isAlsoAskedByCDNs = false
  }

  /// `edge-api -> history`; of a workload, whose call has no name, `viewers -> edge-api`.
  public var name: String { "\(callerName) -> \(calleeName)" }

  /// The name of the dependency, or of the service that a workload calls.
  public var calleeName: String {
    if case .workload = caller { dependency.target.service } else { dependency.name }
  }

  public var callerName: String {
    switch caller {
    case .workload(let name), .service(let name), .cdn(let name): name
    case .sessions: Streaming.everySession
    case .live: "live"
    }
  }

  /// How long the caller may wait for all attempts together; nil: for ever.
  public var longestWait: SimulationDuration? { dependency.longestWait }
}

extension Dependency {
  var attempts: Int { retry?.attempts ?? 1 }

  /// All attempts at their timeout and the longest pauses between them, or the deadline where that is shorter.
  var longestWait: SimulationDuration? {
    guard let timeout else { return deadline }
    var nanoseconds = Double(timeout.nanoseconds) * Double(attempts)
    for retried in 0..<max(0, attempts - 1) { nanoseconds += retry?.longestPause(beforeRetry: retried) ?? 0 }
    let all = SimulationDuration(nanoseconds: Int64(min(nanoseconds, 0x1p62)))
    return deadline.map { min($0, all) } ?? all
  }
}

extension Dependency {
  /// How long a call lasts on average that gets no answer: as many attempts as are made after timeouts, with the mean pauses
  /// between them, or the deadline where that is shorter; nil: for ever.
  var waitForNothing: SimulationDuration? {
    guard let timeout else { return deadline }
    let attempts = retry.map { $0.retryOn.contains(.timeout) ? $0.attempts : 1 } ?? 1
    var nanoseconds = Double(timeout.nanoseconds) * Double(attempts)
    for number in 0..<max(0, attempts - 1) { nanoseconds += retry?.meanPause(beforeRetry: number) ?? 0 }
    let all = SimulationDuration(nanoseconds: Int64(min(nanoseconds, 0x1p62)))
    return deadline.map { min($0, all) } ?? all
  }
}

extension Retry {
  /// In nanoseconds, from 0. That of decorrelated jitter is taken to be half of the base and three times the one before.
  fileprivate func meanPause(beforeRetry number: Int) -> Double {
    switch (jitter, backoff) {
    case (.none, _): return longestPause(beforeRetry: number)
    case (.full, _): return longestPause(beforeRetry: number) / 2
    case (.equal, _): return longestPause(beforeRetry: number) * 3 / 4
    case (.decorrelated, .constant(let pause)): return Double(pause.nanoseconds)
    case (.decorrelated, .exponential(let base, _, let longest)):
      var pause = Double(base.nanoseconds)
      for _ in 0...number { pause = min((Double(base.nanoseconds) + 3 * pause) / 2, Double(longest.nanoseconds)) }
      return pause
    }
  }

  /// In nanoseconds, from 0; what jitter takes away is not taken away.
  fileprivate func longestPause(beforeRetry number: Int) -> Double {
    switch backoff {
    case .constant(let pause): return Double(pause.nanoseconds)
    case .exponential(let base, let factor, let longest):
      // Decorrelated jitter draws up to three times the pause before.
      let growth = jitter == .decorrelated ? 3 : factor
      var pause = Double(base.nanoseconds)
      for _ in 0..<number { pause = min(pause * growth, Double(longest.nanoseconds)) }
      return min(pause, Double(longest.nanoseconds))
    }
  }
}

extension Arrivals {
  /// Arrivals per second at the busiest time; for closed clients, if answers took no time.
  func busiestRate(until horizon: SimulationDuration) -> Double {
    switch self {
    case .poisson(let rate), .constant(let rate): rate.perSecond
    case .renewal(let gap): gap.mean > 0 ? 1 / gap.mean : 0
    case .diurnal(_, let peak, _): peak.perSecond
    case .piecewise(let pieces): pieces.map(\.rate.perSecond).max() ?? 0
    case .ramp(let ramp): max(ramp.from.perSecond, ramp.to.perSecond)
    case .replay(let instants): horizon > .zero ? Double(instants.count) / horizon.seconds : 0
    case .closed(let clients, let think): think.mean > 0 ? Double(clients) / think.mean : .infinity
    }
  }
}
