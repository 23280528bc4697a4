/// A length of simulated time, in whole nanoseconds.
///
/// Negative lengths do not occur in a valid model. The longest is about 292 years.
public struct SimulationDuration: Hashable, Comparable, Sendable, Codable {
  public let nanoseconds: Int64

  @inlinable public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  /// The nearest whole nanosecond to `seconds`, or nil outside the range of the clock.
  public init?(seconds: Double) {
    let scaled = (seconds * 1e9).rounded()
    guard scaled.magnitude < 0x1p63 else { return nil }
    nanoseconds = Int64(scaled)
  }

  public static let zero = SimulationDuration(nanoseconds: 0)
  public static func seconds(_ count: Int64) -> SimulationDuration {
    SimulationDuration(nanoseconds: count * 1_000_000_000)
  }
  public static func milliseconds(_ count: Int64) -> SimulationDuration {
    SimulationDuration(nanoseconds: count * 1_000_000)
  }

  /// The length in seconds, rounded to the nearest Double.
  public var seconds: Double { Double(nanoseconds) / 1e9 }

  @inlinable public static func < (a: Self, b: Self) -> Bool { a.nanoseconds < b.nanoseconds }
  @inlinable public static func + (a: Self, b: Self) -> Self {
    Self(nanoseconds: a.nanoseconds + b.nanoseconds)
  }
  @inlinable public static func - (a: Self, b: Self) -> Self {
    Self(nanoseconds: a.nanoseconds - b.nanoseconds)
  }
}

/// An instant of simulated time: nanoseconds since the start of the replication, warm-up included.
public struct SimulationTime: Hashable, Comparable, Sendable, Codable {
  public let nanoseconds: Int64

  @inlinable public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  public static let zero = SimulationTime(nanoseconds: 0)

  /// Seconds since the start, rounded to the nearest Double.
  public var seconds: Double { Double(nanoseconds) / 1e9 }

  @inlinable public static func < (a: Self, b: Self) -> Bool { a.nanoseconds < b.nanoseconds }
  @inlinable public static func + (a: Self, b: SimulationDuration) -> Self {
    Self(nanoseconds: a.nanoseconds + b.nanoseconds)
  }
  @inlinable public static func - (a: Self, b: Self) -> SimulationDuration {
    SimulationDuration(nanoseconds: a.nanoseconds - b.nanoseconds)
  }
}

/// When things happen: how long a replication runs and how much of it is not measured.
public struct TimeFrame: Hashable, Sendable, Codable {
  /// Time at the start that is simulated but not measured.
  public let warmup: SimulationDuration
  /// The end of the replication; the warm-up is part of it.
  public let horizon: SimulationDuration
  /// The time of day at the start, as a length since midnight; below 24 h.
  public let start: SimulationDuration

  public init(warmup: SimulationDuration, horizon: SimulationDuration, start: SimulationDuration) {
    self.warmup = warmup
    self.horizon = horizon
    self.start = start
  }
}
