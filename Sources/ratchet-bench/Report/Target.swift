/// A ratio, a count or a time that is to be reached; rates and times are told of runs at their standard size alone.
struct Target: Encodable {
  let name: String
  let title: String
  /// What was measured; nil where it was not.
  let value: Double?
  let atLeast: Double?
  let atMost: Double?
  let isReached: Bool?

  private init(_ name: String, _ title: String, _ value: Double?, atLeast: Double? = nil, atMost: Double? = nil) {
    self.name = name
    self.title = title
    self.value = value
    self.atLeast = atLeast
    self.atMost = atMost
    isReached = value.map { $0 >= atLeast ?? -.infinity && $0 <= atMost ?? .infinity }
  }

  static func all(_ summaries: [WorkloadSummary]) -> [Target] {
    let rows = Dictionary(uniqueKeysWithValues: summaries.map { ($0.name, $0) })
    // Arrivals are random, so that a run has about as many requests as it should.
    func whole(_ name: String, _ requests: Int) -> WorkloadSummary? {
      rows[name].flatMap { $0.requests > requests * 99 / 100 ? $0 : nil }
    }
    func whole(_ workload: Workload) -> WorkloadSummary? { whole(workload.rawValue, workload.standardRequests) }
    func rate(_ workload: Workload) -> Double? { whole(workload)?.requestsPerSecond.median }
    func rate(_ peer: SimPy.Peer) -> Double? { whole(peer.name, peer.standardRequests)?.requestsPerSecond.median }
    func seconds(_ workload: Workload) -> Double? { whole(workload)?.seconds.median }
    func pace(_ workload: Workload) -> Double? { whole(workload)?.nanosecondsPerEvent?.median }
    func megabytes(_ row: WorkloadSummary?) -> Double? { row?.peakResidentBytes.map { (Double($0) / 1e6).rounded() } }
    return [
      Target("chain-to-simpy", "chain / SimPy", ratio(rate(Workload.chain), rate(SimPy.Peer.chain)), atLeast: 300),
      Target("mm1-to-simpy", "M/M/1 / SimPy", ratio(rate(Workload.mm1), rate(SimPy.Peer.mm1)), atLeast: 180),
      Target(
        "chain-to-hand-written", "chain / hand-written", ratio(rate(Workload.chain), rate(Workload.handWritten)),
        atLeast: 0.5),
      Target(
        "replications-seconds", "100 replications of 100,000 customers, seconds",
        seconds(.replications), atMost: 0.5),
      Target(
        "scaled-to-chain", "time per event, chain x 100 / chain", ratio(pace(.scaled), pace(.chain)), atMost: 2),
      Target(
        "cores-to-one-core", "100 replications, \(Machine.cores) cores / one core",
        Machine.cores < 2 ? nil : ratio(seconds(.replicationsOnOneCore), seconds(.replications)), atLeast: 1.8),
      Target(
        "in-flight-megabytes", "a million requests in flight, MB",
        megabytes(whole(.inFlight)), atMost: 1000),
      Target("sessions-rate", "segments of sessions a second", rate(Workload.sessions), atLeast: 2_000_000),
      Target(
        "sessions-megabytes", "a million sessions at once, MB (--requests 460000000)",
        megabytes(whole(Workload.sessions.rawValue, 450_000_000)), atMost: 1000),
      Target("vod-megabytes", "models/vod, MB", megabytes(rows[Workload.vod.rawValue]), atMost: 50),
      Target(
        // The edges of vod's fault allocate: they put the calls that the fault has held in order.
        "allocations-per-event", "allocations per event where counted, vod's fault edges aside",
        summaries.filter { $0.name != Workload.vod.rawValue }.compactMap(\.allocationsPerEvent).max(), atMost: 0),
    ]
  }

  private static func ratio(_ a: Double?, _ b: Double?) -> Double? {
    if let a, let b { a / b } else { nil }
  }
}
