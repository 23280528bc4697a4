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
  /// What the twin says of what is compared with it, in the order of `CampaignOutline.Variant.twinMetrics`, as it is
  /// accumulated; nil in results that were written before it was kept.
  private let twin: [Double?]?
  public var twinValues: [Double?] { twin ?? [] }
  /// Logical requests that were simulated for it, warm-up and twin included.
  public let requests: Int
  /// What the faults did to its requests, as told by the twin; nil where that was not asked for.
  public let harm: TwinHarm?
  /// Nil where nothing is known of it, as in results that were written before it was told.
  private let findings: [Metastability]?

  /// Whether the workloads whose recovery is asked for came back by themselves, by workload.
  public var metastability: [Metastability] { findings ?? [] }

  public init(
    variant: String, outcome: ReplicationOutcome, recoveries: [RecoveryTime],
    twinFingerprint: UInt64?, twinValues: [Double?] = [], requests: Int, harm: TwinHarm? = nil,
    metastability: [Metastability] = []
  ) {
    twin = twinValues.isEmpty ? nil : twinValues
    self.variant = variant
    self.outcome = outcome
    self.recoveries = recoveries
    self.twinFingerprint = twinFingerprint
    self.requests = requests
    self.harm = harm
    findings = metastability.isEmpty ? nil : metastability
  }

  /// From 0.
  public var replication: Int { outcome.replication }
  public var id: ReplicationID { ReplicationID(variant: variant, replication: replication) }
}

extension ReplicationRecord {
  /// A record of an outcome and, where one was run, of its twin.
  ///
  /// - Parameter windows: those of the outcome, and of the twin where it is compared with.
  init(
    variant: CampaignOutline.Variant, windows: [Window], outcome: ReplicationOutcome, twin: ReplicationOutcome?,
    harm: TwinHarm? = nil
  ) {
    var recoveries: [RecoveryTime] = []
    var metastability: [Metastability] = []
    if let twin, let trigger = variant.faults?.spans.last {
      metastability = variant.recoveries.compactMap {
        Metastability(of: $0, in: outcome, twin: twin.timeline, time: variant.time, trigger: trigger)
      }
    }
    if let twin {
      recoveries = variant.recoveries.compactMap {
        RecoveryTime(of: $0, after: outcome.aftermaths, twin: twin.timeline, time: variant.time)
      }
    }
    self.init(
      variant: variant.name, outcome: outcome, recoveries: recoveries,
      twinFingerprint: twin?.fingerprint,
      twinValues: twin?.accumulated(variant.twinMetrics, windows: windows) ?? [],
      requests: outcome.timeline.requests + (twin?.timeline.requests ?? 0), harm: harm, metastability: metastability)
  }
}

extension Timeline {
  var requests: Int {
    workloads.reduce(0) { $1.arrivals.reduce($0, +) }
  }
}
