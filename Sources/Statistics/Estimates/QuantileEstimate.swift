import Foundation

/// The order statistics between which a quantile lies with a given confidence, whatever the distribution.
///
/// The number of values below the q-quantile is binomial(n, q): W. J. Conover, Practical Nonparametric
/// Statistics, 3rd ed., 3.2. The values must be independent: one a replication, not one a request.
public struct QuantileRanks: Hashable, Sendable {
  /// The rank of the interval's lower end, from 1.
  public let low: Int
  /// The rank of the interval's upper end, at most the number of values.
  public let high: Int
  /// P(low end <= quantile < high end): at least the confidence asked for.
  public let coverage: Double

  /// The ranks for the q-quantile of `count` values; nil from fewer than `minimumCount` values.
  ///
  /// Equal tails where the sample is large enough for both; else the far end is the extreme value
  /// and the other tail has what is left of 1 - confidence.
  /// - Parameters:
  ///   - quantile: strictly between 0 and 1.
  ///   - confidence: strictly between 0 and 1.
  public init?(quantile: Double, count: Int, confidence: Double) {
    guard count >= Self.minimumCount(quantile: quantile, confidence: confidence) else { return nil }
    let miss = 1 - confidence
    let below = Binomial(trials: count, probability: quantile)
    let allBelow = pow(quantile, Double(count))
    let noneBelow = pow(1 - quantile, Double(count))
    let lowMiss = allBelow > miss / 2 ? miss - allBelow : miss / 2
    let highMiss = noneBelow > miss / 2 ? miss - noneBelow : miss / 2
    low = max(1, below.quantile(lowMiss))
    high = min(count, below.quantile(1 - highMiss) + 1)
    coverage = below.cdf(high - 1) - below.cdf(low - 1)
  }

  /// The fewest values from which both ends of the interval are known: the smallest n with
  /// q^n + (1-q)^n <= 1 - confidence; 299 for the 99% quantile at 95%.
  public static func minimumCount(quantile: Double, confidence: Double) -> Int {
    precondition(quantile > 0 && quantile < 1, "a quantile between 0 and 1, not \(quantile)")
    precondition(confidence > 0 && confidence < 1, "a confidence is between 0 and 1, not \(confidence)")
    func misses(_ n: Int) -> Bool { pow(quantile, Double(n)) + pow(1 - quantile, Double(n)) > 1 - confidence }
    var high = 1
    while misses(high) { high *= 2 }
    var low = high / 2
    while low + 1 < high {
      let middle = (low + high) / 2
      if misses(middle) { low = middle } else { high = middle }
    }
    return high
  }
}

/// An estimated quantile, or how many values it would take.
public enum QuantileEstimate: Hashable, Sendable {
  case estimated(Estimate)
  /// The quantile is refused: its interval needs this many values.
  case tooFew(needed: Int)

  /// The q-quantile of independent values, with the interval between two of them.
  ///
  /// The value is the smallest one that at least a share q of all does not exceed.
  /// - Parameters:
  ///   - quantile: strictly between 0 and 1.
  ///   - values: in any order; none is NaN.
  /// - Complexity: O(n log n).
  public init(_ quantile: Double, of values: [Double], confidence: Double) {
    guard let ranks = QuantileRanks(quantile: quantile, count: values.count, confidence: confidence) else {
      self = .tooFew(needed: QuantileRanks.minimumCount(quantile: quantile, confidence: confidence))
      return
    }
    let sorted = values.sorted()
    // 0.07 x 100 is 7.000000000000001 in binary, and its rank is still 7.
    let rank = max(1, Int((quantile * Double(values.count) - 1e-9).rounded(.up)))
    self = .estimated(
      Estimate(
        value: sorted[rank - 1], low: sorted[ranks.low - 1], high: sorted[ranks.high - 1],
        confidence: confidence, replications: values.count))
  }

  /// Nil where it was refused.
  public var estimate: Estimate? {
    switch self {
    case .estimated(let estimate): estimate
    case .tooFew: nil
    }
  }
}
