import Dispatch

/// Runs a campaign's replications over the cores.
///
/// The result is the same, bit for bit, for any number of jobs, and whether the campaign is run whole or resumed:
/// replications depend on nothing but the seed and their number, they are reduced in the order of their numbers, and
/// the stopping rule looks at them in that order alone.
public struct CampaignRun: Sendable {
  public let outline: CampaignOutline
  /// How many replications are run at the same time; at least 1.
  public let jobs: Int
  /// Whether it ends as soon as every expectation of every variant is supported or refuted, at the maximum at the latest.
  public let stopsOnceDecided: Bool

  public init(_ outline: CampaignOutline, jobs: Int, stopsOnceDecided: Bool = false) {
    precondition(jobs >= 1, "A campaign needs at least one job.")
    self.outline = outline
    self.jobs = jobs
    self.stopsOnceDecided = stopsOnceDecided
  }

  /// Runs until the stopping rule is met, or `cancellation` says so; blocks until then.
  ///
  /// - Parameters:
  ///   - journal: keeps each replication as it ends; what it has stored is not run again.
  ///   - progress: called after each replication, one call at a time, from any thread; it should be quick.
  ///   - makeRunner: makes what runs the replications of one worker.
  /// - Throws: the first failure of the journal; replications in flight are then abandoned.
  public func execute<Journal: ReplicationJournal, Runner: ReplicationRunner>(
    journal: Journal, cancellation: Cancellation = Cancellation(),
    progress: @escaping @Sendable (CampaignProgress) -> Void = { _ in },
    makeRunner: @escaping @Sendable () -> Runner
  ) throws(Journal.Failure) -> CampaignResult {
    let schedule = ReplicationSchedule(
      outline: outline, jobs: jobs, journal: journal, cancellation: cancellation, progress: progress,
      rule: StoppingRule(outline, stopsOnceDecided: stopsOnceDecided))
    schedule.takeStored()
    DispatchQueue.concurrentPerform(iterations: jobs) { _ in
      var runner: Runner?
      while let item = schedule.next() {
        let worker = runner ?? makeRunner()
        runner = worker
        let record = worker.run(variant: item.variant, replication: item.replication) {
          schedule.isAbandoned(item)
        }
        schedule.end(item, with: record)
      }
    }
    return try schedule.result()
  }
}

extension CampaignRun {
  /// Runs a design on the engine.
  public static func execute<Journal: ReplicationJournal>(
    _ design: CampaignDesign, jobs: Int, journal: Journal,
    cancellation: Cancellation = Cancellation(),
    progress: @escaping @Sendable (CampaignProgress) -> Void = { _ in }
  ) throws(Journal.Failure) -> CampaignResult {
    try CampaignRun(design.outline, jobs: jobs).execute(
      journal: journal, cancellation: cancellation, progress: progress
    ) { SimulationRunner(design) }
  }
}
