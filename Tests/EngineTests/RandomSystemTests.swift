import Model
import Testing

@testable import Engine

/// Properties of systems made at random. A failure names the seed; `RandomSystem.make` builds the system anew from it.
///
/// Mutations: a free thread or place that is not handed on; a call that is left without anybody to end it.
@Suite struct `Any system` {
  /// More are tried by setting the range wider; 60 take about two seconds.
  @Test(arguments: 1...60 as ClosedRange<UInt64>) func `conserves its requests and comes to rest`(seed: UInt64) {
    let system = RandomSystem.make(seed)
    var simulation = Simulation(system.program, checkingInvariants: true)
    let outcome = simulation.replicated(seed: seed)
    for workload in outcome.workloads {
      for tally in workload.windows {
        #expect(tally.arrivals == tally.success + tally.degraded + tally.failed)
        #expect(tally.inFlight == 0)
      }
    }
    for endpoint in outcome.endpoints { #expect(endpoint.tally.inFlight == 0, "\(endpoint.name)") }
    let leftovers = simulation.leftovers
    #expect(leftovers == [])
  }

  @Test(arguments: 61...75 as ClosedRange<UInt64>) func `repeats itself`(seed: UInt64) {
    let program = RandomSystem.make(seed).program
    var simulation = Simulation(program)
    let first = simulation.replicated(seed: seed)
    _ = simulation.replicated(seed: seed, replication: 1)
    let again = simulation.replicated(seed: seed)
    #expect(again == first)
  }
}

extension Simulation {
  /// What is still held by somebody, though nothing is under way.
  var leftovers: [String] {
    var found: [String] = []
    for index in 0..<replicas.count {
      if replicas[index].busy != 0 || replicas[index].queued != 0 {
        found.append("replica \(index): \(replicas[index])")
      }
      if replicas[index].running != 0 || replicas[index].firstJob != -1 { found.append("jobs of replica \(index)") }
    }
    for index in 0..<edgeStates.count where edgeStates[index].inUse != 0 || edgeStates[index].waiting != 0 {
      found.append("edge state \(index): \(edgeStates[index])")
    }
    for index in 0..<outstanding.count where outstanding[index] != 0 { found.append("outstanding \(index)") }
    for index in 0..<frames.count where frames[index].state != .free {
      found.append("frame \(index): \(frames[index])")
    }
    for index in 0..<calls.count where calls[index].state != .free { found.append("call \(index): \(calls[index])") }
    return found
  }
}
