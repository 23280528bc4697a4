/// How far a campaign has come.
public struct CampaignProgress: Hashable, Sendable {
  /// Replications that have ended, every variant's counted, those of an earlier run included.
  public let ended: Int
  /// Of these, those that an earlier run had left.
  public let resumed: Int
  /// How many there can be at most, every variant's counted.
  public let maximum: Int
  /// How many there are at least.
  public let minimum: Int
  /// Replications that every variant has ended, from the first on without a gap.
  public let replications: Int
  /// Logical requests simulated in this run, warm-up and twins included.
  public let requests: Int

  public init(
    ended: Int, resumed: Int, maximum: Int, minimum: Int, replications: Int, requests: Int
  ) {
    self.ended = ended
    self.resumed = resumed
    self.maximum = maximum
    self.minimum = minimum
    self.replications = replications
    self.requests = requests
  }

  /// What this run has ended per second of the wall clock; nil before the first.
  public func pace(elapsed seconds: Double) -> Pace? {
    let own = ended - resumed
    guard own > 0, seconds > 0 else { return nil }
    let rate = Double(own) / seconds
    return Pace(
      replicationsPerSecond: rate, requestsPerSecond: Double(requests) / seconds,
      secondsLeft: Double(max(0, maximum - ended)) / rate)
  }

  public struct Pace: Hashable, Sendable {
    public let replicationsPerSecond: Double
    public let requestsPerSecond: Double
    /// Until the maximum; the stopping rule may end it earlier.
    public let secondsLeft: Double
  }
}
