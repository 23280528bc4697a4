/// Work goes at a fraction of its speed, also what is already running.
public struct SlowFault: Hashable, Sendable {
  /// Above 0; 0.25 makes work take four times as long.
  public let speed: Double
  public init(speed: Double) { self.speed = speed }
}
