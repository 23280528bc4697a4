/// A hypothesis about a metric: `availability(viewers) >= 99.9%`, `latency-p99(viewers) <= 1.5 x twin in 90% of runs`.
public struct Expectation: Hashable, Sendable, Codable {
  public enum Comparison: String, Hashable, Sendable, Codable, CaseIterable {
    case atLeast = ">="
    case atMost = "<="
    case above = ">"
    case below = "<"

    /// Whether it bounds from below.
    public var isLowerBound: Bool { self == .atLeast || self == .above }

    /// Whether a value keeps to a bound.
    public func holds(_ value: Double, _ bound: Double) -> Bool {
      switch self {
      case .atLeast: value >= bound
      case .atMost: value <= bound
      case .above: value > bound
      case .below: value < bound
      }
    }
  }

  public let name: String
  public let metric: Metric
  public let comparison: Comparison
  /// In the unit of the metric, fractions as fractions. Where `twinFactor` is given, what is added to the twin's value;
  /// then it may be negative.
  public let bound: Double
  /// How many times the value of the counterfactual twin, the same replication without faults, the bound includes; above
  /// 0; nil where it stands alone.
  public let twinFactor: Double?
  /// The share of the replications that has to keep to the bound; above 0, below 1; nil where their mean has to.
  public let share: Double?

  public init(
    name: String, metric: Metric, comparison: Comparison, bound: Double, twinFactor: Double? = nil,
    share: Double? = nil
  ) {
    self.name = name
    self.metric = metric
    self.comparison = comparison
    self.bound = bound
    self.twinFactor = twinFactor
    self.share = share
  }
}
