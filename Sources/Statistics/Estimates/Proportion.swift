import Foundation

/// How many of a number of independent trials came out one way.
///
/// Requests of one replication are not independent trials; replications are.
public struct Proportion: Hashable, Sendable, Codable {
  /// From 0 to `trials`.
  public let count: Int
  /// At least 1.
  public let trials: Int

  public init(_ count: Int, of trials: Int) {
    precondition(trials >= 1 && count >= 0 && count <= trials, "\(count) of \(trials) is no proportion")
    self.count = count
    self.trials = trials
  }

  public var value: Double { Double(count) / Double(trials) }

  /// The interval to show: close to its level on average, sometimes a little below it.
  ///
  /// E. B. Wilson (1927); recommended by L. D. Brown, T. T. Cai and A. DasGupta, "Interval estimation for a
  /// binomial proportion", Statistical Science 16 (2001).
  /// - Parameter confidence: strictly between 0 and 1.
  public func wilson(confidence: Double) -> Interval {
    precondition(confidence > 0 && confidence < 1, "a confidence is between 0 and 1, not \(confidence)")
    let z = StandardNormal.quantile((1 + confidence) / 2)
    let n = Double(trials)
    let shrinkage = 1 + z * z / n
    let centre = (value + z * z / (2 * n)) / shrinkage
    let spread = value * (Double(trials - count) / n) / n + z * z / (4 * n * n)
    let radius = z * spread.squareRoot() / shrinkage
    return Interval(
      low: count == 0 ? 0 : centre - radius, high: count == trials ? 1 : centre + radius, confidence: confidence)
  }

  /// The interval to judge by: never below its level, whatever the truth.
  ///
  /// C. J. Clopper and E. S. Pearson, Biometrika 26 (1934): the ends at which the binomial tails are (1 - c) / 2.
  /// - Parameter confidence: strictly between 0 and 1.
  public func clopperPearson(confidence: Double) -> Interval {
    precondition(confidence > 0 && confidence < 1, "a confidence is between 0 and 1, not \(confidence)")
    let tail = (1 - confidence) / 2
    // The end nearer to 1 is 1 minus the other's mirror image, so that the root is searched where digits are.
    return Interval(
      low: 2 * count <= trials ? lowEnd(tail: tail) : 1 - mirrored.highEnd(tail: tail),
      high: 2 * count <= trials ? highEnd(tail: tail) : 1 - mirrored.lowEnd(tail: tail),
      confidence: confidence)
  }

  private var mirrored: Proportion { Proportion(trials - count, of: trials) }

  /// The p at which `count` or more have the probability `tail`.
  private func lowEnd(tail: Double) -> Double {
    if count == 0 { return 0 }
    if count == trials { return exp(log(tail) / Double(trials)) }
    let beta = RegularizedBeta(a: Double(count), b: Double(trials - count + 1))
    return solved(in: -750...log(value)) { beta.logLower($0) - log(tail) }
  }

  /// The p at which `count` or fewer have the probability `tail`.
  private func highEnd(tail: Double) -> Double {
    if count == trials { return 1 }
    if count == 0 { return -expm1(log(tail) / Double(trials)) }
    let beta = RegularizedBeta(a: Double(count + 1), b: Double(trials - count))
    return solved(in: log(value)...0) { max(beta.logUpper($0), -1e300) - log(tail) }
  }

  private func solved(in logarithms: ClosedRange<Double>, _ excess: (Double) -> Double) -> Double {
    guard let root = RootSearch.root(in: logarithms, of: { excess(exp($0)) }) else {
      preconditionFailure("no Clopper-Pearson end for \(count) of \(trials)")
    }
    return exp(root)
  }
}
