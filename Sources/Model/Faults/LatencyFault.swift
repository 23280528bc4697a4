import Sampling

/// Calls take longer: `add` before they reach the callee, and `factor` times what the callee took.
public struct LatencyFault: Hashable, Sendable {
  /// In seconds.
  public let add: Distribution?
  /// How `add`, a constant, moves until then, in seconds; nil where it does not.
  public let addRamp: MagnitudeRamp?
  /// At least 1.
  public let factor: Double
  /// How `factor` moves until then; nil where it does not.
  public let factorRamp: MagnitudeRamp?
  public init(add: Distribution?, factor: Double, addRamp: MagnitudeRamp? = nil, factorRamp: MagnitudeRamp? = nil) {
    self.add = add
    self.addRamp = addRamp
    self.factor = factor
    self.factorRamp = factorRamp
  }
}
