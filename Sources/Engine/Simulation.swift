import Model
import Sampling

/// One worker's state, reused from replication to replication.
///
/// A non-copyable struct of flat slabs, passed inout: handling an event allocates nothing, retains nothing and
/// tracks no exclusivity. The extensions say what happens: arrivals and calls in `Requests/`, what policies do in
/// `Policies/`, what faults do in `Faults/`, what is counted in `Measurement/`.
public struct Simulation: ~Copyable {
  let program: Program
  let checksInvariants: Bool

  // What the program says, at hand.
  let samplers: Table<Sampler>
  let operations: Table<Operation>
  let branches: Table<Branch>
  let edges: Table<Edge>
  let plainCalls: Table<PlainCall>
  let services: Table<ServiceEntry>
  let endpointStart: Table<Int32>
  let endpointService: Table<Int32>
  let faults: Table<FaultInstance>
  /// Of faults that pick replicas as they begin, what they have picked.
  var members: Slab<UInt8>
  let faultPlaces: Table<FaultPlace>
  let streams: Table<ArrivalStream>
  /// See `Program.foremostStream`.
  let foremostStream: Int32
  let workloads: Table<WorkloadEntry>
  /// Replicas as they are without faults that take something from them.
  let initialReplicas: Table<Replica>
  let scalerSettings: Table<ScalerSettings>
  let plan: MediaProgram
  let horizon: Int64
  let warmup: Int64
  let windowCount: Int
  /// See `Program.scopedWindows`.
  let scopedWindows: UInt64
  /// The tally of endpoint 0; those of the workloads' windows come before.
  let firstEndpointTally: Int

  // The clock and what is to come.
  var now: Int64 = 0
  var calendar = Calendar()
  var lanes: TimerLanes
  var ready = RingQueue<ReadyItem>()
  /// Loops that are not through with what comes before whatever is ready: the branches of a fork, the calls of a queue.
  var unfinishedLoops = 0
  var eventCount = 0

  // Who is under way.
  var frames = Arena<Frame>()
  var calls = Arena<Call>()

  // The state of components and policies.
  var replicas: Slab<Replica>
  /// Per service, the replicas a balancer may choose: `firstReplica ..< firstReplica + eligibleCount`.
  var eligible: Slab<Int32>
  var eligibleCount: Slab<Int32>
  var edgeStates: Slab<EdgeState>
  var outstanding: Slab<Int32>
  var breakers: Breakers
  var faultActive: Slab<Bool>
  /// The active faults that act on calls; what they do together does not depend on their order.
  var callFaults = Slab<Int32>(capacity: 16)
  /// Those of them that concern replies too.
  var partitions = Slab<Int32>(capacity: 16)
  var losses = Slab<Int32>(capacity: 16)
  var faultStates: Slab<FaultState>
  /// The replicas that have crashed at this instant, and when what that means to calls is due: see `settle`.
  var crashed = Slab<Int32>(capacity: 16)
  var settlesAt: Int64 = -1
  var leakStates: Slab<LeakState>
  /// Per edge, the places that faults take of each of its bulkheads.
  var placesTaken: Slab<Int32>
  var processCycles: Slab<FailureCycle>
  /// Per workload, the stream to which its arrivals move next; -1 where there is none.
  var nextStreams: Slab<Int32>
  var scalers: Slab<ScalerState>
  /// How many replicas each autoscaler asked for, in its latest evaluations.
  var wishes: Slab<Int32>
  var streamStates: Slab<ArrivalStreamState>
  var clientCycles: Slab<Int64>

  // Keys of this replication.
  var root = DrawKey(bits: 0)
  var streamKeys: Slab<UInt64>
  var workloadKeys: Slab<UInt64>
  /// Which devices the scopes of faults pick.
  var scopes: DeviceScopes

  /// Sessions and CDNs.
  var media: MediaState

  // What is told while it happens.
  /// Whether anything is told of attempts, and of requests, beyond what is always counted.
  var isWatched = false
  /// Whether no call may take the short way: something is told of all of them, or faults set values that it does not ask for.
  var takesLongWay = false
  var tellsRequests = false
  /// Whether attempts are told, in one way or another.
  var isObserved = false
  var recordsTelemetry = false
  var telemetry: [TelemetryRecord] = []
  var logsRequests = false
  var log: RequestLog
  var recordsSignals = false
  /// When the present bin of signals ends, in nanoseconds; beyond any horizon where none are recorded.
  var nextSignalEdge = Int64.max
  var signals: SignalRecorder

  // What is counted.
  var tallies: Tallies
  var meters: Meters
  var aftermaths: Aftermaths
  var waits: Latencies
  var currentWindows: UInt64 = 0
  var currentBin: Int32 = 0
  var firstBoundaryOrder: UInt64 = 0
  var fingerprint: UInt64 = 0

  /// - Parameter checkingInvariants: checks conservation after every event, at a price.
  public init(_ program: Program, checkingInvariants: Bool = false) {
    self.program = program
    checksInvariants = checkingInvariants
    samplers = program.samplerTable
    // What faults may set is a copy.
    let sets = program.changes.count > 0
    operations = sets ? program.operations.copy() : program.operations
    branches = program.branches
    edges = sets ? program.edges.copy() : program.edges
    plainCalls = program.plainCalls
    services = program.serviceTable
    endpointStart = program.endpointStart
    endpointService = program.endpointService
    faults = program.faults
    members = Slab(capacity: program.members.count)
    for index in 0..<program.members.count { members.append(program.members[index]) }
    faultPlaces = program.faultPlaces
    streams = sets ? program.streams.copy() : program.streams
    initialReplicas = sets ? program.initialReplicas.copy() : program.initialReplicas
    scalerSettings = sets ? program.scalers.copy() : program.scalers
    foremostStream = program.foremostStream
    workloads = program.workloadTable
    plan = program.media
    horizon = program.model.time.horizon.nanoseconds
    warmup = program.model.time.warmup.nanoseconds
    windowCount = program.windows.count
    scopedWindows = program.scopedWindows
    firstEndpointTally = program.workloads.count * program.windows.count
    lanes = TimerLanes(lengths: (0..<program.edges.count).map { program.edges[$0].timeout })
    replicas = Slab(capacity: program.initialReplicas.count)
    eligible = Slab(repeating: 0, count: program.initialReplicas.count)
    eligibleCount = Slab(repeating: 0, count: program.services.count)
    edgeStates = Slab(capacity: program.initialEdgeStates.count)
    outstanding = Slab(repeating: 0, count: program.outstandingCount)
    breakers = Breakers(
      settings: program.breakerSettings, settingsOf: program.breakerSettingsOf, cells: program.breakerCells,
      canChange: sets)
    faultActive = Slab(repeating: false, count: program.faults.count)
    faultStates = Slab(repeating: FaultState(), count: program.faults.count)
    leakStates = Slab(repeating: LeakState(), count: program.leaks.count * program.initialReplicas.count)
    placesTaken = Slab(repeating: 0, count: program.edges.count)
    processCycles = Slab(repeating: FailureCycle(), count: program.processes.count)
    scalers = Slab(repeating: ScalerState(), count: program.scalers.count)
    wishes = Slab(repeating: 0, count: program.wishCount)
    nextStreams = Slab(repeating: -1, count: program.workloads.count)
    streamStates = Slab(repeating: ArrivalStreamState(), count: program.streams.count)
    clientCycles = Slab(repeating: 0, count: program.clientCount)
    streamKeys = Slab(repeating: 0, count: program.streams.count)
    workloadKeys = Slab(repeating: 0, count: program.workloads.count)
    scopes = DeviceScopes(program.faults, workloads: program.workloads.count)
    tallies = Tallies(
      subjects: program.workloads.count * program.windows.count + program.endpoints.count,
      components: program.componentNames.count)
    meters = Meters(program)
    aftermaths = Aftermaths(program)
    waits = Latencies(subjects: program.services.count)
    media = MediaState(program)
    log = RequestLog(program)
    signals = SignalRecorder(program, binWidth: nil)
  }

  /// Runs one replication from 0 to the horizon.
  ///
  /// - Parameters:
  ///   - isCancelled: asked now and then; nil is returned once it says so.
  ///   - recording: takes what happens as telemetry, in batches; what happens is the same without it.
  ///   - logging: takes the log of all requests once the replication is over; what happens is the same without it.
  public mutating func run(
    seed: UInt64, replication: Int, isCancelled: () -> Bool = { false },
    recording: (([TelemetryRecord]) -> Void)? = nil, logging: ((RequestLog) -> Void)? = nil
  ) -> ReplicationOutcome? {
    recordsTelemetry = recording != nil
    logsRequests = logging != nil
    isObserved = recordsTelemetry || logsRequests
    isWatched = isObserved || recordsSignals
    takesLongWay = isWatched || program.changes.count > 0
    tellsRequests = isWatched || !aftermaths.isEmpty
    reset(seed: seed, replication: replication)
    scheduleInitialEvents()
    while let event = calendar.pop() {
      if event.time >= horizon { break }
      if event.time >= nextSignalEdge { passSignalEdges(upTo: event.time) }
      now = event.time
      eventCount &+= 1
      handle(event)
      if ready.count > 0 { resumeReady() }
      if checksInvariants { checkInvariants() }
      if isWatched, telemetry.count >= Self.telemetryBatch { handOver(to: recording) }
      if eventCount & 0xFFFF == 0, isCancelled() {
        handOver(to: recording)
        return nil
      }
    }
    now = horizon
    if recordsSignals { passSignalEdges(upTo: horizon &- 1) }
    readMeters()
    countSessionsUnderWay()
    handOver(to: recording)
    if let logging { logging(takeLog()) }
    return outcome(replication: replication)
  }

  @inline(always) private mutating func handle(_ event: CalendarEntry) {
    let index = event.payload.index
    let generation = event.payload.generation
    switch event.payload.kind {
    case .arrival: arrive(stream: index)
    case .workDone:
      if let frame = frames.current(index, generation), frame.its.state == .working { finishWork(frame) }
    case .lane: fireLane(index, order: event.order)
    case .sharedWorkDone:
      if replicas[index].sharedGeneration & EventPayload.generationMask == generation { finishSharedWork(index) }
    case .backoff: if let call = calls.current(index, generation) { tryAgain(call) }
    case .fallback: if let call = calls.current(index, generation) { finishFallback(call) }
    case .deadline: if let call = calls.current(index, generation) { passDeadline(call) }
    case .bulkheadWait: if let call = calls.current(index, generation) { stopWaitingForPlace(call) }
    case .delivery: if let frame = frames.current(index, generation) { deliver(frame) }
    case .replyDelivery: if let frame = frames.current(index, generation) { deliverReply(frame) }
    case .thought: ask(client: index)
    case .boundary: passBoundary(index)
    case .windowBegun: restartLongestQueues()
    case .faultBegins: beginFault(index)
    case .faultEnds: endFault(index)
    case .failureTransition: advanceFailureProcess(index)
    case .settlement: settle()
    case .autoscaling: evaluate(scaler: index)
    case .boot: finishBoot(index, generation)
    case .faultStep: step(index, turn: generation)
    case .leak: advanceLeak(index, turn: generation)
    case .timeout: if let call = calls.current(index, generation) { passTimeout(call, order: event.order) }
    case .session, .fill, .link, .liveSegment, .steering, .eventEnds, .departure: handleForStreaming(event.payload)
    }
  }

  @inline(never) private mutating func handleForStreaming(_ payload: EventPayload) {
    switch payload.kind {
    case .session: if let session = media.sessions.current(payload.index, payload.generation) { resume(session) }
    case .fill: if let fill = media.fills.current(payload.index, payload.generation) { resume(fill) }
    case .link: linkCompletes(payload.index, payload.generation)
    case .liveSegment: liveSegmentEnds(payload.index)
    case .eventEnds: listDepartures()
    case .departure: leaveAfterEvent()
    default: evaluateSteering()
    }
  }

  /// The instant so many nanoseconds from now; the end of the clock where it lies beyond that.
  @inline(always) func instant(after delay: Int64) -> Int64 {
    let (time, isBeyond) = now.addingReportingOverflow(delay)
    return isBeyond ? Int64.max : time
  }

  @inline(never) private mutating func resumeReady() {
    while let item = ready.popFirst() { resume(item) }
  }

  @inline(always) private mutating func resume(_ item: ReadyItem) {
    switch item.kind {
    case .frame:
      let frame = frames.at(item.index)
      if frame.its.generation == item.generation, frame.its.state == .ready { resume(frame) }
    case .replica: serveQueue(of: item.index)
    case .place: servePlaces(of: item.index)
    }
  }

  private mutating func reset(seed: UInt64, replication: Int) {
    now = 0
    eventCount = 0
    fingerprint = 0
    currentBin = 0
    currentWindows = program.boundaries.windows(at: 0)
    calendar.removeAll()
    lanes.reset()
    ready.removeAll()
    unfinishedLoops = 0
    frames.removeAll()
    calls.removeAll()
    replicas.removeAll()
    for index in 0..<program.initialReplicas.count { replicas.append(program.initialReplicas[index]) }
    edgeStates.removeAll()
    for index in 0..<program.initialEdgeStates.count {
      edgeStates.append(program.initialEdgeStates[index])
    }
    outstanding.fill(with: 0)
    breakers.reset()
    faultActive.fill(with: false)
    callFaults.removeAll()
    partitions.removeAll()
    losses.removeAll()
    crashed.removeAll()
    settlesAt = -1
    faultStates.fill(with: FaultState())
    leakStates.fill(with: LeakState())
    placesTaken.fill(with: 0)
    processCycles.fill(with: FailureCycle())
    streamStates.fill(with: ArrivalStreamState())
    clientCycles.fill(with: 0)
    tallies.reset()
    meters.reset()
    aftermaths.reset()
    waits.reset()
    telemetry.removeAll(keepingCapacity: true)
    if log.requests.count > 0 { log = RequestLog(program) }
    root = DrawKey(seed: seed, replication: replication)
    media.reset(root: root, capacities: plan.linkCapacities)
    let workloadRoot = root.child(named: "workload")
    for index in 0..<workloads.count {
      workloadKeys[index] = workloadRoot.child(workloads[index].keyHash).bits
    }
    drawScopes()
    for index in 0..<streams.count {
      let own = workloadRoot.child(streams[index].keyHash)
      streamKeys[index] =
        streams[index].surgeHash == 0 ? own.bits : own.child(streams[index].surgeHash).bits
    }
    restoreSettings()
    for service in 0..<services.count { listEligibleReplicas(of: Int32(service)) }
  }

  /// First the boundaries, then faults, failure processes and arrivals, each in the order of their names.
  private mutating func scheduleInitialEvents() {
    firstBoundaryOrder = calendar.nextOrders(.fault, count: program.boundaries.times.count)
    scheduleBoundary(0)
    for index in 0..<faults.count where program.injectsFaults && faults[index].begins < horizon {
      calendar.schedule(EventPayload(.faultBegins, Int32(index)), at: faults[index].begins, .fault)
      if faults[index].ends < horizon {
        calendar.schedule(EventPayload(.faultEnds, Int32(index)), at: faults[index].ends, .fault)
      }
    }
    for index in 0..<program.processes.count { startFailureProcess(Int32(index)) }
    startAutoscaling()
    for index in 0..<streams.count { start(stream: Int32(index)) }
    if plan.catalog.channels > 0 { scheduleLiveSegment(CatalogEntry.firstLiveSegment) }
    if plan.steering.isDynamic { scheduleSteering() }
    if plan.eventEnd < horizon { calendar.schedule(EventPayload(.eventEnds, 0), at: plan.eventEnd, .completion) }
  }
}

/// What is to be resumed within the present event, in the order in which it came up.
struct ReadyItem: BitwiseCopyable {
  enum Kind: UInt8 {
    /// A frame goes on.
    case frame
    /// A replica has a free thread.
    case replica
    /// An edge state has a free bulkhead place.
    case place
  }
  var kind: Kind
  var index: Int32
  var generation: UInt32
}
