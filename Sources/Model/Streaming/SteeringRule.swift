/// A team's own switching algorithm: an expression that is evaluated for each CDN and gives that CDN's weight.
///
/// It is a tree of numbers and conditions, each of its own type, so that no condition stands where a number is needed.
public struct SteeringRule: Hashable, Sendable {
  /// The expression as it is written in the file.
  public let text: String
  /// The weight of the CDN at hand.
  public let weight: Value

  public init(_ weight: Value, text: String) {
    self.weight = weight
    self.text = text
  }

  /// A number.
  public indirect enum Value: Hashable, Sendable {
    case constant(Double)
    /// A signal of the CDN at hand, or of the one that is named.
    case signal(Signal, of: String?)
    case negative(Value)
    case magnitude(Value)
    case arithmetic(Value, Arithmetic, Value)
    /// One of two numbers: the first where the condition holds.
    case choice(Condition, then: Value, else: Value)
    /// A number over all CDNs, the same whichever CDN is at hand.
    case overall(Summary, Value)
  }

  /// What holds or doesn't.
  public indirect enum Condition: Hashable, Sendable {
    case comparison(Value, Comparison, Value)
    case not(Condition)
    case and(Condition, Condition)
    case or(Condition, Condition)
  }

  public enum Arithmetic: String, Hashable, Sendable, CaseIterable {
    case plus = "+"
    case minus = "-"
    case times = "*"
    case over = "/"
    /// The smaller one; not a number where either isn't.
    case lesser = "min"
    /// The larger one; not a number where either isn't.
    case greater = "max"
  }

  /// A comparison of what is not a number with anything never holds, but `!=` always does.
  public enum Comparison: String, Hashable, Sendable, CaseIterable {
    case less = "<"
    case atMost = "<="
    case greater = ">"
    case atLeast = ">="
    case equal = "=="
    case unequal = "!="
  }

  /// How the values for all CDNs become one.
  public enum Summary: String, Hashable, Sendable, BitwiseCopyable, CaseIterable {
    case lowest, highest, mean, total
  }

  /// What is known about a CDN at an evaluation. A ratio or a mean is 0 where nothing was reported: `reports` tells.
  public enum Signal: String, Hashable, Sendable, BitwiseCopyable, CaseIterable {
    /// The part of the transfers that ended with an error.
    case errorRatio = "error-ratio"
    /// The part of the transfers that ran into the player's timeout.
    case timeoutRatio = "timeout-ratio"
    /// Bits per second, the mean of the transfers that were delivered.
    case throughput
    /// Seconds, the mean of the transfers that were delivered.
    case firstByte = "first-byte"
    /// Stalled over watched time.
    case rebuffering
    /// The part of the starts that failed.
    case startFailures = "start-failures"
    /// The part of the look-ups in its caches that hit.
    case hitRatio = "hit-ratio"
    /// Egress over capacity; 0 where it has no capacity.
    case load
    /// Bits per second.
    case egress
    /// The part of its requests to the origin that failed.
    case originErrors = "origin-errors"
    /// Money per GB.
    case cost
    /// Its weight before this evaluation, as a part of all.
    case weight
    /// Its part of the sessions.
    case share
    /// How many sessions it has.
    case sessions
    /// Seconds since its weight last changed.
    case age
    /// How many reports the evaluation rests on.
    case reports
  }
}
