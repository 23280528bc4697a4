import Engine
import Foundation

/// Runs a model as a user's model is run, statistics collected; decoding and compiling are left out of the time.
struct ModelRun {
  private let program: Program
  private let replications: Int

  init(_ model: BenchmarkModel) {
    program = Program(model: model.model, scenario: model.scenario, windows: model.windows)
    replications = model.replications
  }

  func measure(seed: UInt64) throws -> Measurement {
    var simulation = Simulation(program)
    var allocations = SteadyAllocations()
    var outcome: ReplicationOutcome?
    var requests = 0
    var events = 0
    let seconds = ContinuousClock().seconds {
      for replication in 0..<replications {
        allocations = SteadyAllocations()
        outcome = simulation.run(seed: seed, replication: replication) {
          allocations.sample()
          return false
        }
        requests += outcome?.requests ?? 0
        events += outcome?.events ?? 0
      }
    }
    guard let outcome else { throw BenchmarkError("the engine has no outcome") }
    var measurement = Measurement(seconds: seconds, requests: requests, events: events)
    measurement.allocationsPerEvent = allocations.perEvent(of: outcome.events)
    measurement.peakResidentBytes = Machine.peakResidentBytes
    measurement.fingerprint = String(outcome.fingerprint, radix: 16)
    var digest = LatencyDigest()
    let endpoints = outcome.endpoints.map { ($0.name, $0.tally) }
    for (name, tally) in endpoints + outcome.workloads.map({ ($0.name, $0.windows[0]) }) {
      digest.add(tally.latency)
      digest.add(tally.failedLatency)
      measurement.meanSeconds[name] = tally.latency.mean
    }
    for service in outcome.services { measurement.meanSeconds["\(service.name) wait"] = service.wait.mean }
    measurement.latencyDigest = digest.text
    return measurement
  }
}

extension ReplicationOutcome {
  /// Of sessions, the segments that they fetched.
  fileprivate var requests: Int {
    if let streaming { return streaming.groups[0].windows[0].segments }
    return timeline.workloads.reduce(0) { $1.arrivals.reduce($0, +) }
  }
}
