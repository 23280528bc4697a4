import Model
import Sampling

/// Turns names into indices and steps into operations. What it builds is handed to `Program` and never changes.
struct Compiler {
  let model: SystemModel
  let scenario: Scenario?

  private(set) var distributions: [Distribution] = []
  private(set) var operations: [Operation] = []
  private(set) var branches: [Branch] = []
  private(set) var edges: [Edge] = []
  private(set) var plainCalls: [PlainCall] = []
  private(set) var edgeNames: [String] = []
  var edgeStates: [EdgeState] = []
  var outstandingCount = 0
  private(set) var pauses: [Int64] = []
  private(set) var breakers: [BreakerSettings] = []
  var breakerCount = 0
  private(set) var endpoints: [CompiledEndpoint] = []
  private(set) var services: [CompiledService] = []
  private(set) var replicas: [Replica] = []
  private(set) var workloads: [CompiledWorkload] = []
  /// What services keep of the answers of dependencies.
  private(set) var answerCaches: [CacheSettings] = []
  /// The edges of sessions' dependencies by name, of each CDN's origin and manifest origin, and of live encoding.
  private(set) var sessionEdges: [String: Int32] = [:]
  private(set) var originEdges: [(origin: Int32, manifest: Int32)] = []
  private(set) var encodeEdge: Int32 = -1
  private(set) var standbyEdge: Int32 = -1

  /// How many replicas each service may have at once, those that a fault sets among them.
  let slots: [String: Int]

  private var samplers: [Distribution: Int32] = [:]
  private var serviceIndex: [String: Int32] = [:]
  private var endpointIndex: [EndpointPath: Int32] = [:]

  init(model: SystemModel, scenario: Scenario?) {
    self.model = model
    self.scenario = scenario
    slots = Self.slots(of: model, scenario)
    numberTargets()
    for (index, service) in model.services.enumerated() {
      compile(service, index: Int32(index))
    }
    for (index, workload) in model.workloads.enumerated() {
      compile(workload, index: Int32(index))
    }
    compileStreaming()
    for index in edges.indices {
      edges[index].start = endpoints[Int(edges[index].endpoint)].start
      let first = operations[Int(edges[index].start)]
      edges[index].beginsWithWork = first.code == .work && first.threshold == .max
      edges[index].firstReplica = services[Int(edges[index].service)].firstReplica
      edges[index].countsOutstanding = model.services[Int(edges[index].service)].balancing == .leastRequest
      plainCalls.append(PlainCall(edges[index], first: first))
    }
    for index in operations.indices where operations[index].code == .call {
      operations[index].isPlain =
        operations[index].threshold == .max && !operations[index].isAsync
        && plainCalls[Int(operations[index].argument)].isPlain
    }
  }

  /// The sampler of a distribution in seconds; equal ones share it.
  mutating func sampler(_ distribution: Distribution) -> Int32 {
    if let known = samplers[distribution] { return known }
    let index = Int32(distributions.count)
    distributions.append(distribution)
    samplers[distribution] = index
    return index
  }

  func service(named name: String) -> Int32 {
    guard let index = serviceIndex[name] else { preconditionFailure("unknown service \(name)") }
    return index
  }

  func endpoint(_ path: EndpointPath) -> Int32 {
    guard let index = endpointIndex[path] else { preconditionFailure("unknown endpoint \(path)") }
    return index
  }

  private mutating func numberTargets() {
    var endpointCount: Int32 = 0
    for (index, service) in model.services.enumerated() {
      serviceIndex[service.name] = Int32(index)
      for endpoint in service.endpoints {
        endpointIndex[EndpointPath(service: service.name, endpoint: endpoint.name)] = endpointCount
        endpointCount += 1
      }
    }
  }

  private mutating func compile(_ service: Service, index: Int32) {
    let firstReplica = Int32(replicas.count)
    let slots = slots[service.name, default: service.mostReplicas]
    for _ in 0..<slots {
      replicas.append(
        Replica(
          service: index, threads: Int32(clamping: service.pool.threads),
          queueLimit: service.pool.queue.count, cores: Int32(service.cores ?? 0)))
    }
    var edgeOf: [String: Int32] = [:]
    for dependency in service.dependencies {
      edgeOf[dependency.name] = Int32(edges.count)
      add(
        dependency, caller: index, workload: -1, callers: slots,
        name: "\(service.name) -> \(dependency.name)")
    }
    for dependency in service.dependencies {
      if let edge = edgeOf[dependency.name] { connectFallback(of: dependency, edge: edge, Array(edgeOf)) }
    }
    for endpoint in service.endpoints {
      let start = Int32(operations.count)
      compile(
        endpoint.steps, edges: edgeOf,
        reply: Operation(
          code: .reply, threshold: .max, argument: 0, key: 0, count: 0, needed: 0, endpoint: Int32(endpoints.count),
          firstReplica: firstReplica, isAsync: service.style == .async))
      endpoints.append(
        CompiledEndpoint(
          name: "\(service.name).\(endpoint.name)", service: index, start: start,
          end: Int32(operations.count)))
    }
    services.append(
      CompiledService(
        name: service.name, component: index, firstReplica: firstReplica,
        replicaCount: Int32(slots), threads: Int32(clamping: service.pool.threads),
        isAsync: service.style == .async,
        isScaled: service.autoscaling != nil || slots != service.replicas || setsReplicas(of: service.name)))
  }

  /// - Parameter reply: the endpoint's last operation, of which the others have the place.
  private mutating func compile(_ steps: [Step], edges edgeOf: [String: Int32], reply: Operation) {
    var occurrences: [String: UInt64] = [:]
    func key(_ name: String) -> UInt64 {
      let occurrence = occurrences[name, default: 0]
      occurrences[name] = occurrence + 1
      // Apart by more than there are purposes, which are added to it.
      return DrawKey.hash(of: name) &+ occurrence << 8
    }
    for step in steps {
      var operation = reply
      operation.code = .work
      operation.threshold = drawThreshold(step.probability.value)
      switch step.action {
      case .work(let distribution):
        operation.argument = sampler(distribution)
        // No dependency can be called so, since names have no spaces.
        operation.key = key("own work")
      case .call(let name):
        operation.argument = edge(name, in: edgeOf)
        operation.code = edges[Int(operation.argument)].cache >= 0 ? .cachedCall : .call
        operation.key = key(name)
      case .together(let names, let needed):
        operation.code = .fork
        operation.argument = Int32(branches.count)
        operation.count = Int16(names.count)
        operation.needed = Int16(needed)
        for name in names { branches.append(Branch(edge: edge(name, in: edgeOf), key: key(name))) }
        operation.key = branches[Int(operation.argument)].key
      }
      operations.append(operation)
    }
    operations.append(reply)
  }

  private func edge(_ name: String, in edgeOf: [String: Int32]) -> Int32 {
    guard let edge = edgeOf[name] else { preconditionFailure("unknown dependency \(name)") }
    return edge
  }

  private mutating func add(
    _ dependency: Dependency, caller: Int32, workload: Int32, callers: Int, name: String
  ) {
    let target = service(named: dependency.target.service)
    let callee = model.services[Int(target)]
    let index = Int32(edges.count)
    var edge = Edge(
      caller: caller, workload: workload, service: target, endpoint: endpoint(dependency.target),
      component: Int32(model.services.count) + index, firstState: Int32(edgeStates.count),
      timeout: dependency.timeout?.nanoseconds ?? Edge.noLimit,
      deadline: dependency.deadline?.nanoseconds ?? Edge.noLimit, attempts: 1,
      firstPause: Int32(pauses.count), longestPause: Edge.noLimit, jitter: 0, retryOn: 0,
      breaker: -1, places: 0, bulkheadQueue: 0, bulkheadWait: Edge.noLimit, fallbackSampler: -1,
      fallbackFails: 0, fallbackEdge: -1, balancing: callee.balancing.code,
      cancels: callee.cancellation == .propagate)
    govern(&edge, by: dependency)
    if let cache = dependency.cache {
      edge.cache = Int32(answerCaches.count)
      answerCaches.append(cache)
    }
    for _ in 0..<callers {
      edgeStates.append(
        EdgeState(
          edge: index,
          firstOutstanding: callee.balancing == .leastRequest ? Int32(outstandingCount) : -1,
          breaker: dependency.breaker == nil ? -1 : Int32(breakerCount)))
      if callee.balancing == .leastRequest { outstandingCount += slots[callee.name, default: callee.mostReplicas] }
      if dependency.breaker != nil { breakerCount += 1 }
    }
    edges.append(edge)
    edgeNames.append(name)
  }

  /// Gives an edge the policies of a dependency, but for what its fallback calls.
  mutating func govern(_ edge: inout Edge, by dependency: Dependency) {
    if let retry = dependency.retry {
      edge.attempts = Int32(retry.attempts)
      edge.jitter = retry.jitter.code
      for reason in retry.retryOn { edge.retryOn |= 1 << reason.code.rawValue }
      let (planned, longest) = retry.pauses
      pauses += planned
      edge.longestPause = longest
    }
    if let breaker = dependency.breaker {
      edge.breaker = Int32(breakers.count)
      breakers.append(BreakerSettings(breaker))
    }
    switch dependency.bulkhead {
    case .threads(let threads, let queue):
      edge.places = Int32(clamping: threads)
      edge.bulkheadQueue = queue.count
    case .concurrent(let concurrent, let maxWait):
      edge.places = Int32(clamping: concurrent)
      edge.bulkheadQueue = maxWait == .zero ? 0 : Int32.max
      edge.bulkheadWait = maxWait.nanoseconds
    case nil: break
    }
    if let fallback = dependency.fallback {
      edge.fallbackSampler = sampler(fallback.takes)
      edge.fallbackFails = drawThreshold(fallback.fails.value)
    }
  }

  /// The calls of sessions, CDNs and live channels, and the workloads under which sessions are measured.
  private mutating func compileStreaming() {
    guard let streaming = model.streaming else { return }
    workloads.append(
      CompiledWorkload(
        name: Streaming.everySession, edge: -1, devices: 0, keyHash: DrawKey.hash(of: Streaming.everySession),
        arrivals: streaming.sessions.arrivals))
    for cohort in streaming.players {
      workloads.append(
        CompiledWorkload(
          name: cohort.name, edge: -1, devices: cohort.devices ?? 0, keyHash: DrawKey.hash(of: cohort.name),
          arrivals: nil))
    }
    for dependency in streaming.sessions.dependencies {
      sessionEdges[dependency.name] = Int32(edges.count)
      add(
        dependency, caller: -1, workload: everySession, callers: 1,
        name: "\(Streaming.everySession) -> \(dependency.name)")
    }
    for dependency in streaming.sessions.dependencies {
      if let edge = sessionEdges[dependency.name] { connectFallback(of: dependency, edge: edge, Array(sessionEdges)) }
    }
    for (number, cdn) in streaming.cdns.enumerated() {
      let callers = (cdn.shield ?? cdn.edge).siteCount
      let origin = Int32(edges.count)
      add(cdn.origin, caller: -1, workload: caller(ofCDN: number), callers: callers, name: "\(cdn.name) -> origin")
      var manifest = origin
      // Where nothing else is said of manifests, they share the origin's breaker and bulkhead.
      if cdn.manifestOrigin.named(cdn.origin.name) != cdn.origin {
        manifest = Int32(edges.count)
        add(
          cdn.manifestOrigin, caller: -1, workload: caller(ofCDN: number), callers: callers,
          name: "\(cdn.name) -> manifest-origin")
      }
      originEdges.append((origin, manifest))
      let named = [(cdn.manifestOrigin.name, manifest), (cdn.origin.name, origin)]
      connectFallback(of: cdn.origin, edge: origin, named)
      connectFallback(of: cdn.manifestOrigin, edge: manifest, named)
    }
    if let live = streaming.catalog.live, let encode = live.encode {
      encodeEdge = Int32(edges.count)
      add(encode, caller: -1, workload: everySession, callers: 1, name: "live -> \(encode.name)")
      if let standby = live.standby {
        let edge = Int32(edges.count)
        standbyEdge = edge
        add(standby, caller: -1, workload: everySession, callers: 1, name: "live -> \(standby.name)")
        let named = [(encode.name, encodeEdge), (standby.name, edge)]
        connectFallback(of: encode, edge: encodeEdge, named)
        connectFallback(of: standby, edge: edge, named)
      }
    }
  }

  private mutating func connectFallback(of dependency: Dependency, edge: Int32, _ named: [(String, Int32)]) {
    guard let called = dependency.fallback?.calls, let target = named.first(where: { $0.0 == called }) else { return }
    edges[Int(edge)].fallbackEdge = target.1
  }

  private mutating func compile(_ workload: Workload, index: Int32) {
    let edge = Int32(edges.count)
    add(
      workload.call, caller: -1, workload: index, callers: 1,
      name: "\(workload.name) -> \(workload.call.target.service)")
    workloads.append(
      CompiledWorkload(
        name: workload.name, edge: edge, devices: workload.devices ?? 0,
        keyHash: DrawKey.hash(of: workload.name), arrivals: workload.arrivals))
  }
}

extension Compiler {
  /// The number under which all sessions are measured; those of the cohorts follow, in their order.
  var everySession: Int32 { Int32(model.workloads.count) }

  /// Where an edge has a workload as its caller, a number beyond them stands for a CDN.
  func caller(ofCDN cdn: Int) -> Int32 {
    everySession + 1 + Int32(model.streaming?.players.count ?? 0) + Int32(cdn)
  }

  /// The number of who calls, by name: a workload, all sessions, or a CDN; -1 where none is called so.
  func caller(named name: String) -> Int32 {
    if let workload = model.workloads.firstIndex(where: { $0.name == name }) { return Int32(workload) }
    guard let streaming = model.streaming else { return -1 }
    if name == Streaming.everySession { return everySession }
    return streaming.cdns.firstIndex { $0.name == name }.map { caller(ofCDN: $0) } ?? -1
  }
}

/// An endpoint: its operations are those from `start` up to `end`.
struct CompiledEndpoint {
  let name: String
  let service: Int32
  let start: Int32
  let end: Int32
}

struct CompiledService {
  let name: String
  let component: Int32
  let firstReplica: Int32
  let replicaCount: Int32
  let threads: Int32
  let isAsync: Bool
  /// Whether the number of replicas that take calls changes by itself, or is set.
  let isScaled: Bool
}

struct CompiledWorkload {
  let name: String
  let edge: Int32
  /// 0 where a request is its own unit of scope.
  let devices: Int
  let keyHash: UInt64
  /// nil where nothing arrives by itself: of a cohort of all sessions.
  let arrivals: Arrivals?
}

extension Retry {
  /// The pauses before the second, third … attempt in nanoseconds, before jitter, and the longest one allowed.
  var pauses: (planned: [Int64], longest: Int64) {
    switch backoff {
    case .constant(let pause):
      return ([Int64](repeating: pause.nanoseconds, count: max(0, attempts - 1)), Edge.noLimit)
    case .exponential(let base, let factor, let max):
      var pause = Double(base.nanoseconds)
      var planned: [Int64] = []
      for _ in 0..<Swift.max(0, attempts - 1) {
        let capped = Swift.min(pause, Double(max.nanoseconds))
        planned.append(Int64(capped.rounded()))
        pause *= factor
      }
      return (planned, max.nanoseconds)
    }
  }
}
