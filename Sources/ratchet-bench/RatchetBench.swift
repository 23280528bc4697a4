import ArgumentParser
import Foundation

/// Times the engine on model files, beside a hand-written loop and SimPy.
@main struct RatchetBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ratchet-bench",
    abstract: "Times the engine, and prints a table.",
    discussion: """
      Every workload but the two hand-written loops is a model file that takes the path of a user's model, its \
      statistics collected; only the run is timed. Each run is a process of its own, the workloads take turns, and the \
      rows are medians. A hand-written loop is for the chain alone, with the same random numbers: the floor. \
      Replications include the campaign's reduction to a result; their events/s and ns/event are over all cores. Peak \
      RSS includes about 24 MB of the program itself. Allocations are counted while events are handled, in the later \
      part of each run. Targets that compare rates or times are told of runs at their standard size alone.

      vod needs the folder of the repository as the working folder.

      Exit status: 1 if what should be the same is not, or something fails; 0 also where a target is not reached.

      Example: swift run -c release ratchet-bench --peers
      """)

  @Option(help: ArgumentHelp("Runs of each workload, instead of 5.", valueName: "count"))
  var runs: Int?

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
    if let runs, runs < 1 { throw ValidationError("--runs is at least 1") }
    if let requests, requests < 1 { throw ValidationError("--requests is at least 1") }
    if let mode = verifyCalendar ? "--verify-calendar" : calendars ? "--calendars" : nil {
      let others = [
        ("--calendars", verifyCalendar && calendars), ("--peers", peers), ("--only", !only.isEmpty),
        ("--requests", requests != nil), ("--runs", verifyCalendar && runs != nil), ("--json", verifyCalendar && json),
      ]
      if let (other, _) = others.first(where: \.1) { throw ValidationError("\(other) does nothing with \(mode)") }
    }
    if peers, !only.isEmpty, !SimPy.Peer.allCases.contains(where: { only.contains($0.workload) }) {
      throw ValidationError("--peers needs mm1 or chain among the workloads of --only")
    }
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
      let rows = CalendarBench.table(runs: runs ?? Self.standardRuns)
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

  private static let standardRuns = 5

  private func measureAll() throws -> BenchmarkReport {
    let runs = runs ?? Self.standardRuns
    let workloads = only.isEmpty ? Workload.allCases : Workload.allCases.filter(only.contains)
    if workloads.contains(.vod) { try BenchmarkModel.checkVod() }
    Interruption.listen()
    let progress = RoundProgress(rounds: runs)
    defer { progress.clear() }
    let simPy = peers ? try SimPy() : nil
    var measured: [Workload: [Measurement]] = [:]
    var peered: [SimPy.Peer: [SimPy.Run]] = [:]
    for seed in 0..<UInt64(runs) {
      for workload in workloads {
        progress.show(Int(seed), workload.rawValue)
        let run = try Measurement.inChild(workload, requests: requests(of: workload), seed: seed)
        measured[workload, default: []].append(run)
      }
      for peer in SimPy.Peer.allCases where workloads.contains(peer.workload) {
        guard let simPy else { break }
        progress.show(Int(seed), peer.name)
        let count = min(peer.standardRequests, requests(of: peer.workload))
        peered[peer, default: []].append(try simPy.run(peer, requests: count, seed: seed))
      }
    }
    try Interruption.check()
    return BenchmarkReport(runs: runs, workloads: measured, peers: peered)
  }
}
