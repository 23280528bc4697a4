import Model

/// What sessions and CDNs did in one replication, in the words of CTA-2066 ("Streaming quality of experience events,
/// properties and metrics"). Everything is a count or a sum, so that replications and windows add up.
public struct StreamingOutcome: Hashable, Sendable, Codable {
  /// All sessions first, then the cohorts, the regions and the CDNs, each by name.
  public let groups: [SessionGroupOutcome]
  /// By name.
  public let cdns: [CDNOutcome]
  public let timeline: StreamingTimeline

  public init(groups: [SessionGroupOutcome], cdns: [CDNOutcome], timeline: StreamingTimeline) {
    self.groups = groups
    self.cdns = cdns
    self.timeline = timeline
  }
}

/// The sessions that are looked at together.
public struct SessionGroupOutcome: Hashable, Sendable, Codable {
  public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
    case all, cohort, region, cdn
  }
  public let kind: Kind
  /// `sessions` for all of them.
  public let name: String
  /// One per window of the program, in the program's order.
  public let windows: [SessionTally]
  /// From play to the first picture, of the starts of each window; nil for all sessions and for cohorts, of which the
  /// workloads of their names tell it, and where an older version did not record it.
  public let startups: [LatencyTally]?

  public init(kind: Kind, name: String, windows: [SessionTally], startups: [LatencyTally]?) {
    self.kind = kind
    self.name = name
    self.windows = windows
    self.startups = startups
  }
}

/// Counts of sessions in a window.
///
/// A start belongs to the window in which play was pressed; what happens afterwards belongs to the window in which it
/// happens. Of the group of a CDN: a start belongs to the CDN that steering named first, the rest to the one in use.
public struct SessionTally: Hashable, Sendable, Codable, BitwiseCopyable {
  /// Play was pressed: attempts = starts + startFailures + exitsBeforeStart + starting.
  public var attempts: Int = 0
  /// The first picture was shown.
  public var starts: Int = 0
  /// Video start failures.
  public var startFailures: Int = 0
  /// The viewer left before the first picture.
  public var exitsBeforeStart: Int = 0
  /// From play to the first picture, added up over starts, in nanoseconds.
  public var startupNanoseconds: Int64 = 0
  /// Sessions that played at some time of the window; of a CDN, those that used it then.
  public var plays: Int = 0
  /// Plays that came to their intended end.
  public var ended: Int = 0
  /// The viewer left in a stall.
  public var abandoned: Int = 0
  /// Playback failed.
  public var playbackFailures: Int = 0
  /// Media that was played, in nanoseconds.
  public var playedNanoseconds: Int64 = 0
  /// In nanoseconds, without the start.
  public var stalledNanoseconds: Int64 = 0
  /// The viewer's own pauses, in nanoseconds; part of neither of the above.
  public var pausedNanoseconds: Int64 = 0
  /// Times that a buffer ran empty in play.
  public var stalls: Int = 0
  /// Segments that arrived, and the media in them in nanoseconds.
  public var segments: Int = 0
  public var fetchedNanoseconds: Int64 = 0
  /// Over the segments that arrived, the sum of nominal bit rate x media, in bits.
  public var nominalBits: Double = 0
  /// Changes of the rendition from one segment to the next, and their absolute sizes added up, in bits per second.
  public var bitrateChanges: Int = 0
  public var bitrateChangeSum: Int64 = 0
  /// Changes of the CDN within sessions.
  public var cdnChanges: Int = 0

  public init() {}

  /// Played and stalled time, in nanoseconds.
  public var watchedNanoseconds: Int64 { playedNanoseconds + stalledNanoseconds }
}

/// What a CDN delivered.
public struct CDNOutcome: Hashable, Sendable, Codable {
  public let name: String
  public let pricePerGB: Double?
  public let currency: String?
  /// One per window of the program, in the program's order, by when things happen.
  public let windows: [CDNTally]
  /// Seconds of each window.
  public let windowSeconds: [Double]

  public init(name: String, pricePerGB: Double?, currency: String?, windows: [CDNTally], windowSeconds: [Double]) {
    self.name = name
    self.pricePerGB = pricePerGB
    self.currency = currency
    self.windows = windows
    self.windowSeconds = windowSeconds
  }
}

/// Counts of one CDN in a window.
public struct CDNTally: Hashable, Sendable, Codable, BitwiseCopyable {
  public var edge = TierTally()
  /// Zero where there is no shield.
  public var shield = TierTally()
  /// Calls of the origin that were made, and those that failed.
  public var originRequests: Int = 0
  public var originFailures: Int = 0
  /// Bytes that the origin sent.
  public var originBytes: Int64 = 0
  /// Requests of players by how they saw them end, whatever the cache said.
  public var delivered: Int = 0
  public var errors: Int = 0
  public var timeouts: Int = 0
  /// Bytes sent to players.
  public var egressBytes: Int64 = 0

  public init() {}
}

/// What the caches of one tier answered: requests = hits + staleHits + collapsed + misses + negativeHits.
public struct TierTally: Hashable, Sendable, Codable, BitwiseCopyable {
  public var requests: Int = 0
  /// Fresh ones.
  public var hits: Int = 0
  /// Served after their time, since they were being revalidated or the next tier failed.
  public var staleHits: Int = 0
  /// Waited for an object that was being fetched already.
  public var collapsed: Int = 0
  /// Asked the next tier.
  public var misses: Int = 0
  /// Failures that were kept.
  public var negativeHits: Int = 0
  /// Of the misses and the collapsed ones, those that a stale copy answered in the end, since the next tier had failed.
  public var staleAfterError: Int = 0

  public init() {}
}

/// Sessions and CDNs over time; as long as the replication, warm-up included, in the bins of `Timeline`.
public struct StreamingTimeline: Hashable, Sendable, Codable {
  /// Sessions under way, averaged over each bin.
  public let concurrent: [Double]
  /// Starts in each bin.
  public let starts: [Int]
  /// Sessions in a stall, averaged over each bin.
  public let stalled: [Double]
  public struct CDNSeries: Hashable, Sendable, Codable {
    public let name: String
    /// Bits per second to players, averaged over each bin.
    public let egress: [Double]
    /// Part of the edge's requests that its caches answered; nil where none came.
    public let hitRatio: [Double?]
    public init(name: String, egress: [Double], hitRatio: [Double?]) {
      self.name = name
      self.egress = egress
      self.hitRatio = hitRatio
    }
  }
  public let cdns: [CDNSeries]

  public init(concurrent: [Double], starts: [Int], stalled: [Double], cdns: [CDNSeries]) {
    self.concurrent = concurrent
    self.starts = starts
    self.stalled = stalled
    self.cdns = cdns
  }
}
