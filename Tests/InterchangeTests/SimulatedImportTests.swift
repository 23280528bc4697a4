import Engine
import Interchange
import Model
import ModelFile
import Testing

/// The imported YAML, read as a user's file is and run by the engine.
struct SimulatedImport {
  let model: SystemModel
  let warnings: [Diagnostic]
  let outcome: ReplicationOutcome

  init(_ topology: ImportedTopology) throws {
    guard case .model(let document) = try ModelFile.decode(text: topology.yaml) else {
      throw InterchangeError.malformed(place: "the imported file", reason: "it is not a model")
    }
    model = document.model
    warnings = document.warnings
    let program = Program(model: model, scenario: nil, windows: [.run])
    var simulation = Simulation(program, checkingInvariants: true)
    let outcome = simulation.run(seed: 20170, replication: 0)
    self.outcome = try #require(outcome)
  }

  func tally(_ workload: String) -> RequestTally? {
    outcome.workloads.first { $0.name == workload }?.windows.first
  }
}

@Suite struct `An imported model in the engine` {
  /// Two calls at once, one of them rare; a recursion and a write that come together or not; a message nobody waits for.
  private var traces: [Trace] {
    (0..<40).map { number in
      let slow = 1 + Double(number % 7) / 10
      var calls = [
        SpanSketch("auth", "check", 1...(1 + 3 * slow)),
        SpanSketch("mail", "send", 2...400, follows: true),
      ]
      if number % 4 == 0 { calls.append(SpanSketch("ads", "pick", 1...(1 + 2 * slow))) }
      if number % 3 > 0 {
        calls.append(
          SpanSketch(
            "tree", "walk", 8...(8 + 4 * slow), kind: .server,
            [SpanSketch("tree", "walk", 9...(8 + 3 * slow), kind: .server)]))
        calls.append(SpanSketch("cache", "set", 18...19))
      }
      return Trace("\(number)", at: Double(number) * 50, SpanSketch("web", "GET /", 0...(19 + slow), calls))
    }
  }

  @Test func `is accepted without a warning, and no request fails or queues`() throws {
    let run = try SimulatedImport(ImportedTopology(traces: traces))
    #expect(run.warnings.isEmpty)
    let tally = try #require(run.tally("GET"))
    #expect(tally.ended > 1_000)
    #expect(tally.failed == 0)
    #expect(run.outcome.services.allSatisfy { $0.queueMax == 0 })
  }

  @Test func `has the traced medians`() throws {
    let topology = try ImportedTopology(traces: traces)
    #expect(topology.medians.map(\.workload) == ["GET", "send"])
    let run = try SimulatedImport(topology)
    for traced in topology.medians {
      let simulated = try #require(run.tally(traced.workload)?.latency.quantile(0.5))
      #expect(abs(simulated / traced.seconds - 1) < 0.1, "\(traced.workload)")
    }
  }
}
