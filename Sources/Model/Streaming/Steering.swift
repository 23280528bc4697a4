/// Which CDN a player is told to use.
public struct Steering: Hashable, Sendable {
  public enum Policy: Hashable, Sendable {
    /// In these parts, which add up to 1.
    case weighted([Share])
    /// The first that is well: whose errors and timeouts are below `threshold` of its requests.
    case priority([String], threshold: Double)
    /// The one with the best experience, changed only for one that is better by `hysteresis` and not before `dwell` has
    /// passed since the last change; moving averages with this half-life.
    case quality([String], hysteresis: Double, dwell: SimulationDuration, halfLife: SimulationDuration)
    /// A team's own: an expression that gives each CDN its weight.
    case rule(SteeringRule)
  }
  public struct Share: Hashable, Sendable {
    public let cdn: String
    public let weight: Double
    public init(cdn: String, weight: Double) {
      self.cdn = cdn
      self.weight = weight
    }
  }
  /// How players learn of it.
  public enum Delivery: String, Hashable, Sendable, CaseIterable {
    /// HLS and DASH content steering: players ask again after each TTL, and know all CDNs.
    case contentSteering = "content-steering"
    /// One name that is resolved to one CDN: players know no other one.
    case dns
  }
  public let policy: Policy
  /// How long an answer holds.
  public let ttl: SimulationDuration
  public let delivery: Delivery
  /// The part of the sessions that keeps its first answer to its end, whatever the TTL.
  public let stragglers: Probability
  /// The load of a CDN's capacity above which new answers go elsewhere; nil: never.
  public let cap: Double?
  /// How often weights are computed anew.
  public let every: SimulationDuration
  public let telemetry: SteeringTelemetry

  public init(
    policy: Policy, ttl: SimulationDuration, delivery: Delivery = .contentSteering, stragglers: Probability = .zero,
    cap: Double? = nil, every: SimulationDuration, telemetry: SteeringTelemetry
  ) {
    self.policy = policy
    self.ttl = ttl
    self.delivery = delivery
    self.stragglers = stragglers
    self.cap = cap
    self.every = every
    self.telemetry = telemetry
  }
}

/// What steering knows: reports of players and logs of CDNs, joined by their identifiers.
public struct SteeringTelemetry: Hashable, Sendable {
  /// The part of the sessions that report.
  public let sample: Probability
  /// How late reports arrive.
  public let lag: SimulationDuration
  /// The part of the reports that is lost.
  public let loss: Probability
  /// How far back an evaluation looks.
  public let window: SimulationDuration

  public init(sample: Probability, lag: SimulationDuration, loss: Probability, window: SimulationDuration) {
    self.sample = sample
    self.lag = lag
    self.loss = loss
    self.window = window
  }
}

/// The whole path from the player to the origin.
public struct Streaming: Hashable, Sendable {
  public let catalog: Catalog
  /// By name; at least one.
  public let players: [PlayerCohort]
  public private(set) var sessions: Sessions
  /// By name; at least one.
  public private(set) var cdns: [CDN]
  public let steering: Steering

  public init(
    catalog: Catalog, players: [PlayerCohort], sessions: Sessions, cdns: [CDN], steering: Steering
  ) {
    self.catalog = catalog
    self.players = players.sorted { $0.name < $1.name }
    self.sessions = sessions
    self.cdns = cdns.sorted { $0.name < $1.name }
    self.steering = steering
  }

  func changing(sessions: (Sessions) -> Sessions, cdn: (CDN) -> CDN) -> Streaming {
    var streaming = self
    streaming.sessions = sessions(self.sessions)
    streaming.cdns = cdns.map(cdn)
    return streaming
  }

  /// The name under which all sessions together are measured, beside those of the cohorts.
  public static let everySession = "sessions"
}
