/// What is recorded of a service in each bin: counts of attempts, and seconds added up over replicas or threads.
public enum ServiceSignal: Int, Hashable, Sendable, Codable, CaseIterable {
  /// Attempts that reached a replica, or that a fault of the service answered in its place.
  case arrivals
  /// Attempts that came to an answer that is not a failure.
  case served
  /// Attempts that failed, for a reason that arose here: an error or the end of a hang, a full queue, a replica that is down.
  case errors, rejections, unreachable
  /// Attempts that failed since what the service depends on had failed.
  case passedOn
  /// Attempts whose caller had given them up by the time at which they ended: served ones, which are among `served` too,
  /// and others, which are counted nowhere else.
  case deadServed, deadFailed
  /// From arrival to answer, added up over what was served.
  case servedTime
  /// Threads in use, and of these those that work for callers who have given up the attempt; in thread-seconds. A call that
  /// such an attempt makes in turn is heard by it, and counts as dead at its callee only once the attempt has ended.
  case busy, deadBusy
  /// Attempts in the queue, in attempt-seconds.
  case queued
  /// The part of the replicas whose threads were all in use, the part that took calls, and the part that an autoscaler let
  /// take them, which those that faults keep down are among; in seconds.
  case full, up, ready
}

/// What is recorded of a dependency (an edge of the call graph) in each bin, as the caller sees it.
public enum EdgeSignal: Int, Hashable, Sendable, Codable, CaseIterable {
  /// All attempts, those included that a breaker or a bulkhead refused. Retries are what they have beyond `firstAttempts`,
  /// and amplification is their quotient.
  case attempts, firstAttempts
  /// Attempts that were answered without a failure, and the seconds that they took, added up.
  case answered, answerTime
  /// Attempts that failed, by what the caller saw.
  case timeouts, breakerRefusals, bulkheadRefusals, rejections, errors, unreachable
  /// Calls of which no attempt was left, before a fallback stood in.
  case failures
  /// Fallbacks that began, and those that failed.
  case fallbacks, fallbackFailures
  /// The part of the caller's replicas whose breaker was not closed, in seconds.
  case breakerOpen
}

/// What is recorded of a CDN in each bin.
public enum CDNSignal: Int, Hashable, Sendable, Codable, CaseIterable {
  /// Requests of players that were made, and how they ended for them.
  case requests, delivered, errors, timeouts
  /// Look-ups in the edge's caches, and those that the edge could answer neither itself nor with a fill under way.
  case edgeLookups, edgeMisses
  /// The same of the shield's.
  case shieldLookups, shieldMisses
  /// Calls of the origin, and those that failed.
  case originCalls, originFailures
  /// The part of the edge sites with a capacity that sent as much as they can, while somebody could have taken more; in
  /// seconds.
  case full
}

/// What is recorded of a cohort of players in each bin.
public enum CohortSignal: Int, Hashable, Sendable, Codable, CaseIterable {
  /// Play was pressed; the first picture; the start failed; the viewer left before it.
  case attempts, starts, startFailures, exits
  /// Buffers that ran empty, viewers who left in a stall, plays that failed.
  case stalls, abandonments, playbackFailures
}

/// What is recorded of a workload's logical requests in each bin, by when they arrive and by when they end.
///
/// Of `sessions` and of cohorts a request is a start, as in `WorkloadOutcome`.
public enum WorkloadSignal: Int, Hashable, Sendable, Codable, CaseIterable {
  case arrivals, success, degraded, failed
}
