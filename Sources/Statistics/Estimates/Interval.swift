/// A confidence interval, in the unit of what it is about.
public struct Interval: Hashable, Sendable, Codable {
  public let low: Double
  /// At least `low`.
  public let high: Double
  /// The share of repeated campaigns whose interval would contain the truth, for instance 0.95.
  public let confidence: Double

  public init(low: Double, high: Double, confidence: Double) {
    self.low = low
    self.high = high
    self.confidence = confidence
  }

  public var halfWidth: Double { (high - low) / 2 }
  public func contains(_ value: Double) -> Bool { low <= value && value <= high }
}
