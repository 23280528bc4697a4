import Foundation

/// A confidence sequence for the share of replications with a property (`in 99% of runs`), exact at every n.
///
/// The mixture of binomial likelihood ratios over a uniform distribution of the share: H. Robbins, "Statistical
/// methods related to the law of the iterated logarithm", Annals of Mathematical Statistics 41 (1970). By Ville's
/// inequality, B(k+1, n-k+1) / (p^k (1-p)^(n-k)) exceeds 1/α at any n with a probability of at most α.
public struct ShareSequence: Hashable, Sendable {
  /// Strictly between 0 and 1.
  public let confidence: Double

  public init(confidence: Double) {
    precondition(confidence > 0 && confidence < 1, "a confidence is between 0 and 1, not \(confidence)")
    self.confidence = confidence
  }

  public func interval(of proportion: Proportion) -> Interval {
    let k = Double(proportion.count)
    let misses = Double(proportion.trials - proportion.count)
    let mixture = lgamma(k + 1) + lgamma(misses + 1) - lgamma(k + misses + 2)
    func excess(_ p: Double) -> Double {
      let likelihood = (k == 0 ? 0 : k * log(p)) + (misses == 0 ? 0 : misses * log1p(-p))
      return max(mixture - likelihood, -1e300) + log(1 - confidence)
    }
    let value = proportion.value
    let low = k == 0 ? 0 : RootSearch.root(in: Double.leastNormalMagnitude...value) { min(excess($0), 1e300) }
    let high = misses == 0 ? 1 : RootSearch.root(in: value...1) { min(excess($0), 1e300) }
    return Interval(low: low ?? 0, high: high ?? 1, confidence: confidence)
  }

  /// How many replications without exception support a share of at least `bound`: the n from which on
  /// (n + 1) p^n <= α; nil where ten million do not.
  public func replicationsAlike(supporting bound: Double) -> Int? {
    func isEnough(_ count: Int) -> Bool { log1p(Double(count)) + Double(count) * log(bound) <= log(1 - confidence) }
    var most = 1
    while !isEnough(most) {
      if most > 10_000_000 { return nil }
      most *= 2
    }
    var least = most / 2
    while most - least > 1 {
      let middle = (least + most) / 2
      if isEnough(middle) { most = middle } else { least = middle }
    }
    return most
  }

  /// Whether at least a share `bound` of replications has the property, by those that had it so far.
  ///
  /// At 95%, 99% of replications take 984 without exception to be supported, 90% take 69, and 80% take 29.
  public func verdict(of proportion: Proportion, atLeast bound: Double) -> Verdict {
    let interval = interval(of: proportion)
    return interval.low >= bound ? .supported : interval.high < bound ? .refuted : .inconclusive
  }
}
