extension Metric {
  /// What is measured. Those of sessions are in the words of CTA-2066, "Streaming quality of experience events,
  /// properties and metrics".
  public enum Quantity: String, Hashable, Sendable, Codable, CaseIterable {
    /// (success + degraded) / ended.
    case availability
    /// success / ended.
    case fullFidelity = "full-fidelity"
    /// Time from a fault's end until the twin's band is reached again, in seconds.
    case recovery
    /// Of the requests that ended in the run and in its counterfactual twin: those that came to something worse for the
    /// faults. Of sessions also those that were lost after their start, or stalled for more time.
    case hurt
    /// The same of those that came to something better.
    case helped
    /// Of workloads, sessions, services and endpoints that are to be spared: the largest part that was hurt of any. Of a
    /// service or an endpoint the failed attempts that the twin does not have / all attempts.
    case collateral
    /// Latency of success and degraded together, of sessions from play to the first picture; in seconds.
    case latencyMean = "latency-mean"
    case latencyP50 = "latency-p50"
    case latencyP90 = "latency-p90"
    case latencyP95 = "latency-p95"
    case latencyP99 = "latency-p99"
    case latencyP999 = "latency-p999"

    /// (start failures + exits before start) / starts that ended in any way; 1 - the availability of sessions.
    case startsLost = "starts-lost"
    /// Video start failures / starts that ended in any way.
    case startFailures = "start-failures"
    /// Viewers who left before the first picture / starts that ended in any way.
    case exitsBeforeStart = "exits-before-start"
    /// Stalled / (played + stalled) time.
    case rebufferingRatio = "rebuffering-ratio"
    /// Stalls / (played + stalled) time, per hour.
    case stallsPerHour = "stalls-per-hour"
    /// Playback failures / plays.
    case playbackFailures = "playback-failures"
    /// Viewers who left in a stall / plays.
    case abandonments
    /// The nominal bit rate of the media that arrived, averaged over its playing time, in bits per second.
    case bitrate
    /// First pictures per second of the window.
    case startsRate = "starts-rate"

    /// What the edge's caches answered without the next tier (hits, stale hits, collapsed) / requests of players.
    case hitRatio = "hit-ratio"
    /// The same of the shield, of the requests that the edges sent it.
    case shieldHitRatio = "shield-hit-ratio"
    /// 1 - bytes from the origin / bytes to players; below 0 where more came in than went out.
    case offload
    /// Calls of the origin per second of the window.
    case originRate = "origin-rate"
    /// Bits per second to players, averaged over the window.
    case egress
    /// Price x bytes to players, in the currency of the CDN's price.
    case cost
  }
}

extension Metric.Quantity {
  /// What its numbers are.
  public enum Unit: Hashable, Sendable, CaseIterable {
    /// Of something whole; shown as a percentage.
    case fraction
    case seconds
    case perSecond
    case perHour
    case bitsPerSecond
    /// In the currency of a CDN's price.
    case money
  }

  /// What it can be measured of.
  public enum Subject: Hashable, Sendable, CaseIterable {
    /// A workload.
    case workload
    /// A workload, `sessions` or a cohort: a start is a request.
    case requests
    /// The same, a region or a CDN: the startup time is a start's latency.
    case latencies
    /// The same, by comparison with the twin.
    case twin
    /// One or several workloads, cohorts, services or endpoints, or `sessions`, separated by commas.
    case several
    /// `sessions`, a cohort, a region or a CDN.
    case sessions
    /// A CDN.
    case cdn
  }

  public var unit: Unit {
    switch self {
    case .availability, .fullFidelity, .startsLost, .startFailures, .exitsBeforeStart, .rebufferingRatio,
      .playbackFailures, .abandonments, .hitRatio, .shieldHitRatio, .offload, .hurt, .helped, .collateral:
      .fraction
    case .recovery, .latencyMean, .latencyP50, .latencyP90, .latencyP95, .latencyP99, .latencyP999: .seconds
    case .startsRate, .originRate: .perSecond
    case .stallsPerHour: .perHour
    case .bitrate, .egress: .bitsPerSecond
    case .cost: .money
    }
  }

  public var subject: Subject {
    switch self {
    case .recovery: .workload
    case .hurt, .helped: .twin
    case .collateral: .several
    case .availability, .fullFidelity: .requests
    case .latencyMean, .latencyP50, .latencyP90, .latencyP95, .latencyP99, .latencyP999: .latencies
    case .startsLost, .startFailures, .exitsBeforeStart, .rebufferingRatio, .stallsPerHour, .playbackFailures,
      .abandonments, .bitrate, .startsRate:
      .sessions
    case .hitRatio, .shieldHitRatio, .offload, .originRate, .egress, .cost: .cdn
    }
  }

  /// Whether more of it is better for a viewer, or for who pays.
  public var higherIsBetter: Bool {
    switch self {
    case .availability, .fullFidelity, .bitrate, .startsRate, .hitRatio, .shieldHitRatio, .offload, .helped: true
    case .recovery, .hurt, .collateral, .latencyMean, .latencyP50, .latencyP90, .latencyP95, .latencyP99, .latencyP999,
      .startsLost,
      .startFailures, .exitsBeforeStart, .rebufferingRatio, .stallsPerHour, .playbackFailures, .abandonments,
      .originRate, .egress, .cost:
      false
    }
  }

  /// Whether it is a fraction, shown as a percentage.
  public var isFraction: Bool { unit == .fraction }
}
