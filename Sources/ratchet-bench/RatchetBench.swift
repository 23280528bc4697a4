import ArgumentParser
import Foundation

/// Times the engine on model files, beside a hand-written loop and SimPy.
@main struct RatchetBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ratchet-bench",
    abstract: "Times the engine, and prints a table.",
    discussion: """
      Every workload is a model file that takes the path of a user's model, its statistics collected; only the run is \
      timed. Each run is a process of its own, the workloads take turns, and the rows are medians. The hand-written \
      chain is one loop for that one model, with the same random numbers: the floor. Allocations are counted while \
      events are handled, in the later part of each run.

      Example: swift run -c release ratchet-bench --peers
      """)

  @Option(help: ArgumentHelp("Runs of each workload.", valueName: "count"))
  var runs = 5

  @Option(
    help: ArgumentHelp(
      "Requests a run, instead of 10 million for M/M/1 and its replications and 2 million for the others.",
      valueName: "count"))
  var requests: Int?

  @Option(parsing: .upToNextOption, help: ArgumentHelp("These workloads alone.", valueName: "workload"))
  var only: [Workload] = []

  @Flag(help: "Also M/M/1 and the chain in SimPy, from the Python Package Index; needs python3.")
  var peers = false

  @Flag(help: "Instead: the engine's calendar beside other structures, at 3 to 1,000,000 pending events.")
  var calendars = false

  @Flag(help: "Instead: the engine's calendar against a sorted list, 10 million random operations.")
  var verifyCalendar = false

  @Flag(help: "Print JSON.")
  var json = false

  @Option(help: .hidden) var measure: Workload?
  @Option(help: .hidden) var seed: UInt64 = 0

  func validate() throws {
    if runs < 1 { throw ValidationError("--runs is at least 1") }
    if let requests, requests < 1 { throw ValidationError("--requests is at least 1") }
  }

  func run() throws {
    if let measure {
      let measurement = try measure.measure(requests: requests(of: measure), seed: seed)
      print(String(decoding: try JSONEncoder().encode(measurement), as: UTF8.self))
      return
    }
    if verifyCalendar {
      try verifyCalendars()
      return
    }
    if calendars {
      let rows = CalendarBench.table(runs: runs)
      print(json ? try CalendarBench.json(rows) : CalendarBench.text(rows))
      return
    }
    let report = try measureAll()
    print(json ? try report.json() : report.text)
    if report.checks.contains(where: { !$0.holds }) { throw ExitCode.failure }
  }

  private func verifyCalendars() throws {
    var operations = 0
    for spread in EventSpread.allCases {
      let course = CalendarVerification(spread: spread, seed: 1, operations: 2_000_000).run()
      operations += 2_000_000
      if let difference = course.difference {
        print("\(spread): \(difference)")
        throw ExitCode.failure
      }
    }
    print("\(operations) random operations on the calendar, cancellations included: the order of a sorted list")
  }

  private func requests(of workload: Workload) -> Int { requests ?? workload.standardRequests }

  private func measureAll() throws -> BenchmarkReport {
    let workloads = only.isEmpty ? Workload.allCases : only
    let simPy = peers ? try SimPy() : nil
    var measured: [Workload: [Measurement]] = [:]
    var peered: [SimPy.Peer: [SimPy.Run]] = [:]
    for seed in 0..<UInt64(runs) {
      for workload in workloads {
        let run = try Measurement.inChild(workload, requests: requests(of: workload), seed: seed)
        measured[workload, default: []].append(run)
      }
      for peer in SimPy.Peer.allCases where workloads.contains(peer.workload) {
        guard let simPy else { break }
        let count = min(peer.standardRequests, requests(of: peer.workload))
        peered[peer, default: []].append(try simPy.run(peer, requests: count, seed: seed))
      }
    }
    return BenchmarkReport(runs: runs, workloads: measured, peers: peered)
  }
}
