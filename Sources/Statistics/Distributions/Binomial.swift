import Foundation

/// The number of successes in independent trials.
public struct Binomial: Hashable, Sendable {
  /// Zero or more.
  public let trials: Int
  /// From 0 to 1.
  public let probability: Double

  public init(trials: Int, probability: Double) {
    precondition(trials >= 0, "the number of trials is zero or more, not \(trials)")
    precondition(probability >= 0 && probability <= 1, "a probability is from 0 to 1, not \(probability)")
    self.trials = trials
    self.probability = probability
  }

  /// P(X <= count).
  public func cdf(_ count: Int) -> Double {
    if count < 0 { return 0 }
    if count >= trials { return 1 }
    return exp(RegularizedBeta(a: Double(count + 1), b: Double(trials - count)).logUpper(probability))
  }

  /// P(X >= count), without the loss of digits of 1 - cdf(count - 1).
  public func upperTail(_ count: Int) -> Double {
    if count <= 0 { return 1 }
    if count > trials { return 0 }
    return exp(RegularizedBeta(a: Double(count), b: Double(trials - count + 1)).logLower(probability))
  }

  /// The smallest count with P(X <= count) >= `p`.
  ///
  /// - Parameter p: from 0 to 1.
  /// - Complexity: O(log trials) evaluations of the CDF.
  public func quantile(_ p: Double) -> Int {
    precondition(p >= 0 && p <= 1, "a probability is from 0 to 1, not \(p)")
    var low = 0
    var high = trials
    while low < high {
      let middle = low + (high - low) / 2
      if cdf(middle) >= p { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
