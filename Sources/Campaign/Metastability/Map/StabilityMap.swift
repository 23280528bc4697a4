import Model
import Statistics

/// Where a system recovers from a trigger, where it does not, and where it needs none to be degraded.
public struct StabilityMap: Sendable {
  public let design: StabilityMapDesign
  /// In the order of the loads.
  public let columns: [Column]
  /// No trigger first, then in the order of the sizes.
  public let rows: [Row]
  /// Runs that were made beyond those of the grid, and how many critical sizes and loads are still enclosed less closely
  /// than asked for, since the budget was spent.
  public let refinements: Int
  public let unresolved: Int
  /// Whether every run was made; else cells and boundaries are missing.
  public let isComplete: Bool

  /// What a load comes to.
  public enum Stability: String, Hashable, Sendable, CaseIterable {
    /// No trigger of the map leaves any replication degraded.
    case stable
    /// Healthy without a trigger, and some trigger leaves a replication degraded.
    case vulnerable
    /// More than half of the replications are degraded without any trigger.
    case overloaded
  }

  /// All that is known of one load.
  public struct Column: Hashable, Sendable {
    public let load: Double
    /// Nil where it is not known, since the map was interrupted.
    public let stability: Stability?
    /// The part of the requests that was left unserved without a trigger, the worst workload's, averaged.
    public let unserved: Double?
    /// Replications that are degraded without a trigger. They say nothing of triggers and are in no cell.
    public let degradedAlone: Int
    /// In the order of the sizes; empty where it is overloaded.
    public let cells: [Cell]
    /// One for each replication that is healthy without a trigger, in their order.
    public let criticalSizes: [CriticalSize]
    /// Healthy replications in which some trigger leaves the system degraded and a larger one of the grid does not.
    public let nonMonotone: Int
  }

  /// All that is known of one trigger size.
  public struct Row: Hashable, Sendable {
    /// Nil where nothing triggers.
    public let size: Double?
    /// The load from which on a replication stays degraded, with this trigger or for want of capacity; one a replication, in
    /// their order.
    public let criticalLoads: [CriticalSize]
  }

  /// One trigger size at one load.
  public struct Cell: Hashable, Sendable {
    public let size: Double
    /// One for each replication that is healthy without a trigger, in their order.
    public let verdicts: [Metastability.Verdict]

    public func count(_ verdict: Metastability.Verdict) -> Int { verdicts.count { $0 == verdict } }
    /// The metastable replications among the healthy ones; nil where there are none.
    public var share: Proportion? {
      verdicts.isEmpty ? nil : Proportion(count(.metastable), of: verdicts.count)
    }
  }

  /// The size, or the load, from which on one replication stays degraded.
  public enum CriticalSize: Hashable, Sendable {
    /// Above `above`, at which it recovers, and at most `atMost`, at which it does not. Of sizes 0 is no trigger; of loads it
    /// says that the least load of the map is too much.
    case between(above: Double, atMost: Double)
    /// None of the map is enough.
    case none

    /// Infinite where none does.
    var value: Double {
      switch self {
      case .between(_, let atMost): atMost
      case .none: .infinity
      }
    }
  }
}

extension StabilityMap.Column {
  /// The size at which half of the replications stay degraded: the median of the critical sizes, with the pair of sizes
  /// that encloses it; nil where fewer than half ever do.
  public var boundary: StabilityMap.CriticalSize? { criticalSizes.boundary }

  /// The interval of the boundary from order statistics, over replications; an infinite end lies beyond the map. Nil with
  /// too few replications.
  public func boundaryInterval(confidence: Double) -> Interval? {
    criticalSizes.boundaryInterval(confidence: confidence)
  }

  /// How many replications some trigger of the map leaves degraded.
  public var vulnerable: Int { criticalSizes.count { $0 != .none } }
}

extension StabilityMap.Row {
  /// The load at which half of the replications stay degraded, as a column has it of sizes.
  public var boundary: StabilityMap.CriticalSize? { criticalLoads.boundary }

  /// The interval of the boundary, as a column has it.
  public func boundaryInterval(confidence: Double) -> Interval? {
    criticalLoads.boundaryInterval(confidence: confidence)
  }
}

extension [StabilityMap.CriticalSize] {
  fileprivate var boundary: StabilityMap.CriticalSize? {
    let sorted = self.sorted { $0.value < $1.value }
    guard !sorted.isEmpty else { return nil }
    let median = sorted[(sorted.count - 1) / 2]
    return median == .none ? nil : median
  }

  fileprivate func boundaryInterval(confidence: Double) -> Interval? {
    let values = map(\.value).sorted()
    guard let ranks = QuantileRanks(quantile: 0.5, count: values.count, confidence: confidence) else { return nil }
    return Interval(low: values[ranks.low - 1], high: values[ranks.high - 1], confidence: confidence)
  }
}
