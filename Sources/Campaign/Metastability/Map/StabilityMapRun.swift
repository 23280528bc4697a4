/// Makes a stability map: all loads without a trigger, then every cell, then the boundary, by halving the widest gaps that
/// are left along both axes.
///
/// The map is the same, bit for bit, for any number of jobs: each run depends on its load, its size, the seed and its
/// replication alone, and all cells share their random numbers.
public struct StabilityMapRun: Sendable {
  public let design: StabilityMapDesign
  /// How many runs are made at the same time; at least 1.
  public let jobs: Int

  public init(_ design: StabilityMapDesign, jobs: Int) {
    precondition(jobs >= 1, "A map needs at least one job.")
    self.design = design
    self.jobs = jobs
  }

  /// - Parameter progress: called after each run, one call at a time, from any thread.
  public func execute(
    cancellation: Cancellation = Cancellation(),
    progress: @escaping @Sendable (CampaignProgress) -> Void = { _ in }
  ) -> StabilityMap {
    let count = (loads: design.loads.count, sizes: design.sizes.count, runs: design.replications)
    let counter = RunCounter(maximum: count.loads * count.runs * (1 + count.sizes), progress: progress)
    let runner = TriggerRunner(design, cancellation: cancellation, counter: counter)
    let calm = ParallelTasks.results(count.loads * count.runs, jobs: jobs) { task in
      runner.calm(load: design.loads[task / count.runs], replication: task % count.runs)
    }
    let calmRuns = (0..<count.loads).map { Array(calm[$0 * count.runs..<($0 + 1) * count.runs]) }
    /// The replications of each load that say something of triggers.
    let healthy = calmRuns.map { runs in
      let all = runs.indices.filter { runs[$0].map { $0.unserved <= design.tolerance } ?? false }
      return 2 * all.count < count.runs ? [] : all
    }
    let cells = healthy.enumerated().flatMap { load, runs in
      (0..<count.sizes).flatMap { size in runs.map { (load: load, size: size, replication: $0) } }
    }
    let verdicts = ParallelTasks.results(cells.count, jobs: jobs) { task -> Metastability.Verdict? in
      let (load, size, replication) = cells[task]
      guard let calm = calm[load * count.runs + replication] else { return nil }
      return runner.verdict(
        load: design.loads[load], size: design.sizes[size], replication: replication, calm: calm)
    }
    var grid = Array(
      repeating: Array(repeating: [Metastability.Verdict?](repeating: nil, count: count.sizes), count: count.runs),
      count: count.loads)
    for (cell, verdict) in zip(cells, verdicts) { grid[cell.load][cell.replication][cell.size] = verdict }
    var boundary = BoundarySearch(design, runner, calm: calmRuns, healthy: healthy, grid: grid)
    boundary.refine(jobs: jobs)
    let columns = design.loads.indices.map { load in
      column(
        load: design.loads[load], calm: calmRuns[load], verdicts: healthy[load].map { grid[load][$0] },
        critical: healthy[load].map { boundary.criticalSize(load: load, replication: $0) })
    }
    let rows = ([nil] + design.sizes.indices.map { $0 }).map { size in
      StabilityMap.Row(
        size: size.map { design.sizes[$0] },
        criticalLoads: (0..<count.runs).compactMap { boundary.criticalLoad(size: size, replication: $0) })
    }
    return StabilityMap(
      design: design, columns: columns, rows: rows, refinements: boundary.runs, unresolved: boundary.unresolved,
      isComplete: !cancellation.isCancelled)
  }

  private func column(
    load: Double, calm: [CalmRun?], verdicts: [[Metastability.Verdict?]], critical: [StabilityMap.CriticalSize?]
  ) -> StabilityMap.Column {
    let known = calm.compactMap(\.self)
    let sick = known.count { $0.unserved > design.tolerance }
    let sizes = critical.compactMap(\.self)
    let complete = known.count == calm.count && sizes.count == critical.count
    let stability: StabilityMap.Stability? =
      !complete ? nil : 2 * sick > known.count ? .overloaded : sizes.allSatisfy { $0 == .none } ? .stable : .vulnerable
    return StabilityMap.Column(
      load: load, stability: stability,
      unserved: known.isEmpty ? nil : known.reduce(0) { $0 + $1.unserved } / Double(known.count), degradedAlone: sick,
      cells: verdicts.isEmpty
        ? []
        : design.sizes.indices.map { size in
          StabilityMap.Cell(size: design.sizes[size], verdicts: verdicts.compactMap { $0[size] })
        },
      criticalSizes: sizes,
      nonMonotone: verdicts.count { series in
        guard let first = series.firstIndex(of: .metastable) else { return false }
        return series[first...].contains { $0 == .recovered }
      })
  }
}
