import Sampling

/// Calls take longer: `add` before they reach the callee, and `factor` times what the callee took.
public struct LatencyFault: Hashable, Sendable {
  /// In seconds.
  public let add: Distribution?
  /// At least 1.
  public let factor: Double
  public init(add: Distribution?, factor: Double) {
    self.add = add
    self.factor = factor
  }
}
