import ArgumentParser
import Engine
import Foundation
import Model
import ModelFile
import Sampling

/// Times the engine on model files, and the same chain written by hand as the floor.
@main struct RatchetBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ratchet-bench",
    abstract: "Times the engine, and prints a table.",
    discussion: """
      Every row is the median of interleaved runs, model decoding and compilation left out. The hand-written chain is \
      one loop for that one model, in Swift, with the same random numbers and histograms: the floor.

      Example: swift run -c release ratchet-bench --requests 1000000
      """)

  @Option(help: "Requests (customers) a run.") var requests = 2_000_000
  @Option(help: "Interleaved runs of each row.") var runs = 5

  func validate() throws {
    if requests < 1 { throw ValidationError("--requests is at least 1") }
    if runs < 1 { throw ValidationError("--runs is at least 1") }
  }

  func run() throws {
    let queue = try Contender("M/M/1, 80% busy", model: Workloads.mm1(customers: requests))
    let chain = try Contender("three-tier chain, 80% busy", model: Workloads.chain(requests: requests))
    let floor = HandWritten(requests: requests)
    var timings: [[Timing]] = [[], [], []]
    for run in 0..<runs {
      timings[0].append(queue.time(seed: UInt64(run)))
      timings[1].append(chain.time(seed: UInt64(run)))
      timings[2].append(try floor.time(seed: UInt64(run)))
    }
    print("workload                           requests/s     events/s   ns/request")
    let medians = timings.map { runs in runs.sorted { $0.requestsPerSecond < $1.requestsPerSecond }[runs.count / 2] }
    for (name, median) in zip([queue.name, chain.name, "the chain as a hand-written loop"], medians) {
      print(row(name, median))
    }
    let ratio = medians[1].requestsPerSecond / medians[2].requestsPerSecond
    print(String(format: "\nchain / hand-written: %.2f; peak memory %.0f MB", ratio, peakMegabytes()))
  }

  private func row(_ name: String, _ timing: Timing) -> String {
    let events = timing.events.map { String(format: "%12.0f", Double($0) / timing.seconds) } ?? "           –"
    return name.padding(toLength: 33, withPad: " ", startingAt: 0)
      + String(format: "%12.0f ", timing.requestsPerSecond) + events
      + String(format: "%13.0f", 1e9 / timing.requestsPerSecond)
  }

  private func peakMegabytes() -> Double {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return Double(usage.ru_maxrss) / 1024
  }
}

/// How long a run took, and what was done in it.
struct Timing {
  let seconds: Double
  let requests: Int
  /// nil where there is no calendar to count.
  let events: Int?
  var requestsPerSecond: Double { Double(requests) / seconds }

  static func of(_ work: () throws -> (requests: Int, events: Int?)) rethrows -> Timing {
    let clock = ContinuousClock()
    let start = clock.now
    let done = try work()
    let elapsed = (clock.now - start).components
    return Timing(
      seconds: Double(elapsed.seconds) + Double(elapsed.attoseconds) / 1e18, requests: done.requests,
      events: done.events)
  }
}

/// A model file whose replications are timed.
struct Contender {
  let name: String
  private let program: Program

  init(_ name: String, model text: String) throws {
    self.name = name
    let document = try ModelFile.decode(text: text, path: "\(name).yaml")
    guard case .model(let decoded) = document else { throw ValidationError("\(name) is no model") }
    program = Program(model: decoded.model, scenario: nil, windows: [.run])
  }

  func time(seed: UInt64) -> Timing {
    var simulation = Simulation(program)
    return Timing.of {
      let outcome = simulation.run(seed: seed, replication: 0)
      return (outcome?.workloads.first?.windows.first?.arrivals ?? 0, outcome?.events)
    }
  }
}

/// The chain as one loop.
struct HandWritten {
  let requests: Int

  func time(seed: UInt64) throws -> Timing {
    var chain = HandWrittenChain(
      rate: Workloads.chainRate, work: try .lognormal(mean: 0.01, cv: 1), unitExponential: try .exponential(mean: 1))
    return Timing.of { (chain.run(seed: seed, requests: requests), nil) }
  }
}
