import Engine

/// By what sessions are looked at together.
public typealias SessionGroupKind = SessionGroupOutcome.Kind

extension SessionGroupKind {
  /// Whether a workload of the same name tells their starts as requests, with the latencies.
  public var isToldAsWorkload: Bool {
    switch self {
    case .all, .cohort: true
    case .region, .cdn: false
    }
  }
}
