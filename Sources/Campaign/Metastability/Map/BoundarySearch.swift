/// Looks for the boundary between where a system recovers and where it stays degraded: in each replication along the
/// triggers at each load, and along the loads at each trigger and without one.
///
/// Both axes share one budget of runs. In each round the widest gaps are halved, relative to their upper ends, until none is
/// wider than the resolution or nothing is left; which they are does not depend on the number of jobs.
struct BoundarySearch {
  /// A gap between what is known to recover and what is known not to, in one replication.
  private struct Gap {
    enum Axis: Hashable {
      /// Along the triggers at a load, or along the loads at a size (nil: without a trigger), by their places.
      case sizes(load: Int)
      case loads(size: Int?)
    }
    let axis: Axis
    let replication: Int
    /// Infinite where nothing of the map is enough.
    var high: Double
    var low: Double
    /// Whether the grid has told both ends, and every run since.
    var isKnown = true
    /// How often it may still be halved: of a system that recovers from no trigger at all that would never end.
    var steps: Int

    /// Nothing can be halved below the least load of the map.
    var width: Double {
      if high.isInfinite || !isKnown || steps == 0 { return 0 }
      if case .loads = axis, low == 0 { return 0 }
      return (high - low) / high
    }
    /// Runs that halving takes: a new load needs one without a trigger, to be compared with.
    var cost: Int {
      if case .loads(size: .some) = axis { 2 } else { 1 }
    }
    var critical: StabilityMap.CriticalSize { high.isInfinite ? .none : .between(above: low, atMost: high) }
  }

  private let design: StabilityMapDesign
  private let runner: TriggerRunner
  private let calm: [[CalmRun?]]
  private var gaps: [Gap] = []
  /// Runs that were made.
  private(set) var runs = 0

  /// - Parameters:
  ///   - calm: by load and replication; nil where a run is missing.
  ///   - healthy: of each load the replications that say something of triggers.
  ///   - grid: by load, replication and size; nil where nothing was run or a run is missing.
  init(
    _ design: StabilityMapDesign, _ runner: TriggerRunner, calm: [[CalmRun?]], healthy: [[Int]],
    grid: [[[Metastability.Verdict?]]]
  ) {
    self.design = design
    self.runner = runner
    self.calm = calm
    for load in design.loads.indices {
      for replication in healthy[load] {
        let states = grid[load][replication].map { $0.map { $0 == .metastable } }
        append(.sizes(load: load), replication, states, design.sizes)
      }
    }
    for size in [nil] + design.sizes.indices.map({ $0 as Int? }) {
      for replication in 0..<design.replications {
        let states = design.loads.indices.map { load -> Bool? in
          guard let run = calm[load][replication] else { return nil }
          if run.unserved > design.tolerance { return true }
          guard let size else { return false }
          // Most of the others are degraded without a trigger, so it was not run with one.
          return healthy[load].contains(replication) ? grid[load][replication][size].map { $0 == .metastable } : true
        }
        append(.loads(size: size), replication, states, design.loads)
      }
    }
  }

  /// From the first pair of neighbours of which the second stays degraded and the first does not.
  private mutating func append(_ axis: Gap.Axis, _ replication: Int, _ states: [Bool?], _ values: [Double]) {
    var gap = Gap(axis: axis, replication: replication, high: .infinity, low: 0, steps: design.bisectionSteps)
    if states.contains(nil) { gap.isKnown = false }
    if let first = states.firstIndex(of: true) {
      gap.high = values[first]
      gap.low = first == 0 ? 0 : values[first - 1]
    }
    gaps.append(gap)
  }

  /// How many gaps are wider than the resolution.
  var unresolved: Int { gaps.count { $0.width > design.resolution } }

  /// Nil where a run is missing.
  func criticalSize(load: Int, replication: Int) -> StabilityMap.CriticalSize? {
    critical(.sizes(load: load), replication)
  }

  /// Nil where a run is missing.
  func criticalLoad(size: Int?, replication: Int) -> StabilityMap.CriticalSize? {
    critical(.loads(size: size), replication)
  }

  private func critical(_ axis: Gap.Axis, _ replication: Int) -> StabilityMap.CriticalSize? {
    gaps.first { $0.axis == axis && $0.replication == replication }.flatMap { $0.isKnown ? $0.critical : nil }
  }

  mutating func refine(jobs: Int) {
    while true {
      let wide = gaps.indices.filter { gaps[$0].width > design.resolution }
        .sorted { (gaps[$1].width, $0) < (gaps[$0].width, $1) }
      var chosen: [Int] = []
      var cost = 0
      for gap in wide where runs + cost + gaps[gap].cost <= design.budget {
        chosen.append(gap)
        cost += gaps[gap].cost
      }
      // Of a budget that does not suffice for all, the wider half goes first, and is looked at again.
      if chosen.count < wide.count { chosen = Array(chosen.prefix(max(1, chosen.count / 2))) }
      if chosen.isEmpty { return }
      let (present, asked) = (self, chosen)
      let told = ParallelTasks.results(asked.count, jobs: jobs) { present.isDegraded(present.gaps[asked[$0]]) }
      for (gap, isDegraded) in zip(chosen, told) {
        let middle = Self.middle(gaps[gap])
        runs += gaps[gap].cost
        gaps[gap].steps -= 1
        switch isDegraded {
        case true: gaps[gap].high = middle
        case false: gaps[gap].low = middle
        case nil: gaps[gap].isKnown = false
        }
      }
    }
  }

  private static func middle(_ gap: Gap) -> Double { (gap.low + gap.high) / 2 }

  /// Whether a replication stays degraded in the middle of a gap; nil where a run is missing.
  private func isDegraded(_ gap: Gap) -> Bool? {
    let middle = Self.middle(gap)
    switch gap.axis {
    case .sizes(let load):
      guard let calm = calm[load][gap.replication] else { return nil }
      return runner.verdict(
        load: design.loads[load], size: middle, replication: gap.replication, calm: calm
      ).map { $0 == .metastable }
    case .loads(let size):
      guard let calm = runner.calm(load: middle, replication: gap.replication) else { return nil }
      if calm.unserved > design.tolerance { return true }
      guard let size else { return false }
      return runner.verdict(
        load: middle, size: design.sizes[size], replication: gap.replication, calm: calm
      ).map { $0 == .metastable }
    }
  }
}
