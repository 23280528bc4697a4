/// A workload asks `factor` times as often; the arrivals above the base have keys of their own.
public struct SurgeFault: Hashable, Sendable {
  /// Above 1.
  public let factor: Double
  public init(factor: Double) { self.factor = factor }
}
