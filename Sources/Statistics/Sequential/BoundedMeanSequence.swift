import Foundation

/// A confidence sequence for the mean of bounded values that holds at every n, small ones too, and for every
/// distribution within the bounds.
///
/// The predictable plug-in empirical Bernstein sequence of I. Waudby-Smith and A. Ramdas, "Estimating means of
/// bounded random variables by betting", JRSS B 86 (2024), theorem 2. The price of assuming nothing else is width:
/// 20 equal replications of an availability leave 38 points, 1,000 leave 0.8: 99.9% takes 10,000.
public struct BoundedMeanSequence: Hashable, Sendable {
  /// Strictly between 0 and 1.
  public let confidence: Double
  /// What the values can be at all; not empty.
  public let range: ClosedRange<Double>

  public init(confidence: Double, range: ClosedRange<Double>) {
    precondition(confidence > 0 && confidence < 1, "a confidence is between 0 and 1, not \(confidence)")
    precondition(range.upperBound > range.lowerBound, "the range \(range) has no width")
    self.confidence = confidence
    self.range = range
  }

  /// The interval after these values, in their order: the intersection of those after each of its prefixes.
  ///
  /// - Parameter values: each within the range. Without any, the interval is the range.
  public func interval(of values: [Double]) -> Interval {
    precondition(values.allSatisfy(range.contains), "a value outside \(range)")
    let width = range.upperBound - range.lowerBound
    let information = log(2 / (1 - confidence))
    var (low, high) = (0.0, 1.0)
    var (sum, squares) = (0.0, 0.0)
    var (bets, betOnValues, penalty) = (0.0, 0.0, information)
    for (index, value) in values.enumerated() {
      let x = (value - range.lowerBound) / width
      let t = Double(index + 1)
      let predictedMean = (0.5 + sum) / t
      let predictedVariance = (0.25 + squares) / t
      let bet = min((2 * information / (predictedVariance * t * log(1 + t))).squareRoot(), 0.5)
      bets += bet
      betOnValues += bet * x
      let surprise = x - predictedMean
      penalty += surprise * surprise * (-log1p(-bet) - bet)
      low = max(low, (betOnValues - penalty) / bets)
      high = min(high, (betOnValues + penalty) / bets)
      sum += x
      let deviation = x - (0.5 + sum) / (t + 1)
      squares += deviation * deviation
    }
    // An empty intersection is an event of the error probability; the interval is then where the ends met.
    if low > high { (low, high) = ((low + high) / 2, (low + high) / 2) }
    return Interval(
      low: range.lowerBound + low * width, high: range.lowerBound + high * width, confidence: confidence)
  }
}
