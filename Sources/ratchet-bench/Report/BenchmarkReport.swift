import Foundation

/// All that was measured in one go.
struct BenchmarkReport: Encodable {
  let cores: Int
  /// Nil where the system doesn't tell.
  let processor: String?
  let runs: Int
  let workloads: [WorkloadSummary]
  let checks: [Check]
  let targets: [Target]

  init(runs: Int, workloads: [Workload: [Measurement]], peers: [SimPy.Peer: [SimPy.Run]]) {
    self.runs = runs
    cores = Machine.cores
    processor = Machine.processor
    let ours = Workload.allCases.compactMap { WorkloadSummary($0, workloads[$0] ?? []) }
    let theirs = SimPy.Peer.allCases.compactMap { WorkloadSummary($0, peers[$0] ?? []) }
    self.workloads = ours + theirs
    var checks = [
      Check.queueingTheory(workloads),
      .handWritten(
        "hand-written-answers", "every latency of the hand-written chain is the engine's",
        workloads[.chain], workloads[.handWritten]),
      .handWritten(
        "overloaded-hand-written-answers", "also at 103% load, with timeouts and retries",
        workloads[.overloaded], workloads[.overloadedHandWritten]),
      .replications(workloads),
    ].compactMap { $0 }
    for peer in SimPy.Peer.allCases {
      checks += Check.simPy(peer, peers[peer] ?? [], workloads[peer.workload] ?? [])
    }
    self.checks = checks
    targets = Target.all(self.workloads)
  }

  /// Keys in the order of the alphabet; what was not measured has none.
  func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }

  var text: String {
    var lines = ["\(cores) cores" + (processor.map { ", \($0)" } ?? ""), Self.header]
    for workload in workloads { lines.append(Self.row(workload)) }
    if !checks.isEmpty { lines.append("\nThe same work:") }
    for check in checks {
      lines.append("  \(check.holds ? "yes" : "NO ")  \(check.title): \(check.detail)")
    }
    lines.append("\nTo reach:")
    for target in targets { lines.append("  " + Self.line(target)) }
    return lines.joined(separator: "\n")
  }

  private static let header =
    "workload".padded(to: 40) + "requests".padded(to: -11) + "requests/s".padded(to: -12)
    + "  (least – greatest)".padded(to: 27)
    + "events/s".padded(to: -12) + "ns/event".padded(to: -10) + "peak RSS".padded(to: -10)
    + "allocations/event".padded(to: -19)

  private static func row(_ row: WorkloadSummary) -> String {
    let rate = row.requestsPerSecond
    let spread = "  (\(rate.least.grouped) – \(rate.greatest.grouped))"
    return row.title.padded(to: 40) + Double(row.requests).grouped.padded(to: -11) + rate.median.grouped.padded(to: -12)
      + spread.padded(to: 27)
      + (row.eventsPerSecond?.median.grouped ?? "–").padded(to: -12)
      + (row.nanosecondsPerEvent.map { $0.median.digits(3) } ?? "–").padded(to: -10)
      + (row.peakResidentBytes.map { "\($0 / 1_000_000) MB" } ?? "–").padded(to: -10)
      + (row.allocationsPerEvent.map { $0.digits(3) } ?? "–").padded(to: -19)
  }

  private static func line(_ target: Target) -> String {
    let limit = target.atLeast.map { "at least \($0.digits(3))" } ?? target.atMost.map { "at most \($0.digits(3))" }
    let value = target.value.map { $0.digits(3) } ?? "not measured"
    let verdict = target.isReached.map { $0 ? "reached" : "NOT reached" } ?? ""
    return target.title.padded(to: 62) + (limit ?? "").padded(to: 16) + value.padded(to: -12) + "  " + verdict
  }
}

extension String {
  /// - Parameter width: negative to put the blanks first.
  fileprivate func padded(to width: Int) -> String {
    let blanks = String(repeating: " ", count: Swift.max(0, abs(width) - count))
    return width < 0 ? blanks + self : self + blanks
  }
}

extension Double {
  /// Rounded to so many significant digits, without an exponent.
  func digits(_ count: Int) -> String {
    if self == 0 || !isFinite { return isFinite ? "0" : "\(self)" }
    let magnitude = Int(Foundation.log10(abs(self)).rounded(.down))
    let decimals = Swift.max(0, count - 1 - magnitude)
    var text = String(format: "%.\(decimals)f", self)
    guard decimals > 0 else { return text }
    while text.hasSuffix("0") { text.removeLast() }
    return text.hasSuffix(".") ? String(text.dropLast()) : text
  }

  /// A whole number with commas between the thousands.
  fileprivate var grouped: String {
    var text = ""
    for (offset, digit) in String(Int(rounded())).reversed().enumerated() {
      if offset > 0, offset.isMultiple(of: 3) { text.append(",") }
      text.append(digit)
    }
    return String(text.reversed())
  }
}
