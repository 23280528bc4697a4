import Campaign
import Foundation
import Model
import Synchronization

/// Runs 100 replications of M/M/1 as a campaign does, from the first one handed to a worker to the reduced result.
struct ReplicationsRun {
  static let replications = 100
  /// Of all replications together.
  let requests: Int
  let jobs: Int

  func measure(seed: UInt64) throws -> Measurement {
    let model = try BenchmarkModel.mm1(customers: max(1, requests / Self.replications)).model
    let plan = CampaignPlan(
      name: model.name, variants: [CampaignPlan.Variant(name: model.name, model: model, scenario: nil, overrides: [])],
      baseline: model.name, outcomes: [Metric(.availability, of: "customers")],
      replications: CampaignPlan.Replications(minimum: Self.replications, maximum: Self.replications, until: nil),
      confidence: 0.95, seed: seed)
    let design = CampaignDesign(plan)
    let counts = Counts()
    var fingerprint: UInt64 = 0
    let seconds = ContinuousClock().seconds {
      fingerprint = CampaignRun.execute(design, jobs: jobs, journal: counts).fingerprint
    }
    var measurement = Measurement(
      seconds: seconds, requests: counts.requests.load(ordering: .relaxed),
      events: counts.events.load(ordering: .relaxed))
    measurement.peakResidentBytes = Machine.peakResidentBytes
    measurement.fingerprint = String(fingerprint, radix: 16)
    return measurement
  }

  /// A journal that keeps the counts alone.
  private final class Counts: ReplicationJournal {
    let requests = Atomic(0)
    let events = Atomic(0)
    var stored: Set<ReplicationID> { [] }

    func record(of id: ReplicationID) throws(Never) -> ReplicationRecord {
      preconditionFailure("replication \(id.replication) was never stored")
    }

    func append(_ record: ReplicationRecord) throws(Never) {
      requests.add(record.requests, ordering: .relaxed)
      events.add(record.outcome.events, ordering: .relaxed)
    }
  }
}
