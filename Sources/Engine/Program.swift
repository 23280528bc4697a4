import Model
import Sampling

/// A model and a scenario, compiled: everything a replication needs, immutable and shared by all workers.
public final class Program: Sendable {
  public let model: SystemModel
  public let scenario: Scenario?
  /// What the tallies of a workload are kept for, in this order; at most 64.
  public let windows: [Window]

  let media: MediaProgram
  let samplers: SamplerBank
  let samplerTable: Table<Sampler>
  let operations: Table<Operation>
  let branches: Table<Branch>
  let edges: Table<Edge>
  let plainCalls: Table<PlainCall>
  let pauses: Table<Int64>
  let breakerSettings: Table<BreakerSettings>
  let breakerSettingsOf: Table<Int32>
  let endpointStart: Table<Int32>
  let endpointService: Table<Int32>
  let serviceTable: Table<ServiceEntry>
  let initialEdgeStates: Table<EdgeState>
  let initialReplicas: Table<Replica>
  let workloadTable: Table<WorkloadEntry>
  let streams: Table<ArrivalStream>
  /// The stream of the most frequent arrivals that come one by one, whose next one the calendar keeps aside; -1: none.
  let foremostStream: Int32
  let pieces: Table<ArrivalPiece>
  /// The instants of replayed arrivals, in nanoseconds.
  let recordedArrivals: Table<Int64>
  let faults: Table<FaultInstance>
  let members: Table<UInt8>
  let faultPlaces: Table<FaultPlace>
  /// Of partitions: see `FaultInstance.firstSide`.
  let sides: Table<UInt8>
  /// The instance of each leak.
  let leaks: Table<Int32>
  /// Hashes of the replicas' names.
  let replicaKeys: Table<UInt64>
  let processes: Table<FailureProcess>
  /// What faults set, and the instances that do.
  let changes: Table<SettingChange>
  let settingFaults: [Int32]
  let otherEdges: Table<Edge>
  let otherScalers: Table<ScalerSettings>
  let laws: Table<ArrivalLaw>
  /// How many cells each breaker may come to need.
  let breakerCells: Table<Int32>
  let scalers: Table<ScalerSettings>
  let wishCount: Int

  let services: [CompiledService]
  let endpoints: [CompiledEndpoint]
  let workloads: [CompiledWorkload]
  let edgeNames: [String]
  let faultNames: [String]
  let equilibria: [FailureEquilibrium]
  /// The edges that have breakers.
  let breakerEdges: [BreakerEdge]
  /// The stream of each closed client, and each stream's first client.
  let clientStream: Table<Int32>
  let firstClient: Table<Int32>
  /// Hashes of `componentNames`.
  let componentHashes: Table<UInt64>
  let boundaries: Boundaries
  /// The ends of faults after which recovery is measured, in nanoseconds.
  let recoveryStarts: [Int64]
  let outstandingCount: Int
  /// The names blame is laid on: the services, then the edges, then the CDNs.
  let componentNames: [String]
  /// The windows that count only requests a fault's scope picks, as bits.
  let scopedWindows: UInt64
  /// Those of them that last while a fault is active, and so count what an active fault picks.
  let scopedFaultWindows: UInt64
  /// Those of them that are about one fault, and so count what that one picks.
  let scopedNamedWindows: UInt64
  /// The instance of the fault that each window is about; -1 where it is about none.
  let faultOfWindow: Table<Int32>
  /// Whether the scenario's faults strike; where they don't, windows are still told by them.
  public let injectsFaults: Bool
  let distributions: [Distribution]

  /// Compiles a valid model.
  /// - Parameters:
  ///   - windows: at most 64.
  ///   - injectingFaults: false for the counterfactual twin, in which the scenario's faults do nothing but say when its
  ///     windows are and whom they count, and its failures are left out. What fails in the model fails there too, on the
  ///     same draws.
  ///   - measuringRecovery: whether the outcome tells what followed the ends of the scenario's faults.
  public init(
    model: SystemModel, scenario: Scenario?, windows: [Window], injectingFaults: Bool = true,
    measuringRecovery: Bool = false
  ) {
    precondition(windows.count <= 64, "at most 64 windows")
    self.model = model
    self.scenario = scenario
    self.windows = windows
    injectsFaults = injectingFaults
    var compiler = Compiler(model: model, scenario: scenario)
    let faults = FaultCompiler(
      model: model, scenario: scenario, includingFailures: injectingFaults, compiler: &compiler)
    let (streams, pieces, recorded) = Self.streams(
      of: compiler.workloads, surges: injectingFaults ? faults.surges : [], changes: faults.settings.arrivalChanges,
      start: model.time.start, compiler: &compiler)
    boundaries = Boundaries(time: model.time, windows: windows, faults: scenario?.faults ?? [])
    media = MediaProgram(model: model, boundaries: boundaries, compiler: &compiler)
    (scalers, wishCount) = Self.scalers(of: model, &compiler)
    distributions = compiler.distributions
    samplers = SamplerBank(compiler.distributions)
    let bank = samplers
    samplerTable = Table(compiler.distributions.indices.map { bank[$0] })
    operations = Table(compiler.operations)
    branches = Table(compiler.branches)
    edges = Table(compiler.edges)
    plainCalls = Table(compiler.plainCalls)
    pauses = Table(compiler.pauses)
    breakerSettings = Table(compiler.breakers)
    let breakers = Self.breakers(of: compiler, faults.settings)
    breakerSettingsOf = Table(breakers.map(\.settings))
    breakerCells = Table(breakers.map(\.cells))
    changes = Table(faults.settings.changes)
    settingFaults = faults.instances.indices.filter { faults.instances[$0].effect == .set }.map { Int32($0) }
    otherEdges = Table(faults.settings.edges)
    otherScalers = Table(faults.settings.scalers)
    laws = Table(faults.settings.laws)
    endpointStart = Table(compiler.endpoints.map(\.start))
    endpointService = Table(compiler.endpoints.map(\.service))
    serviceTable = Table(
      compiler.services.map {
        ServiceEntry(
          firstReplica: $0.firstReplica, replicaCount: $0.replicaCount, isAsync: $0.isAsync)
      })
    initialEdgeStates = Table(compiler.edgeStates)
    initialReplicas = Table(compiler.replicas)
    workloadTable = Table(
      compiler.workloads.map {
        WorkloadEntry(edge: $0.edge, devices: Int64($0.devices), keyHash: $0.keyHash)
      })
    self.streams = Table(streams)
    foremostStream = Self.foremost(of: streams, compiler.distributions)
    self.pieces = Table(pieces)
    recordedArrivals = Table(recorded)
    self.faults = Table(faults.instances)
    members = Table(faults.members)
    faultPlaces = Table(faults.places)
    sides = Table(faults.sides)
    leaks = Table(faults.leaks)
    replicaKeys = Table(faults.replicaNames.map { DrawKey.hash(of: $0) })
    processes = Table(faults.processes)
    services = compiler.services
    endpoints = compiler.endpoints
    workloads = compiler.workloads
    edgeNames = compiler.edgeNames
    faultNames = faults.names
    equilibria = faults.equilibria
    breakerEdges = compiler.edges.enumerated().compactMap { index, edge in
      guard compiler.edgeStates[Int(edge.firstState)].breaker >= 0 else { return nil }
      let states = compiler.edgeStates.filter { $0.edge == Int32(index) }
      return states.first.map {
        BreakerEdge(edge: index, firstBreaker: $0.breaker, count: Int32(states.count))
      }
    }
    var clientStream: [Int32] = []
    var firstClient: [Int32] = []
    for (index, stream) in streams.enumerated() {
      firstClient.append(Int32(clientStream.count))
      if stream.law.kind == .closed {
        clientStream += [Int32](repeating: Int32(index), count: Int(stream.law.count))
      }
    }
    self.clientStream = Table(clientStream)
    self.firstClient = Table(firstClient)
    recoveryStarts = measuringRecovery ? boundaries.faultEnds : []
    outstandingCount = compiler.outstandingCount
    componentNames = compiler.services.map(\.name) + compiler.edgeNames + media.cdnNames
    componentHashes = Table(componentNames.map { DrawKey.hash(of: $0) })
    scopedFaultWindows = windows.enumerated().reduce(0) { bits, window in
      window.element.among == .scoped && window.element.period == .duringFaults
        ? bits | 1 << UInt64(window.offset) : bits
    }
    faultOfWindow = Table(
      windows.map { window in
        switch window.period {
        case .duringFault(let name), .afterFault(let name): faults.first(of: name, in: scenario)
        case .run, .duringFaults, .afterFaults, .between: -1
        }
      })
    scopedNamedWindows = windows.enumerated().reduce(0) { bits, window in
      switch window.element.period {
      case .duringFault, .afterFault: window.element.among == .scoped ? bits | 1 << UInt64(window.offset) : bits
      case .run, .duringFaults, .afterFaults, .between: bits
      }
    }
    scopedWindows = windows.enumerated().reduce(0) { bits, window in
      window.element.among == .scoped ? bits | 1 << UInt64(window.offset) : bits
    }
  }

  /// The settings that each breaker has at first, and the cells that it needs with any that it may have.
  private static func breakers(
    of compiler: Compiler, _ set: CompiledSettings
  ) -> [(settings: Int32, cells: Int32)] {
    compiler.edgeStates.filter { $0.breaker >= 0 }.map { state in
      let own = compiler.edges[Int(state.edge)]
      let possible = ([own] + set.edges.filter { $0.firstState == own.firstState }).map(\.breaker).filter { $0 >= 0 }
      return (possible[0], possible.map { Int32(compiler.breakers[Int($0)].cells) }.max() ?? 0)
    }
  }

  private static func scalers(of model: SystemModel, _ compiler: inout Compiler) -> (Table<ScalerSettings>, Int) {
    var scalers: [ScalerSettings] = []
    var wishes: Int32 = 0
    for (index, service) in model.services.enumerated() {
      guard let autoscaling = service.autoscaling else { continue }
      scalers.append(
        autoscaling.compiled(
          of: service, index: Int32(index), boot: compiler.sampler(autoscaling.boot), firstWish: wishes))
      wishes += scalers[scalers.count - 1].wishes
    }
    return (Table(scalers), Int(wishes))
  }

  var clientCount: Int { clientStream.count }

  func clients(of stream: Int32) -> Range<Int32> {
    let first = firstClient[stream]
    return first..<first + streams[stream].law.count
  }

  /// A hash of every sampling table; equal on all machines.
  public var tablesFingerprint: UInt64 { samplers.fingerprint }
}

/// What serving needs to know of a service.
struct ServiceEntry: BitwiseCopyable {
  var firstReplica: Int32
  var replicaCount: Int32
  var isAsync: Bool
}

/// What asking needs to know of a workload.
struct WorkloadEntry: BitwiseCopyable {
  var edge: Int32
  /// 0 where a request is its own unit of scope.
  var devices: Int64
  var keyHash: UInt64
}

/// An edge whose caller replicas each have a breaker.
struct BreakerEdge {
  let edge: Int
  let firstBreaker: Int32
  let count: Int32
}
