/// A row of the table.
struct WorkloadSummary: Encodable {
  let name: String
  let title: String
  /// In one run, on average.
  let requests: Int
  let seconds: Spread
  let requestsPerSecond: Spread
  /// Nil where there is no calendar that counts events, as in SimPy's rows.
  let eventsPerSecond: Spread?
  let nanosecondsPerEvent: Spread?
  /// The greatest of the runs.
  let peakResidentBytes: Int?
  /// The greatest of the runs.
  let allocationsPerEvent: Double?

  /// Nil without runs.
  init?(_ workload: Workload, _ runs: [Measurement]) {
    self.init(name: workload.rawValue, title: workload.title, runs)
  }

  /// Nil without runs.
  init?(_ peer: SimPy.Peer, _ runs: [SimPy.Run]) {
    guard let first = runs.first else { return nil }
    let title = "SimPy \(first.simpy), Python \(first.python): \(peer.workload.rawValue)"
    self.init(
      name: peer.name, title: title,
      runs.map { Measurement(seconds: $0.seconds, requests: $0.requests) })
  }

  private init?(name: String, title: String, _ runs: [Measurement]) {
    guard let seconds = Spread(runs.map(\.seconds)),
      let requests = Spread(runs.map { Double($0.requests) / $0.seconds })
    else { return nil }
    self.name = name
    self.title = title
    self.requests = runs.reduce(0) { $0 + $1.requests } / runs.count
    self.seconds = seconds
    requestsPerSecond = requests
    let counted = runs.compactMap { run in run.events.map { (Double($0), run.seconds) } }
    eventsPerSecond = Spread(counted.map { $0 / $1 })
    nanosecondsPerEvent = Spread(counted.map { $1 * 1e9 / $0 })
    peakResidentBytes = runs.compactMap(\.peakResidentBytes).max()
    allocationsPerEvent = runs.compactMap(\.allocationsPerEvent).max()
  }
}
