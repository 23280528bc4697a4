import Engine

/// What is counted of a CDN in a window; its name as in result files.
public enum CDNCount: String, Hashable, Sendable, CaseIterable {
  case requests, hits
  case staleHits = "stale_hits"
  case collapsed, misses
  case negativeHits = "negative_hits"
  case shieldRequests = "shield_requests"
  case shieldHits = "shield_hits"
  case shieldStaleHits = "shield_stale_hits"
  case shieldCollapsed = "shield_collapsed"
  case shieldMisses = "shield_misses"
  case shieldNegativeHits = "shield_negative_hits"
  case originRequests = "origin_requests"
  case originFailures = "origin_failures"
  case originBytes = "origin_bytes"
  case delivered, errors, timeouts
  case egressBytes = "egress_bytes"

  public func value(in tally: CDNTally) -> Double {
    switch self {
    case .requests: Double(tally.edge.requests)
    case .hits: Double(tally.edge.hits)
    case .staleHits: Double(tally.edge.staleHits)
    case .collapsed: Double(tally.edge.collapsed)
    case .misses: Double(tally.edge.misses)
    case .negativeHits: Double(tally.edge.negativeHits)
    case .shieldRequests: Double(tally.shield.requests)
    case .shieldHits: Double(tally.shield.hits)
    case .shieldStaleHits: Double(tally.shield.staleHits)
    case .shieldCollapsed: Double(tally.shield.collapsed)
    case .shieldMisses: Double(tally.shield.misses)
    case .shieldNegativeHits: Double(tally.shield.negativeHits)
    case .originRequests: Double(tally.originRequests)
    case .originFailures: Double(tally.originFailures)
    case .originBytes: Double(tally.originBytes)
    case .delivered: Double(tally.delivered)
    case .errors: Double(tally.errors)
    case .timeouts: Double(tally.timeouts)
    case .egressBytes: Double(tally.egressBytes)
    }
  }
}
