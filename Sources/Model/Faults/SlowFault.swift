/// Work goes at a fraction of its speed, also what is already running.
public struct SlowFault: Hashable, Sendable {
  /// Above 0; 0.25 makes work take four times as long.
  public let speed: Double
  /// How the speed moves until then; nil where it does not.
  public let ramp: MagnitudeRamp?
  public init(speed: Double, ramp: MagnitudeRamp? = nil) {
    self.speed = speed
    self.ramp = ramp
  }
}
