import Engine
import Foundation
import Model
import Synchronization
import Testing

@testable import Campaign

private func outline(
  minimum: Int = 12, maximum: Int = 12, until: CampaignPlan.Precision? = nil
) -> CampaignOutline {
  CampaignDesign(Fixture.plan(minimum: minimum, maximum: maximum, until: until)).outline
}

private func execute(
  _ outline: CampaignOutline, jobs: Int, journal: MemoryJournal = MemoryJournal(), log: RunLog? = nil,
  cancellation: Cancellation = Cancellation(),
  progress: @escaping @Sendable (CampaignProgress) -> Void = { _ in }
) throws -> CampaignResult {
  try CampaignRun(outline, jobs: jobs).execute(journal: journal, cancellation: cancellation, progress: progress) {
    FormulaRunner(outline, log: log)
  }
}

/// All that a reader sees of a result.
private func image(_ result: CampaignResult) -> String {
  let summaries = result.summaries.map { summary in
    "\(summary.fingerprint) \(summary.outcomes) \(summary.workloads) \(summary.services) \(String(describing: summary.timeline))"
  }
  return "\(result.status) \(result.replications) \(result.fingerprint) \(summaries) "
    + "\(String(describing: result.comparisons()))"
}

@Suite struct `A campaign's run` {
  @Test func `gives the same with one job as with many`() throws {
    let outline = outline()
    let one = try execute(outline, jobs: 1)
    #expect(one.status == .complete)
    #expect(one.replications == 12)
    for jobs in [2, 4, 7] {
      #expect(try image(execute(outline, jobs: jobs)) == image(one))
    }
  }

  @Test func `gives the same when it is resumed, and runs nothing twice`() throws {
    let outline = outline()
    let whole = MemoryJournal()
    let expected = try image(execute(outline, jobs: 2, journal: whole))
    // As after a kill: some replications are there, with gaps, in no order.
    let kept = whole.all.filter { ($0.replication * 3 + ($0.variant == "isolated" ? 0 : 1)) % 4 != 0 }
    let log = RunLog()
    let resumed = MemoryJournal(kept)
    #expect(try image(execute(outline, jobs: 3, journal: resumed, log: log)) == expected)
    #expect(Set(log.all).isDisjoint(with: kept.map(\.id)))
    #expect(log.all.count == 24 - kept.count)
    #expect(Set(resumed.all) == Set(whole.all))
  }

  @Test func `gives what is stored where nothing is left to run`() throws {
    let outline = outline()
    let whole = MemoryJournal()
    let expected = try image(execute(outline, jobs: 1, journal: whole))
    let log = RunLog()
    #expect(try image(execute(outline, jobs: 2, journal: MemoryJournal(whole.all), log: log)) == expected)
    #expect(log.all.isEmpty)
  }

  @Test func `goes on with more replications than it was begun with`() throws {
    let short = MemoryJournal()
    _ = try execute(outline(), jobs: 2, journal: short)
    let longer = outline(minimum: 20, maximum: 20)
    #expect(try image(execute(longer, jobs: 2, journal: MemoryJournal(short.all))) == image(execute(longer, jobs: 1)))
  }

  @Test func `stops where the precision is reached, at the same replication with any number of jobs`() throws {
    let precision = CampaignPlan.Precision(metric: Fixture.duringFaults, halfWidth: 0.0025)
    let outline = outline(minimum: 5, maximum: 200, until: precision)
    let result = try execute(outline, jobs: 1)
    #expect(result.status == .complete)
    #expect((6..<200).contains(result.replications))
    for jobs in [2, 5] {
      #expect(try image(execute(outline, jobs: jobs)) == image(result))
    }
    // The rule looks at a prefix: one replication fewer had not been enough.
    let rule = StoppingRule(outline)
    for count in 5...result.replications {
      let prefix = Build.result(outline, replications: count) { name, replication in
        FormulaRunner.record(outline, variant: name == "isolated" ? 0 : 1, replication: replication)
      }
      #expect(rule.isMet(by: prefix.samples) == (count == result.replications))
    }
  }

  @Test func `runs only a little ahead of what it needs`() throws {
    let precision = CampaignPlan.Precision(metric: Fixture.duringFaults, halfWidth: 0.5)
    let log = RunLog()
    let result = try execute(outline(minimum: 5, maximum: 10_000, until: precision), jobs: 2, log: log)
    #expect(result.replications == 5)
    #expect(log.all.count <= 2 * 5 + 2 + 2 * 2)
  }

  @Test func `waits for a slow replication before it runs far ahead`() throws {
    final class Slow: ReplicationRunner {
      let runner: FormulaRunner
      let log: RunLog
      let outline: CampaignOutline
      init(_ outline: CampaignOutline, _ log: RunLog) {
        runner = FormulaRunner(outline, log: log)
        self.log = log
        self.outline = outline
      }
      func run(variant: Int, replication: Int, isCancelled: () -> Bool) -> ReplicationRecord? {
        let record = runner.run(variant: variant, replication: replication, isCancelled: isCancelled)
        if variant == 0, replication == 0 {
          Thread.sleep(forTimeInterval: 0.1)
          // Two variants, and two items for each of two jobs.
          #expect(log.all.count <= 6)
        }
        return record
      }
    }
    let log = RunLog()
    let outline = outline(minimum: 100, maximum: 100)
    let result = CampaignRun(outline, jobs: 2).execute(journal: UnrecordedReplications()) { Slow(outline, log) }
    #expect(result.replications == 100)
  }

  @Test func `stops only where the differences with the baseline are precise too`() {
    // Each variant's half-width is about 0.6 points; as one loses where the other does not, the difference's is 1.2.
    func isMet(halfWidth: Double) -> Bool {
      let precision = CampaignPlan.Precision(metric: Fixture.duringFaults, halfWidth: halfWidth)
      let outline = outline(minimum: 5, maximum: 200, until: precision)
      let result = Build.result(outline, replications: 20) { name, replication in
        let loses = replication.isMultiple(of: 2) == (name == "isolated")
        return Build.record(
          name, replication, Build.tally(success: loses ? 975 : 1000, failed: loses ? 25 : 0),
          windows: outline.windows.count)
      }
      return StoppingRule(outline).isMet(by: result.samples)
    }
    #expect(!isMet(halfWidth: 0.009))
    #expect(isMet(halfWidth: 0.015))
  }

  @Test func `warns where the precision was not reached by the maximum`() throws {
    func result(halfWidth: Double) throws -> CampaignResult {
      let precision = CampaignPlan.Precision(metric: Fixture.duringFaults, halfWidth: halfWidth)
      return try execute(outline(minimum: 5, maximum: 12, until: precision), jobs: 1)
    }
    let short = try result(halfWidth: 0.0001)
    let precision = try #require(short.precision)
    #expect(!precision.isReached)
    #expect(short.warnings == [.imprecise(precision)])
    #expect(try #require(precision.widest) > 0.001)
    let reached = try result(halfWidth: 0.1)
    #expect(reached.precision?.isReached == true)
    #expect(reached.warnings.isEmpty)
    #expect(try execute(outline(), jobs: 1).precision == nil)
  }

  @Test func `keeps what had ended when it is cancelled, and can be resumed`() throws {
    let outline = outline()
    let cancellation = Cancellation()
    let journal = MemoryJournal()
    let stopped = try execute(outline, jobs: 2, journal: journal, cancellation: cancellation) { progress in
      if progress.ended == 9 { cancellation.cancel() }
    }
    #expect(stopped.status == .interrupted)
    #expect(stopped.isShort)
    #expect((1..<12).contains(stopped.replications))
    #expect(stopped.samples.allSatisfy { $0.replications == stopped.replications })
    #expect(stopped.comparisons()?.outcomes.isEmpty == false)
    let resumed = try execute(outline, jobs: 2, journal: MemoryJournal(journal.all))
    #expect(try image(resumed) == image(execute(outline, jobs: 1)))
  }

  @Test func `yields an empty result when it is cancelled at once`() throws {
    let cancellation = Cancellation()
    cancellation.cancel()
    let result = try execute(outline(), jobs: 2, cancellation: cancellation)
    #expect(result.replications == 0)
    #expect(result.summaries.allSatisfy { $0.timeline == nil && $0.workloads.isEmpty })
    #expect(result.comparisons()?.outcomes.allSatisfy { $0.difference == nil } == true)
  }

  @Test func `ends with the journal's failure`() {
    #expect(throws: MemoryJournal.Full()) {
      try execute(outline(), jobs: 2, journal: MemoryJournal(room: 5))
    }
  }

  @Test func `ends where a runner gives up by itself`() throws {
    final class Lazy: ReplicationRunner {
      func run(variant: Int, replication: Int, isCancelled: () -> Bool) -> ReplicationRecord? { nil }
    }
    let result = CampaignRun(outline(), jobs: 3).execute(journal: UnrecordedReplications()) { Lazy() }
    #expect(result.status == .interrupted)
  }

  @Test func `tells its progress after each replication`() throws {
    let log = ProgressLog()
    let kept = (0..<3).map { FormulaRunner.record(outline(), variant: 0, replication: $0) }
    _ = try execute(outline(), jobs: 2, journal: MemoryJournal(kept)) { log.note($0) }
    #expect(log.all.map(\.ended) == Array(4...24))
    #expect(log.all.allSatisfy { $0.resumed == 3 && $0.maximum == 24 && $0.minimum == 24 })
    #expect(log.all.last?.replications == 12)
    #expect(log.all.last?.requests == 21 * 12_000)
    let pace = log.all.last?.pace(elapsed: 7)
    #expect(pace?.replicationsPerSecond == 3)
    #expect(pace?.requestsPerSecond == 36_000)
    #expect(pace?.secondsLeft == 0)
  }
}

private final class ProgressLog: Sendable {
  private let entries = Mutex<[CampaignProgress]>([])
  func note(_ progress: CampaignProgress) { entries.withLock { $0.append(progress) } }
  var all: [CampaignProgress] { entries.withLock { $0 } }
}
