/// A ratio, a count or a time that is to be reached.
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
    func rate(_ name: String) -> Double? { rows[name]?.requestsPerSecond.median }
    func seconds(_ workload: Workload) -> Double? { rows[workload.rawValue]?.seconds.median }
    func pace(_ workload: Workload) -> Double? { rows[workload.rawValue]?.nanosecondsPerEvent?.median }
    func megabytes(_ workload: Workload) -> Double? {
      rows[workload.rawValue]?.peakResidentBytes.map { (Double($0) / 1e6).rounded() }
    }
    func isWhole(_ workload: Workload) -> Bool {
      (rows[workload.rawValue]?.requests ?? 0) > workload.standardRequests * 99 / 100
    }
    return [
      Target("chain-to-simpy", "chain / SimPy", ratio(rate("chain"), rate("simpy-chain")), atLeast: 300),
      Target("mm1-to-simpy", "M/M/1 / SimPy", ratio(rate("mm1"), rate("simpy-mm1")), atLeast: 180),
      Target(
        "chain-to-hand-written", "chain / hand-written", ratio(rate("chain"), rate("hand-written")), atLeast: 0.5),
      Target(
        "replications-seconds", "100 replications of 100,000 customers, seconds",
        isWhole(.replications) ? seconds(.replications) : nil, atMost: 0.5),
      Target(
        "scaled-to-chain", "time per event, chain x 100 / chain", ratio(pace(.scaled), pace(.chain)), atMost: 2),
      Target(
        "cores-to-one-core", "100 replications, \(Machine.cores) cores / one core",
        Machine.cores < 2 ? nil : ratio(seconds(.replicationsOnOneCore), seconds(.replications)), atLeast: 1.8),
      Target(
        "in-flight-bytes", "a million requests in flight, MB",
        isWhole(.inFlight) ? megabytes(.inFlight) : nil, atMost: 1000),
      Target("vod-bytes", "models/vod, MB", megabytes(.vod), atMost: 50),
      Target(
        // The edges of vod's fault allocate: they put the calls that the fault has held in order.
        "allocations-per-event", "allocations per event, all workloads but vod",
        summaries.filter { $0.name != Workload.vod.rawValue }.compactMap(\.allocationsPerEvent).max(), atMost: 0),
    ]
  }

  private static func ratio(_ a: Double?, _ b: Double?) -> Double? {
    if let a, let b { a / b } else { nil }
  }
}
