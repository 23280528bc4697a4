import Engine
import Model

/// Which replication of which variant.
public struct ReplicationID: Hashable, Sendable {
  public let variant: String
  /// From 0.
  public let replication: Int

  public init(variant: String, replication: Int) {
    self.variant = variant
    self.replication = replication
  }
}

/// What one replication of one variant yielded, and its recoveries as told by its twin.
public struct ReplicationRecord: Hashable, Sendable, Codable {
  public let variant: String
  public let outcome: ReplicationOutcome
  /// By workload.
  public let recoveries: [RecoveryTime]
  /// The fingerprint of the counterfactual twin's outcome; nil where no twin was run.
  public let twinFingerprint: UInt64?
  /// Logical requests that were simulated for it, warm-up and twin included.
  public let requests: Int
  /// What the faults did to its requests, as told by the twin; nil where that was not asked for.
  public let harm: TwinHarm?

  public init(
    variant: String, outcome: ReplicationOutcome, recoveries: [RecoveryTime],
    twinFingerprint: UInt64?, requests: Int, harm: TwinHarm? = nil
  ) {
    self.variant = variant
    self.outcome = outcome
    self.recoveries = recoveries
    self.twinFingerprint = twinFingerprint
    self.requests = requests
    self.harm = harm
  }

  /// From 0.
  public var replication: Int { outcome.replication }
  public var id: ReplicationID { ReplicationID(variant: variant, replication: replication) }
}

extension ReplicationRecord {
  /// A record of an outcome and, where one was run, of its twin.
  init(
    variant: CampaignOutline.Variant, outcome: ReplicationOutcome, twin: ReplicationOutcome?, harm: TwinHarm? = nil
  ) {
    var recoveries: [RecoveryTime] = []
    if let twin {
      recoveries = variant.recoveries.compactMap {
        RecoveryTime(of: $0, after: outcome.aftermaths, twin: twin.timeline, time: variant.time)
      }
    }
    self.init(
      variant: variant.name, outcome: outcome, recoveries: recoveries,
      twinFingerprint: twin?.fingerprint,
      requests: outcome.timeline.requests + (twin?.timeline.requests ?? 0), harm: harm)
  }
}

extension Timeline {
  var requests: Int {
    workloads.reduce(0) { $1.arrivals.reduce($0, +) }
  }
}
