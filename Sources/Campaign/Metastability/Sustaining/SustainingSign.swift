/// A sign of a mechanism that keeps a system degraded after its trigger has gone, beside what the same replication shows
/// without faults in the same time.
public struct SustainingSign: Hashable, Sendable {
  public enum Mechanism: String, Hashable, Sendable, CaseIterable {
    /// Callers ask again, so that more is asked for than can be served.
    case retries
    /// Threads work for callers who have given up.
    case deadWork = "dead-work"
    /// Caches miss more than usual, so that more is asked of the origin.
    case coldCache = "cold-cache"
    /// Breakers refuse what could be served, again and again.
    case breakers
    /// Players ask CDNs more often than usual.
    case players
    /// Calls wait so long for a thread that their callers have given up when they get one.
    case queue
  }

  public let mechanism: Mechanism
  /// A service, a CDN, or an edge `caller -> dependency`.
  public let component: String
  /// How many times it multiplies what is asked for, or divides what can be served; at least 1.
  public let strength: Double
  /// Each with what it is without faults.
  public let measures: [Measure]

  public struct Measure: Hashable, Sendable {
    public enum Quantity: String, Hashable, Sendable, CaseIterable {
      /// Attempts / first attempts.
      case attemptsPerCall = "attempts-per-call"
      /// What is asked for, in times of what a service can serve; with retries, and without those of the edge.
      case offeredLoad = "offered-load"
      case offeredLoadWithoutRetries = "offered-load-without-retries"
      /// Parts of the thread time, of the look-ups, and of the time.
      case deadShare = "dead-share"
      case hitRatio = "hit-ratio"
      case openShare = "open-share"
      /// How often breakers went from mostly closed to mostly not closed.
      case openings
      /// Seconds.
      case wait, timeout
      /// Calls per second of an origin, and requests per second of players.
      case originCalls = "origin-calls"
      case requests
    }
    public let quantity: Quantity
    public let now: Double
    /// In the same time of the same replication without faults; nil where it is the same.
    public let usual: Double?

    public init(_ quantity: Quantity, _ now: Double, usual: Double? = nil) {
      self.quantity = quantity
      self.now = now
      self.usual = usual
    }
  }

  public init(_ mechanism: Mechanism, at component: String, strength: Double, _ measures: [Measure]) {
    self.mechanism = mechanism
    self.component = component
    self.strength = strength
    self.measures = measures
  }
}
