/// Events per second of simulated time; zero or more.
public struct Rate: Hashable, Comparable, Sendable, Codable {
  public let perSecond: Double
  public init(perSecond: Double) { self.perSecond = perSecond }
  public static func < (a: Self, b: Self) -> Bool { a.perSecond < b.perSecond }
}

/// A number from 0 to 1.
public struct Probability: Hashable, Comparable, Sendable, Codable {
  public let value: Double
  public init(_ value: Double) { self.value = value }
  public static let zero = Probability(0)
  public static let one = Probability(1)
  public static func < (a: Self, b: Self) -> Bool { a.value < b.value }
}

/// How many may wait, besides those in service.
public enum QueueLimit: Hashable, Sendable, Codable {
  case bounded(Int)
  case unbounded

  /// The limit as a count; `Int32.max` stands for unbounded.
  public var count: Int32 {
    switch self {
    case .bounded(let count): Int32(clamping: count)
    case .unbounded: Int32.max
    }
  }
}
