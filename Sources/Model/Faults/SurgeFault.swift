/// A workload asks `factor` times as often; the arrivals above the base have keys of their own.
public struct SurgeFault: Hashable, Sendable {
  /// At least 1, and above 1 at one end of a ramp.
  public let factor: Double
  /// How the factor moves until then; nil where it does not. Closed workloads have none.
  public let ramp: MagnitudeRamp?
  public init(factor: Double, ramp: MagnitudeRamp? = nil) {
    self.factor = factor
    self.ramp = ramp
  }
}
