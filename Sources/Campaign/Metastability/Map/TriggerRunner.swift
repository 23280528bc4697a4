import Engine
import Model
import Synchronization

/// One load and replication without a trigger.
struct CalmRun: Sendable {
  let timeline: Timeline
  let time: TimeFrame
  /// The part of the requests that ended neither in success nor degraded: the worst judged workload's.
  let unserved: Double
}

/// Runs one load, size and replication.
struct TriggerRunner: Sendable {
  let design: StabilityMapDesign
  let cancellation: Cancellation
  private let counter: RunCounter

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

/// Tells how many runs have been made.
final class RunCounter: Sendable {
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
