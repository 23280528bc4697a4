import Engine
import Model
import Testing

/// A session of 200 segments against Sabre without abandonment (K. Spiteri, R. Sitaraman, D. Sparacio, "From theory to
/// practice", MMSys 2018; sabre.py of 2019, unmodified, `-noa`), from YAML to the outcome.
@Suite struct `The basic player` {
  struct Row: CustomTestStringConvertible, Sendable {
    /// Periods of 60 s, in kbit/s; one is for ever.
    let kbps: [Int]
    let rule: String
    /// What Sabre says, to six decimals: of the time from play to the end, the mean bit rate, and the stalls.
    let averageKbps: Double
    let clock: Double
    let stalled: Double
    let stalls: Int
    let changesKbps: Int64
    var testDescription: String { "\(rule) at \(kbps) kbps" }
  }

  static let rows: [Row] =
    [
      Row(
        kbps: [4000], rule: "throughput", averageKbps: 2947.001570, clock: 600.2725, stalled: 0, stalls: 0,
        changesKbps: 2732),
      Row(
        kbps: [250], rule: "bola", averageKbps: 237.453140, clock: 602.86, stalled: 0, stalls: 0, changesKbps: 3434),
      Row(
        kbps: [4000], rule: "bola", averageKbps: 3743.904643, clock: 600.2725, stalled: 0, stalls: 0,
        changesKbps: 349_652),
      Row(
        kbps: [4000, 0], rule: "throughput", averageKbps: 864.372304, clock: 877.542, stalled: 277.2695, stalls: 7,
        changesKbps: 27_834),
      Row(
        kbps: [4000, 0], rule: "bola", averageKbps: 1627.338317, clock: 915.22825, stalled: 314.95575, stalls: 7,
        changesKbps: 133_905),
    ]
    + BitrateRule.Kind.allCases.map {
      Row(
        kbps: [200], rule: $0.rawValue, averageKbps: 193.548387, clock: 713, stalled: 109.45, stalls: 199,
        changesKbps: 0)
    }

  @Test(arguments: rows) func `plays as Sabre does`(row: Row) throws {
    let periods = row.kbps.map { "{\"duration_ms\": 60000, \"bandwidth_kbps\": \($0), \"latency_ms\": 100}" }
    let (outcome, _) = try Broadcast(
      """
      model: sabre
      time: {horizon: 2000s}
      catalog:
        titles: 1
        popularity: zipf(0)
        duration: 600s
        ladder: [230kbps, 331kbps, 477kbps, 688kbps, 991kbps, 1427kbps, 2056kbps, 2962kbps, 5027kbps, 6000kbps]
        segment: 3s
      players:
        viewer: {like: basic, bandwidth: trace(network.json start=0s), abr: \(row.rule)}
      sessions: {arrivals: \(replayed), start: [segment]}
      cdns: {alpha: {edge: {sites: 1, cache: {size: unlimited}, latency: 0ms}, origin: origin.segment}}
      services: {origin: {pool: {threads: unbounded}, endpoints: {segment: []}}}
      """,
      files: plays(at: [0]).merging(["network.json": "[\(periods.joined(separator: ", "))]"]) { $1 }
    ).told()
    let sessions = try outcome.sessions()
    let clock = sessions.startupNanoseconds + sessions.watchedNanoseconds
    // Transfers end on whole nanoseconds: 200 of them put the clock off by 200 ns at most.
    func isClose(_ value: Double, _ exact: Double) -> Bool { (value - exact).magnitude <= 0.5e-6 + 1e-12 }
    #expect(sessions.ended == 1 && sessions.segments == 200)
    #expect(isClose(Double(clock) / 1e9, row.clock), "\(clock) ns")
    #expect(isClose(sessions.nominalBits / (Double(clock) / 1e9) / 1e3, row.averageKbps))
    #expect(isClose(Double(sessions.stalledNanoseconds) / 1e9, row.stalled), "\(sessions.stalledNanoseconds) ns")
    #expect(sessions.stalls == row.stalls)
    #expect(sessions.bitrateChangeSum == row.changesKbps * 1000)
  }
}
