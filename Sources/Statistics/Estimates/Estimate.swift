/// A number estimated from replications, with its confidence interval.
///
/// In JSON all five keys are always there; an unknown end of the interval is `null`.
public struct Estimate: Hashable, Sendable, Codable {
  public let value: Double
  /// Nil where the data say nothing about it, as with a single replication.
  public let low: Double?
  /// Nil where the data say nothing about it, as with a single replication.
  public let high: Double?
  /// The level of the interval, for instance 0.95.
  public let confidence: Double
  /// The number of replications that it rests on.
  public let replications: Int

  public init(value: Double, low: Double?, high: Double?, confidence: Double, replications: Int) {
    self.value = value
    self.low = low
    self.high = high
    self.confidence = confidence
    self.replications = replications
  }

  /// Nil unless both ends are known.
  public var interval: Interval? {
    guard let low, let high else { return nil }
    return Interval(low: low, high: high, confidence: confidence)
  }

  /// Half of the distance between the ends; nil unless both are known.
  public var halfWidth: Double? { interval?.halfWidth }

  /// Whether the interval has no width because all replications agreed.
  ///
  /// That they agreed does not prove that the next one will: with n of them, a share of up to 3/n could still
  /// differ (95% confidence). Show such an interval with that warning.
  public var isDegenerate: Bool { low != nil && low == high }

  private enum CodingKeys: String, CodingKey {
    case value, low, high, confidence, replications
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(value, forKey: .value)
    try container.encode(low, forKey: .low)
    try container.encode(high, forKey: .high)
    try container.encode(confidence, forKey: .confidence)
    try container.encode(replications, forKey: .replications)
  }
}
