/// How a player chooses a rendition.
public struct BitrateRule: Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// By the measured throughput alone.
    case throughput
    /// By the buffer's level alone: the rate rises linearly from the lowest to the highest rendition over a cushion.
    /// T.-Y. Huang et al., "A buffer-based approach to rate adaptation", SIGCOMM 2014 (BBA-0).
    case buffer
    /// K. Spiteri, R. Urgaonkar, R. K. Sitaraman, "BOLA: near-optimal bitrate adaptation for online videos", INFOCOM 2016.
    case bola
    /// Throughput while the buffer is low and BOLA while it is high, as dash.js.
    case dynamic
  }
  /// What the throughput rule compares.
  public enum Fit: String, Hashable, Sendable {
    /// The highest rendition whose segment, latency included, arrives within its own duration.
    case duration
    /// The highest rendition whose bit rate is within the throughput.
    case bitrate
  }
  public let kind: Kind
  public let fit: Fit
  /// Half-lives of the two moving averages of the throughput; the smaller average counts.
  public let fastHalfLife: SimulationDuration
  public let slowHalfLife: SimulationDuration
  /// The part of the throughput that a rendition above the present one may use, and one that is not.
  public let up: Double
  public let down: Double
  /// What is assumed before anything has been measured; nil: begin with the lowest rendition.
  public let initial: Bitrate?
  /// The rendition rises only with at least so much in the buffer, and falls only with less than so much; nil: whenever.
  public let risesFrom: SimulationDuration?
  public let fallsBelow: SimulationDuration?
  /// Dynamic: BOLA from this level on, throughput again below the other.
  public let bolaFrom: SimulationDuration
  public let throughputBelow: SimulationDuration

  public init(
    kind: Kind, fit: Fit, fastHalfLife: SimulationDuration, slowHalfLife: SimulationDuration, up: Double, down: Double,
    initial: Bitrate? = nil, risesFrom: SimulationDuration? = nil, fallsBelow: SimulationDuration? = nil,
    bolaFrom: SimulationDuration = .seconds(18), throughputBelow: SimulationDuration = .seconds(9)
  ) {
    self.kind = kind
    self.fit = fit
    self.fastHalfLife = fastHalfLife
    self.slowHalfLife = slowHalfLife
    self.up = up
    self.down = down
    self.initial = initial
    self.risesFrom = risesFrom
    self.fallsBelow = fallsBelow
    self.bolaFrom = bolaFrom
    self.throughputBelow = throughputBelow
  }

  /// The same with another kind of rule.
  public func using(_ kind: Kind) -> BitrateRule {
    BitrateRule(
      kind: kind, fit: fit, fastHalfLife: fastHalfLife, slowHalfLife: slowHalfLife, up: up, down: down,
      initial: initial, risesFrom: risesFrom, fallsBelow: fallsBelow, bolaFrom: bolaFrom,
      throughputBelow: throughputBelow)
  }
}
