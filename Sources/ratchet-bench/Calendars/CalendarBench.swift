import Engine
import Foundation

/// The engine's calendar beside the structures that were not chosen.
enum CalendarBench {
  /// The median of some runs.
  struct Row: Codable {
    /// What was done: `hold` or `timers`.
    let workload: String
    let structure: String
    /// Events pending throughout, or requests in flight.
    let pending: Int
    /// Nanoseconds a pop and push, or a request with its timer.
    let nanoseconds: Double
  }

  static let holdPopulations = [3, 10, 1000, 10_000, 100_000, 1_000_000]
  static let timerPopulations = [10, 1000, 100_000]

  /// - Parameter runs: of each structure, one after the other in each round; at least 1.
  static func table(runs: Int) -> [Row] {
    holdPopulations.flatMap { HoldBench(pending: $0).rows(runs: runs) }
      + timerPopulations.flatMap { TimerBench(inFlight: $0).rows(runs: runs) }
  }

  /// The rows as text: a line a structure, a column a population.
  static func text(_ rows: [Row]) -> String {
    section(
      "Hold model, ns per pop and push (exponential increments, a table look-up each, included)",
      rows.filter { $0.workload == HoldBench.workload })
      + "\n\n"
      + section(
        "Requests of which 95% are done before their timeout, ns per request with its timer",
        rows.filter { $0.workload == TimerBench.workload })
  }

  static func json(_ rows: [Row]) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(rows), as: UTF8.self)
  }

  private static func section(_ title: String, _ rows: [Row]) -> String {
    let populations = Set(rows.map(\.pending)).sorted()
    var structures: [String] = []
    for row in rows where !structures.contains(row.structure) { structures.append(row.structure) }
    let width = structures.map(\.count).max() ?? 0
    let header = padded("pending", to: width) + populations.map { aligned("\($0)") }.joined()
    let lines = structures.map { structure in
      padded(structure, to: width)
        + populations.map { population in
          let row = rows.first { $0.structure == structure && $0.pending == population }
          return aligned(row.map { "\(($0.nanoseconds * 10).rounded() / 10)" } ?? "")
        }.joined()
    }
    return ([title, header] + lines).joined(separator: "\n")
  }

  private static func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  private static func aligned(_ text: String) -> String {
    String(repeating: " ", count: max(1, 10 - text.count)) + text
  }
}

extension CalendarBench.Row {
  static func medians(
    _ timings: [[CalendarTiming]], of contenders: [CalendarTiming.Contender], workload: String, pending: Int
  ) -> [CalendarBench.Row] {
    zip(contenders, timings).map { contender, timings in
      CalendarBench.Row(
        workload: workload, structure: contender.structure, pending: pending,
        nanoseconds: timings.map(\.nanoseconds).sorted()[timings.count / 2])
    }
  }
}
