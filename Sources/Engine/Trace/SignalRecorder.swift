import Model

/// Where signals are written while a replication runs: flat memory for all bins, made before it begins.
struct SignalRecorder: ~Copyable {
  /// At most so many bins, and so many cells in all; where it would be more, bins are widened by a whole factor.
  static let mostBins: Int64 = 20_000
  static let mostCells: Int64 = 1 << 24

  let layout: SignalLayout
  let binWidth: Int64
  let binCount: Int
  private var cells: Slab<Double>
  /// Where the present bin's row begins.
  private var row = 0
  private var bin: Int32 = 0

  // What has been read of the integrals since the engine last restarted them.
  private var readings: Slab<ReplicaReading>
  private var notClosed: Slab<Int64>
  private var shared: Slab<Int64>
  /// Edge sites with a capacity, by CDN.
  private let sites: [Int]

  /// By service: threads that work for nobody, and since when there are so many, in nanoseconds.
  private var deadThreads: Slab<Int32>
  private var deadSince: Slab<Int64>

  /// Failures of the present bin: their place by workload, reason and component, and below it the fault that brought them
  /// about and 1, or 0.
  private var failuresNow: [UInt64] = []
  private var failures = Slab<FailureEntry>()
  private let components: Int

  struct FailureEntry: BitwiseCopyable {
    var bin: Int32
    var place: Int32
    /// The fault instance that brought them about, or -1.
    var fault: Int32
    var count: Int32
  }

  /// - Parameter width: of a bin, in nanoseconds; nil for a recorder that nothing is written to.
  init(_ program: Program, binWidth width: Int64?) {
    layout = SignalLayout(program)
    let horizon = program.model.time.horizon.nanoseconds
    components = program.componentNames.count
    let nodes = program.media.nodes
    sites = program.media.cdnNames.indices.map { cdn in
      (0..<nodes.count).count { nodes[$0].cdn == Int32(cdn) && nodes[$0].link >= 0 }
    }
    guard let width else {
      binWidth = .max
      binCount = 0
      cells = Slab()
      readings = Slab()
      notClosed = Slab()
      shared = Slab()
      deadThreads = Slab()
      deadSince = Slab()
      return
    }
    precondition(width > 0, "a bin has a length")
    let most = min(Self.mostBins, max(1, Self.mostCells / Int64(max(1, layout.width))))
    let bins = (horizon - 1) / width + 1
    binWidth = width * max(1, (bins + most - 1) / most)
    binCount = Int((horizon - 1) / binWidth + 1)
    cells = Slab(repeating: 0, count: binCount * layout.width)
    readings = Slab(repeating: ReplicaReading(), count: program.initialReplicas.count)
    notClosed = Slab(repeating: 0, count: program.breakerSettingsOf.count)
    shared = Slab(repeating: 0, count: program.media.linkCapacities.count)
    deadThreads = Slab(repeating: 0, count: program.services.count)
    deadSince = Slab(repeating: 0, count: program.services.count)
  }

  mutating func add(_ amount: Double, column: Int) { cells[row &+ column] += amount }

  /// Adds to the bin of an instant that is not after the present bin.
  mutating func add(_ amount: Double, column: Int, at time: Int64) {
    cells[Int(time / binWidth) &* layout.width &+ column] += amount
  }

  /// Adds what a replica has done between its last reading and this one.
  mutating func integrate(_ reading: ReplicaReading, replica: Int, service: Int, replicas: Int32) {
    let last = readings[replica]
    readings[replica] = reading
    let count = Double(replicas)
    add(Self.seconds(reading.busy &- last.busy), column: layout.column(.busy, service: service))
    add(Self.seconds(reading.queue &- last.queue), column: layout.column(.queued, service: service))
    add(Double(reading.full &- last.full) / 1e9 / count, column: layout.column(.full, service: service))
    add(Double(reading.up &- last.up) / 1e9 / count, column: layout.column(.up, service: service))
    add(Double(reading.ready &- last.ready) / 1e9 / count, column: layout.column(.ready, service: service))
  }

  mutating func integrate(notClosed time: Int64, breaker: Int32, edge: Int, callers: Int32) {
    let last = notClosed[breaker]
    notClosed[breaker] = time
    add(Double(time &- last) / 1e9 / Double(callers), column: layout.column(.breakerOpen, edge: edge))
  }

  /// - Parameter time: for how long the link of a site has been shared.
  mutating func integrate(shared time: Int64, link: Int32, cdn: Int) {
    let last = shared[link]
    shared[link] = time
    add(Double(time &- last) / 1e9 / Double(sites[cdn]), column: layout.column(.full, cdn: cdn))
  }

  /// The engine's integrals begin anew at zero.
  mutating func restartReadings() {
    readings.fill(with: ReplicaReading())
    notClosed.fill(with: 0)
  }

  mutating func changeDeadThreads(of service: Int32, by change: Int32, at now: Int64) {
    let length = now &- deadSince[service]
    if length > 0 {
      add(
        Double(deadThreads[service]) * Double(length) / 1e9, column: layout.column(.deadBusy, service: Int(service)))
    }
    deadSince[service] = now
    deadThreads[service] &+= change
  }

  mutating func failed(workload: Int, _ blame: Blame) {
    guard let reason = blame.reason else { preconditionFailure("a failure without a reason") }
    let place = (workload * FailureReason.allCases.count + Int(reason.rawValue)) * components + Int(blame.component)
    failuresNow.append(UInt64(place) << 16 | UInt64(Int32(blame.fault) + 1))
  }

  /// The present bin is over; the integrals have been read up to its end.
  mutating func endBin() {
    failuresNow.sort()
    var last: UInt64 = .max
    for failure in failuresNow {
      if failure == last {
        failures[failures.count - 1].count &+= 1
      } else {
        failures.append(
          FailureEntry(bin: bin, place: Int32(failure >> 16), fault: Int32(failure & 0xFFFF) - 1, count: 1))
      }
      last = failure
    }
    failuresNow.removeAll(keepingCapacity: true)
    bin &+= 1
    row &+= layout.width
  }

  /// - Parameter nanoseconds: zero or more.
  private static func seconds(_ nanoseconds: Int128) -> Double { Double(nanoseconds) / 1e9 }

  func signals(_ program: Program) -> ComponentSignals {
    let cohorts = program.media.cohortNames
    let (strikes, strikeOfFault) = program.strikes
    return ComponentSignals(
      binWidth: SimulationDuration(nanoseconds: binWidth), horizon: program.model.time.horizon, binCount: binCount,
      services: program.services.map(\.name), edges: program.edgeDescriptions, cdns: program.media.cdnNames,
      cohorts: cohorts,
      workloads: program.workloads.map { ComponentSignals.Workload(name: $0.name, isOfSessions: $0.edge < 0) },
      strikes: strikes,
      failures: (0..<failures.count).map { described(failures[$0], program, strikeOfFault) }, layout: layout,
      cells: (0..<cells.count).map { cells[$0] })
  }

  private func described(
    _ entry: FailureEntry, _ program: Program, _ strikeOfFault: [Int?]
  ) -> ComponentSignals.Failures {
    let row = Int(entry.place) / components
    let reasons = FailureReason.allCases.count
    let code = UInt8(row % reasons)
    guard let reason = FailureReason.allCases.first(where: { $0.code.rawValue == code }) else {
      preconditionFailure("unknown reason \(code)")
    }
    return ComponentSignals.Failures(
      bin: Int(entry.bin), workload: row / reasons, reason: reason,
      component: program.component(Int(entry.place) % components),
      strike: entry.fault < 0 ? nil : strikeOfFault[Int(entry.fault)], count: Int(entry.count))
  }
}

extension SignalLayout {
  init(_ program: Program) {
    self.init(
      services: program.services.count, edges: program.edges.count, cdns: program.media.cdnNames.count,
      cohorts: program.media.cohortNames.count, workloads: program.workloads.count)
  }
}

extension Program {
  /// The edges as signals tell them.
  fileprivate var edgeDescriptions: [ComponentSignals.Edge] {
    (0..<edges.count).map { index in
      let edge = edges[index]
      let caller: ComponentSignals.Caller =
        edge.caller >= 0
        ? .service(Int(edge.caller))
        : Int(edge.workload) < workloads.count
          ? .workload(Int(edge.workload)) : .cdn(Int(edge.workload) - workloads.count)
      return ComponentSignals.Edge(
        name: edgeNames[index], caller: caller, service: Int(edge.service), attempts: Int(edge.attempts),
        fallback: edge.fallbackEdge >= 0 ? Int(edge.fallbackEdge) : nil)
    }
  }

  /// What one of `componentNames` is.
  fileprivate func component(_ index: Int) -> ComponentSignals.Component {
    if index < services.count { return .service(index) }
    let edge = index - services.count
    return edge < edges.count ? .edge(edge) : .cdn(edge - edges.count)
  }
}
