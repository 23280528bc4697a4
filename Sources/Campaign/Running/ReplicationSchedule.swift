import Foundation
import Synchronization

/// Hands out replications in order, the variants of one after another, and takes in what they yield in the same order.
///
/// A worker may run ahead of the oldest replication in flight by a few items only; so memory stays bounded, and little
/// is lost beyond the point where the stopping rule is met.
final class ReplicationSchedule<Journal: ReplicationJournal>: @unchecked Sendable {
  struct Item: Hashable, Sendable {
    let index: Int
    let variant: Int
    let replication: Int
  }

  private let outline: CampaignOutline
  private let journal: Journal
  private let cancellation: Cancellation
  private let progress: @Sendable (CampaignProgress) -> Void
  private let lookahead: Int

  /// Items from here on are not needed. Lowered once, when the stopping rule is met.
  private let limit: Atomic<Int>
  /// Guards everything below, and is signalled when there may be an item to hand out or nothing more to wait for.
  private let condition = NSCondition()
  private var nextIndex = 0
  private let stored: Set<ReplicationID>
  private var ended: [Int: ReplicationRecord] = [:]
  private var endedCount: Int
  private let resumedCount: Int
  private var requests = 0
  private var samples: [VariantSamples]
  private var rule: StoppingRule
  private var isComplete = false
  /// A replication was abandoned, so the order has a gap that nothing will fill.
  private var isStopped = false
  private var failure: Journal.Failure?

  init(
    outline: CampaignOutline, jobs: Int, journal: Journal, cancellation: Cancellation,
    progress: @escaping @Sendable (CampaignProgress) -> Void, rule: StoppingRule
  ) {
    self.outline = outline
    self.journal = journal
    self.cancellation = cancellation
    self.progress = progress
    lookahead = outline.variants.count + 2 * jobs
    limit = Atomic(outline.replications.maximum * outline.variants.count)
    stored = journal.stored.filter { $0.replication < outline.replications.maximum }
    resumedCount = stored.count
    endedCount = stored.count
    samples = outline.variants.map { VariantSamples(of: $0, in: outline) }
    self.rule = rule
  }

  /// Takes in the replications that the journal holds, as far as they go without a gap.
  func takeStored() {
    condition.withLock { reduce() }
  }

  /// The next replication to run; waits while the workers are too far ahead. Nil when there is none.
  func next() -> Item? {
    condition.withLock {
      while true {
        skipStored()
        guard failure == nil, !isStopped, !cancellation.isCancelled,
          nextIndex < limit.load(ordering: .relaxed)
        else { return nil }
        if nextIndex < reducedCount + lookahead { break }
        // The oldest item is in flight, so its end will wake this worker.
        condition.wait()
      }
      defer { nextIndex += 1 }
      return item(nextIndex)
    }
  }

  /// Whether what an item yields is no longer wanted.
  func isAbandoned(_ item: Item) -> Bool {
    cancellation.isCancelled || item.index >= limit.load(ordering: .relaxed)
  }

  /// Takes in what an item yielded; nil where it was abandoned.
  func end(_ item: Item, with record: ReplicationRecord?) {
    var appended = record
    var appendFailure: Journal.Failure?
    if let record, item.index < limit.load(ordering: .relaxed) {
      do throws(Journal.Failure) { try journal.append(record) } catch {
        appended = nil
        appendFailure = error
      }
    }
    condition.withLock {
      if failure == nil, let appendFailure {
        failure = appendFailure
        limit.store(0, ordering: .relaxed)
      }
      if let appended, item.index < limit.load(ordering: .relaxed) {
        ended[item.index] = appended
        endedCount += 1
        requests += appended.requests
        reduce()
        report()
      } else if record == nil, item.index < limit.load(ordering: .relaxed) {
        isStopped = true
      }
      condition.broadcast()
    }
  }

  /// What all came to; called after the last worker has gone.
  func result() throws(Journal.Failure) -> CampaignResult {
    condition.lock()
    defer { condition.unlock() }
    if let failure { throw failure }
    return CampaignResult(
      outline: outline, status: isComplete ? .complete : .interrupted, samples: samples)
  }

  private var reducedCount: Int { samples[0].replications * outline.variants.count }

  private func item(_ index: Int) -> Item {
    Item(
      index: index, variant: index % outline.variants.count,
      replication: index / outline.variants.count)
  }

  private func id(_ index: Int) -> ReplicationID {
    let item = item(index)
    return ReplicationID(variant: outline.variants[item.variant].name, replication: item.replication)
  }

  private func skipStored() {
    while nextIndex < limit.load(ordering: .relaxed), stored.contains(id(nextIndex)) { nextIndex += 1 }
  }

  /// Reduces the next replication whenever all its variants have ended, and asks the stopping rule.
  private func reduce() {
    let width = outline.variants.count
    while failure == nil, reducedCount < limit.load(ordering: .relaxed) {
      let items = reducedCount..<reducedCount + width
      guard items.allSatisfy({ ended[$0] != nil || stored.contains(id($0)) }) else { return }
      do throws(Journal.Failure) {
        for index in items {
          let record: ReplicationRecord
          if let fresh = ended.removeValue(forKey: index) {
            record = fresh
          } else {
            record = try journal.record(of: id(index))
          }
          samples[index % width].append(record)
        }
      } catch {
        failure = error
        return
      }
      if rule.isMet(by: samples) {
        isComplete = true
        limit.store(reducedCount, ordering: .relaxed)
      }
    }
  }

  private func report() {
    let width = outline.variants.count
    progress(
      CampaignProgress(
        ended: endedCount, resumed: resumedCount, maximum: outline.replications.maximum * width,
        minimum: outline.replications.minimum * width, replications: samples[0].replications,
        requests: requests))
  }
}
