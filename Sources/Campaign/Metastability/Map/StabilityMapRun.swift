import Engine
import Model
import Synchronization

/// Makes a stability map: all loads without a trigger, then every cell, then the boundary by bisection.
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
    let counter = RunCounter(
      maximum: count.loads * count.runs * (1 + count.sizes + design.bisectionSteps), progress: progress)
    let runner = TriggerRunner(design, cancellation: cancellation, counter: counter)
    let calm = ParallelTasks.results(count.loads * count.runs, jobs: jobs) { task in
      runner.calm(load: design.loads[task / count.runs], replication: task % count.runs)
    }
    func calmRuns(_ load: Int) -> [CalmRun?] { Array(calm[load * count.runs..<(load + 1) * count.runs]) }
    /// The replications of each load that say something of triggers.
    let healthy = (0..<count.loads).map { load in
      let runs = calmRuns(load)
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
    let told = grid
    let brackets = healthy.enumerated().flatMap { load, runs in runs.map { (load: load, replication: $0) } }
    let critical = ParallelTasks.results(brackets.count, jobs: jobs) { task -> StabilityMap.CriticalSize? in
      let (load, replication) = brackets[task]
      guard let calm = calm[load * count.runs + replication] else { return nil }
      return bisect(told[load][replication]) { size in
        runner.verdict(load: design.loads[load], size: size, replication: replication, calm: calm)
      }
    }
    let columns = design.loads.indices.map { load in
      let runs = healthy[load]
      let sizes = brackets.indices.filter { brackets[$0].load == load }
      return column(
        load: design.loads[load], calm: calmRuns(load), verdicts: runs.map { told[load][$0] },
        critical: sizes.map { critical[$0] })
    }
    return StabilityMap(design: design, columns: columns, isComplete: !cancellation.isCancelled)
  }

  /// The critical size of one replication, from the first pair of neighbours in the grid at which it stays degraded and
  /// the one below does not.
  ///
  /// - Returns: nil where a run is missing.
  private func bisect(
    _ verdicts: [Metastability.Verdict?], verdict: (Double) -> Metastability.Verdict?
  ) -> StabilityMap.CriticalSize? {
    if verdicts.contains(nil) { return nil }
    guard let first = verdicts.firstIndex(of: .metastable) else { return StabilityMap.CriticalSize.none }
    var low = first == 0 ? 0 : design.sizes[first - 1]
    var high = design.sizes[first]
    // Where it recovers from no trigger at all, halving would never end.
    for _ in 0..<design.bisectionSteps {
      if high - low <= design.resolution * high { break }
      let middle = (low + high) / 2
      guard let verdict = verdict(middle) else { return nil }
      if verdict == .metastable { high = middle } else { low = middle }
    }
    return .between(above: low, atMost: high)
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

/// One load and replication without a trigger.
struct CalmRun: Sendable {
  let timeline: Timeline
  let time: TimeFrame
  /// The part of the requests that ended neither in success nor degraded: the worst judged workload's.
  let unserved: Double
}

/// Tells how many runs have been made.
private final class RunCounter: Sendable {
  private let maximum: Int
  private let progress: @Sendable (CampaignProgress) -> Void
  private let state = Mutex((ended: 0, requests: 0))

  init(maximum: Int, progress: @escaping @Sendable (CampaignProgress) -> Void) {
    self.maximum = maximum
    self.progress = progress
  }

  func count(requests: Int) {
    state.withLock { state in
      state.ended += 1
      state.requests += requests
      progress(
        CampaignProgress(
          ended: state.ended, resumed: 0, maximum: max(maximum, state.ended), minimum: 0, replications: 0,
          requests: state.requests))
    }
  }
}

/// Runs one load, size and replication.
private struct TriggerRunner: Sendable {
  let design: StabilityMapDesign
  let cancellation: Cancellation
  let counter: RunCounter

  init(_ design: StabilityMapDesign, cancellation: Cancellation, counter: RunCounter) {
    self.design = design
    self.cancellation = cancellation
    self.counter = counter
  }

  func calm(load: Double, replication: Int) -> CalmRun? {
    let subject = design.subject(load: load, size: nil)
    guard let outcome = run(subject, replication: replication) else { return nil }
    let unserved = outcome.workloads.filter { design.judged.contains($0.name) }.compactMap { workload -> Double? in
      guard let tally = workload.windows.first, tally.arrivals > 0 else { return nil }
      return Double(tally.failed + tally.inFlight) / Double(tally.arrivals)
    }
    return CalmRun(timeline: outcome.timeline, time: subject.model.time, unserved: unserved.max() ?? 0)
  }

  func verdict(load: Double, size: Double, replication: Int, calm: CalmRun) -> Metastability.Verdict? {
    let subject = design.subject(load: load, size: size)
    guard let outcome = run(subject, replication: replication) else { return nil }
    let findings = Metastability.all(of: design.judged, in: outcome, twin: calm.timeline, subject: subject)
    return Metastability.worst(findings.map(\.verdict))
  }

  private func run(_ subject: StabilityMapDesign.Subject, replication: Int) -> ReplicationOutcome? {
    if cancellation.isCancelled { return nil }
    var simulation = Simulation(
      Program(model: subject.model, scenario: subject.scenario, windows: [.run], measuringRecovery: true))
    let outcome = simulation.run(
      seed: design.seed, replication: replication, isCancelled: { cancellation.isCancelled })
    if let outcome { counter.count(requests: outcome.timeline.requests) }
    return outcome
  }
}

extension Metastability {
  /// The workloads of a replication, each judged.
  static func all(
    of workloads: [String], in outcome: ReplicationOutcome, twin: Timeline, subject: StabilityMapDesign.Subject
  ) -> [Metastability] {
    let time = subject.model.time
    guard let trigger = FaultPeriod(of: subject.scenario, horizon: time.horizon)?.spans.last else { return [] }
    return workloads.compactMap { Metastability(of: $0, in: outcome, twin: twin, time: time, trigger: trigger) }
  }

  /// What a system comes to of whose workloads each came to something: the worst.
  static func worst(_ verdicts: [Verdict]) -> Verdict {
    let order: [Verdict] = [.metastable, .recovering, .tooShort, .recovered]
    return order.first { verdicts.contains($0) } ?? .recovered
  }
}
