import Foundation
import Sampling

/// The bias-corrected and accelerated bootstrap for the mean: an interval for skewed samples.
///
/// B. Efron and R. J. Tibshirani, An Introduction to the Bootstrap, 1993, 14.3. The same values give the same
/// interval: resamples are drawn from keys, not from a generator.
struct BootstrapBCa {
  /// The means of the resamples, ascending.
  private let means: [Double]
  private let observed: Double
  private let bias: Double
  private let acceleration: Double

  /// - Parameters:
  ///   - values: two or more, not all equal.
  ///   - resamples: at least 2.
  /// - Complexity: O(resamples x n).
  init(meanOf values: [Double], resamples: Int) {
    precondition(values.count >= 2 && resamples >= 2, "a bootstrap needs two values and two resamples or more")
    let root = DrawKey(bits: DrawKey.hash(of: "BCa bootstrap"))
    let count = UInt64(values.count)
    means = (0..<resamples).map { resample in
      let key = root.child(UInt64(resample))
      var sum = 0.0
      for draw in 0..<count { sum += values[Int(key.draw(draw).multipliedFullWidth(by: count).high)] }
      return sum / Double(count)
    }.sorted()
    observed = Moments(values).mean
    bias = StandardNormal.quantile(Self.share(of: means, below: observed))
    // For a mean, the jackknife's acceleration is the skewness over 6 sqrt(n).
    acceleration = values.skewness / (6 * Double(values.count).squareRoot())
  }

  func interval(confidence: Double) -> Interval {
    let tail = StandardNormal.quantile((1 - confidence) / 2)
    return Interval(low: mean(atNormal: tail), high: mean(atNormal: -tail), confidence: confidence)
  }

  private func mean(atNormal tail: Double) -> Double {
    let shifted = bias + tail
    let accelerated = 1 - acceleration * shifted
    let level = accelerated > 0 ? StandardNormal.cdf(bias + shifted / accelerated) : (shifted > 0 ? 1 : 0)
    let position = level * Double(means.count + 1) - 1
    let lower = min(max(Int(position.rounded(.down)), 0), means.count - 1)
    let upper = min(lower + 1, means.count - 1)
    let part = min(max(position - Double(lower), 0), 1)
    return means[lower] + part * (means[upper] - means[lower])
  }

  /// The share of `means` below `value`, ties by halves, kept away from 0 and 1 by half a resample.
  private static func share(of means: [Double], below value: Double) -> Double {
    var below = 0.0
    for mean in means {
      if mean < value { below += 1 } else if mean == value { below += 0.5 } else { break }
    }
    return min(max(below, 0.5), Double(means.count) - 0.5) / Double(means.count)
  }
}
