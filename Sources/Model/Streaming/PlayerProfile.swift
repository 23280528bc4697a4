/// How a player that people run treats requests that fail, and what it does unless a cohort says otherwise.
public struct PlayerProfile: Hashable, Sendable {
  public enum Name: String, Hashable, Sendable, CaseIterable {
    case hlsJS = "hls.js"
    case dashJS = "dash.js"
    case shaka
    case media3
    /// A reference player without timeouts and retries.
    case basic
  }
  public let name: Name
  public let segment: RequestPolicy
  public let manifest: RequestPolicy
  /// Statuses at which another CDN is tried at once, without a retry, where there is one.
  public let switchesAt: [Int]
  /// Whether another CDN is tried once the retries are used up; else playback fails then.
  public let switchesAfterRetries: Bool
  /// How long a CDN that has failed is avoided; nil: until the next answer of steering.
  public let penalty: SimulationDuration?
  public let buffer: BufferSettings
  public let rule: BitrateRule

  public init(
    name: Name, segment: RequestPolicy, manifest: RequestPolicy, switchesAt: [Int], switchesAfterRetries: Bool,
    penalty: SimulationDuration?, buffer: BufferSettings, rule: BitrateRule
  ) {
    self.name = name
    self.segment = segment
    self.manifest = manifest
    self.switchesAt = switchesAt
    self.switchesAfterRetries = switchesAfterRetries
    self.penalty = penalty
    self.buffer = buffer
    self.rule = rule
  }
}

/// How long a player waits for one request, and how often it asks again.
public struct RequestPolicy: Hashable, Sendable {
  /// A pause before the n-th retry, n from 1.
  public enum Pause: Hashable, Sendable {
    case constant(SimulationDuration)
    /// base x factor^(n-1), at most `max`, times a factor drawn evenly from 1 ± spread.
    case exponential(base: SimulationDuration, factor: Double, max: SimulationDuration, spread: Double)
    /// (n-1) x step, at most `max`.
    case linear(step: SimulationDuration, max: SimulationDuration)
  }
  /// Until the first byte; nil: for ever.
  public let firstByte: SimulationDuration?
  /// Until the last byte; nil: for ever.
  public let total: SimulationDuration?
  /// Further attempts after errors, and after timeouts, each counted by itself.
  public let errorRetries: Int
  public let errorPause: Pause
  public let timeoutRetries: Int
  public let timeoutPause: Pause
  /// Whether a status 4xx is retried as other errors are.
  public let retriesClientErrors: Bool
  /// Whether errors and timeouts share one count of retries, `errorRetries`.
  public let sharesRetries: Bool

  public init(
    firstByte: SimulationDuration?, total: SimulationDuration?, errorRetries: Int, errorPause: Pause,
    timeoutRetries: Int, timeoutPause: Pause, retriesClientErrors: Bool, sharesRetries: Bool
  ) {
    self.firstByte = firstByte
    self.total = total
    self.errorRetries = errorRetries
    self.errorPause = errorPause
    self.timeoutRetries = timeoutRetries
    self.timeoutPause = timeoutPause
    self.retriesClientErrors = retriesClientErrors
    self.sharesRetries = sharesRetries
  }
}
