/// How a magnitude of a fault moves after the fault has begun: linearly from `start` to the value it then keeps.
public struct MagnitudeRamp: Hashable, Sendable {
  /// In the unit of the magnitude.
  public let start: Double
  /// Above zero.
  public let over: SimulationDuration
  public init(start: Double, over: SimulationDuration) {
    self.start = start
    self.over = over
  }
}
