import Engine
import Model
import Statistics

/// A variant against the baseline on one metric, paired by replication on common random numbers.
public struct Comparison: Hashable, Sendable {
  public enum Verdict: String, Hashable, Sendable, CaseIterable {
    case worse
    case better
    case noDifferenceShown = "no difference shown"
  }

  public let baseline: String
  public let variant: String
  public let metric: Metric
  /// Variant - baseline, in the quantity's unit. Nil where no replication tells the metric for both.
  public let difference: Estimate?
  /// The two-sided p-value of "no difference"; nil from fewer than two pairs.
  public let p: Double?
  /// The same by Holm's method over all comparisons of the table's list that it is in.
  public let pAdjusted: Double?
  /// How the interval and the p-value were found; nil without pairs.
  public let method: PairedComparison.Method?
  /// Between the pairs; nil where one side is constant.
  public let correlation: Double?
  /// The share of the variance that independent random numbers would have had and these did not.
  public let varianceSaved: Double?
  /// By the adjusted p-value against 1 - confidence, and by whether more is better.
  public let verdict: Verdict
  /// The same for a reader who knows no statistics.
  public let sentence: String
}

/// Failures of a workload for one reason that arose at one component: a variant against the baseline.
public struct ReasonComparison: Hashable, Sendable {
  public let baseline: String
  public let variant: String
  public let workload: String
  public let window: Window
  public let reason: FailureReason
  public let component: String
  /// Variant - baseline, as a fraction of the requests that ended; nil where none did.
  public let difference: Estimate?
  public let p: Double?
  /// By Holm's method over all of the table's reasons.
  public let pAdjusted: Double?
  public let verdict: Comparison.Verdict
}

extension Comparison.Verdict {
  init(difference: Double, higherIsBetter: Bool, pAdjusted: Double?, confidence: Double) {
    guard let pAdjusted, pAdjusted < 1 - confidence, difference != 0 else {
      self = .noDifferenceShown
      return
    }
    self = (difference > 0) == higherIsBetter ? .better : .worse
  }
}
