import Engine
import Model
import Testing

@testable import Campaign

/// A replication in pictures: each character is a bin of 10 s, `.` all available, `x` nothing, `-` nothing ended, a digit
/// so many tenths.
private struct Story {
  private let aftermath: Aftermath
  private let outcome: ReplicationOutcome
  private let twin: Timeline
  private let trigger: FaultPeriod.Span
  private let time: TimeFrame

  /// - Parameters:
  ///   - after: from the end of a fault on.
  ///   - fault: how long it lasts, in seconds; a multiple of ten.
  ///   - backlog: calls in the system in each bin after the fault; the twin has one.
  init(_ after: String, fault: Int64 = 20, twin: String? = nil, backlog: [Double]? = nil) {
    func level(_ character: Character) -> Double {
      switch character {
      case ".": 1
      case "x": 0
      case "-": Double.nan
      default: Double(String(character)).map { $0 / 10 } ?? 0
      }
    }
    let before = Int(fault / 10)
    let count = before + after.count
    let levels = after.map(level)
    aftermath = Aftermath(
      workload: "viewers", from: .zero + .seconds(fault), arrivals: levels.map { _ in 100 },
      ended: levels.map { $0.isNaN ? 0 : 100 }, failed: levels.map { $0.isNaN ? 0 : Int((100 * (1 - $0)).rounded()) })
    func timeline(_ levels: [Double], _ calls: [Double]) -> Timeline {
      let bare = Build.timeline("viewers", bins: levels)
      return Timeline(
        binWidth: bare.binWidth, binCount: bare.binCount, workloads: bare.workloads,
        services: [
          Timeline.ServiceSeries(
            name: "api", busy: calls, queue: calls.map { _ in 0 }, full: calls.map { _ in 0 }, up: calls.map { _ in 1 })
        ], breakers: [])
    }
    let flat = [Double](repeating: 1, count: count)
    self.twin = timeline(twin?.map(level) ?? flat, flat)
    let calls = backlog.map { [Double](repeating: 1, count: before) + $0 } ?? flat
    outcome = ReplicationOutcome(
      replication: 0, fingerprint: 1, workloads: [], endpoints: [], services: [], timeline: timeline(flat, calls),
      aftermaths: [aftermath], events: 0)
    trigger = FaultPeriod.Span(start: .zero, end: .zero + .seconds(fault))
    time = TimeFrame(warmup: .zero, horizon: .seconds(Int64(count) * 10), start: .zero)
  }

  var finding: Metastability {
    get throws {
      try #require(
        Metastability(of: "viewers", in: outcome, twin: twin, time: time, trigger: trigger))
    }
  }
}

extension FaultPeriod.Span {
  fileprivate init(start: SimulationTime, end: SimulationTime) {
    let period = FaultPeriod(start: start, end: end)
    self = period.spans[0]
  }
}

@Suite struct `A metastable failure` {
  @Test func `stays outside the band to the horizon without a sign of an end`() throws {
    let finding = try Story("xxxxxxxxxxxx").finding
    #expect(finding.verdict == .metastable)
    #expect(finding.availability == 0)
    #expect(finding.usual == 1)
    #expect(finding.observed == .seconds(120))
    #expect(finding.recovery == nil)
    #expect(try Story("555555555555").finding.availability == 0.5)
  }

  @Test func `is none where three bins in a row lie in the band`() throws {
    let finding = try Story("xxxx.x......").finding
    #expect(finding.verdict == .recovered)
    #expect(finding.recovery == .seconds(60))
    #expect(try Story("xxxx.x.x.x.x").finding.verdict == .metastable)
  }

  /// It takes three times the trigger, and a minute at least.
  @Test(arguments: [(10, 5, false), (10, 6, true), (20, 6, true), (30, 8, false), (30, 9, true)])
  func `is told only after three times the trigger and a minute`(fault: Int64, bins: Int, isTold: Bool) throws {
    let finding = try Story(String(repeating: "x", count: bins), fault: fault).finding
    #expect(finding.verdict == (isTold ? .metastable : .tooShort))
    #expect(finding.needed == .seconds(max(60, 3 * fault)))
  }

  @Test func `is none while ever fewer fail`() throws {
    #expect(try Story("000111222333").finding.verdict == .recovering)
    // From the second third to the last: four tenths less to seven less is a fall, six to six is none.
    #expect(try Story("000033336666").finding.verdict == .recovering)
    #expect(try Story("000066666666").finding.verdict == .metastable)
  }

  /// A backlog of a trigger of 40 s at 90% utilisation: 36 seconds of work, which drain at a tenth of a second a second.
  @Test func `is none while a backlog drains, though nothing is served in time`() throws {
    func backlog(slope: Double) -> [Double] {
      (0..<12).map { (bin: Int) -> Double in 37 + slope * (10 * Double(bin) + 5) }
    }
    let nothing = String(repeating: "x", count: 12)
    #expect(try Story(nothing, fault: 40, backlog: backlog(slope: -0.1)).finding.verdict == .recovering)
    #expect(try Story(nothing, fault: 40, backlog: backlog(slope: 0.1)).finding.verdict == .metastable)
  }

  @Test func `may come and go`() throws {
    let finding = try Story("xxx...xxx...xxx...").finding
    #expect(finding.verdict == .metastable)
    #expect(finding.isOscillating)
    #expect(finding.relapses == 2)
    // Two relapses of the twin in the same time make those of the run nothing new.
    #expect(try Story("xxx...xxx...xxx...", twin: "....xxx...xxx.......").finding.verdict == .recovered)
    // Once is not again and again.
    #expect(try Story("xxx...xxx.........").finding.verdict == .recovered)
  }

  @Test func `that begins with a relapse needs its own time`() throws {
    #expect(try Story("xxx......xxxxxx").finding.verdict == .metastable)
    #expect(try Story("xxx......xxxxx").finding.verdict == .tooShort)
  }

  @Test func `counts bins in which nothing ended as degraded`() throws {
    #expect(try Story("------------").finding.verdict == .metastable)
  }

  @Test func `is told with its share of the replications that tell`() throws {
    let stories = ["xxxxxxxx", "xxxxxxxx", "xx......", "000111222333"] + [String](repeating: "xxxxx", count: 3)
    let findings = try stories.map { try Story($0).finding }
    let summary = try #require(MetastabilitySummary("viewers", findings: findings, confidence: 0.95))
    #expect(summary.told == 4)
    #expect(summary.count(.metastable) == 2)
    #expect(summary.count(.tooShort) == 3)
    // Wilson's interval of 2 in 4: (0.5 + z²/8 ± z sqrt(0.25 / 4 + z²/64)) / (1 + z²/4) with z = 1.96.
    let interval = try #require(summary.interval)
    #expect((interval.low - 0.1500).magnitude < 1e-4)
    #expect((interval.high - 0.8500).magnitude < 1e-4)
    let short = MetastabilitySummary("viewers", findings: Array(findings.suffix(3)), confidence: 0.95)
    #expect(try #require(short).share == nil)
  }
}
