import CGSL
import Foundation

/// What the p-values of many streams say together.
enum SecondLevel {
  /// The probability, or a bound above it, that uniform p-values are as uneven or as extreme as these.
  ///
  /// Unevenness is the Kolmogorov-Smirnov distance, with Massart's bound 2 exp(-2nD²) on its tail (Annals of
  /// Probability 18 (1990) 1269); extremeness the least or greatest p-value. The smaller of both counts twice.
  static func pValue(_ pValues: [Double]) -> Double {
    let sorted = pValues.sorted()
    let count = Double(sorted.count)
    var distance = 0.0
    var extreme = 1.0
    for (index, p) in sorted.enumerated() {
      distance = max(distance, p - Double(index) / count, Double(index + 1) / count - p)
      extreme = min(extreme, p, 1 - p)
    }
    let uneven = 2 * exp(-2 * count * distance * distance)
    return min(1, 2 * min(uneven, 2 * count * extreme))
  }

  /// Pearson's test of counts against probabilities that sum to 1.
  static func pValue(counts: [Int], probabilities: [Double]) -> Double {
    let total = Double(counts.reduce(0, +))
    var chiSquare = 0.0
    for (count, probability) in zip(counts, probabilities) {
      let expected = total * probability
      chiSquare += (Double(count) - expected) * (Double(count) - expected) / expected
    }
    return gsl_cdf_chisq_Q(chiSquare, Double(counts.count - 1))
  }
}
