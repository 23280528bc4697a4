import Foundation
import Model
import Statistics

extension ExpectationResult {
  /// The verdict on a claim that faults hurt nobody at all, where no replication shows anybody hurt; nil for other claims.
  ///
  /// No interval of a mean lies wholly at the end of its range. So it is supported as soon as replications that hurt somebody,
  /// if there were 5% of them, would have shown up with the confidence asked for: from 59 replications on at 95%
  /// (S. S. Wilks, "Determination of sample sizes for setting tolerance limits", Annals of Mathematical Statistics 12, 1941).
  static func verdict(ofSparing expectation: Expectation, by values: [Double], confidence: Double) -> Verdict? {
    guard expectation.metric.quantity.isToldByTwin, expectation.comparison == .atMost, expectation.bound == 0,
      values.allSatisfy({ $0 == 0 })
    else { return nil }
    return Double(values.count) >= log(1 - confidence) / log(1 - rarestHarm) ? .supported : .inconclusive
  }

  /// The share of replications with somebody hurt that has to have had its chance to show up.
  private static var rarestHarm: Double { 0.05 }
}
