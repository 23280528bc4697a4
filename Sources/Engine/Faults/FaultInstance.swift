import Model
import Sampling

/// A fault that can be active: one of the scenario's, or a component's failure mode.
struct FaultInstance: BitwiseCopyable {
  enum Effect: UInt8 {
    case unavailable, hang, error, latency, slow, crash, capacityThreads, capacityReplicas, surge,
      pause, flushCache, bandwidth, loss
  }
  enum Scope: UInt8 { case everything, oneDevice, devices, requests }

  var effect: Effect
  var scope: Scope
  /// Devices or requests whose uniform is below this are hit.
  var scopeThreshold: UInt64
  /// What the scope's uniforms are keyed by.
  var salt: UInt64
  /// The key of the draws that the fault makes for each attempt.
  var key: UInt64
  /// Nanoseconds; for a failure mode both are `Edge.noLimit`.
  var begins: Int64
  var ends: Int64

  // What it strikes: the calls along an edge, the calls to an endpoint, or those to replicas; see `isEdge`.
  var isEdge: Bool
  var callerService: Int32
  var callerWorkload: Int32
  var service: Int32
  var endpoint: Int32
  /// Where its replica membership begins, one byte a replica of the system.
  var firstMember: Int32
  /// Who is blamed: a service, or -1 where the edge of the call is.
  var component: Int32

  // Settings of the effect.
  var errorThreshold: UInt64
  var latencySampler: Int32
  var factor: Double
  /// Threads taken: a count where `takenIsCount`, else a fraction.
  var taken: Double
  var takenIsCount: Bool
  /// The CDN, and the one edge site of it (-1: all), whose answers to players it changes; -1 where it is elsewhere.
  var cdn: Int32 = -1
  var site: Int32 = -1
  /// The cohort whose players it strikes; -1 where it is elsewhere. What they call of services it strikes along the edges.
  var cohort: Int32 = -1
  /// Of a flush of a CDN: which tiers.
  var flushesEdge = false
  var flushesShield = false
  /// The most that a network or a site carries, in bits per second; `factor` is the part of it that is left.
  var limit = Int64.max
  /// The part of what is sent that is lost.
  var loss = 0.0
  /// The HTTP status of errors to players.
  var status: Int32 = 503

  /// Whether it changes what becomes of players' requests to CDNs, or how fast they are answered.
  var concernsSessions: Bool {
    switch effect {
    case .unavailable, .hang, .error, .latency, .bandwidth, .loss: cdn >= 0 || cohort >= 0
    case .slow, .crash, .capacityThreads, .capacityReplicas, .surge, .pause, .flushCache: false
    }
  }

  /// Whether it leaves requests without an answer.
  var isSilent: Bool { effect == .hang || effect == .loss && loss == 1 }

  /// Whether it acts on calls, not on replicas, workloads or what CDNs answer players.
  var actsOnCalls: Bool {
    switch effect {
    case .unavailable, .hang, .error, .latency: cdn < 0
    case .flushCache, .bandwidth, .loss: false
    case .slow, .crash, .capacityThreads, .capacityReplicas, .surge, .pause: false
    }
  }
}

/// A renewal process that switches a fault instance on and off.
struct FailureProcess: BitwiseCopyable {
  var instance: Int32
  /// The key below the replication's, from the names of component and mode.
  var key: UInt64
  var every: Int32
  var repair: Int32
  /// Which equilibrium residuals to start from; -1 to start up and new.
  var residual: Int32
}

/// The laws by which a failure process starts as if it had run for ever.
struct FailureEquilibrium: Sendable {
  let up: EquilibriumResidual
  /// nil where repairs take no time, and so no process is found in one.
  let down: EquilibriumResidual?
  /// Mean time to failure / (mean time to failure + mean time to repair).
  let availability: Double

  /// - Precondition: both means are finite; `ModelFile` sees to that.
  init(of mode: FailureMode) {
    do {
      up = try EquilibriumResidual(mode.every)
      down = mode.repair.mean > 0 ? try EquilibriumResidual(mode.repair) : nil
    } catch {
      preconditionFailure("failure mode \(mode.name) has no equilibrium: \(error)")
    }
    availability = mode.every.mean / (mode.every.mean + mode.repair.mean)
  }
}

/// Compiles the scenario's faults and the services' failure modes.
struct FaultCompiler {
  private let model: SystemModel
  private(set) var instances: [FaultInstance] = []
  private(set) var names: [String] = []
  private(set) var members: [UInt8] = []
  private(set) var processes: [FailureProcess] = []
  private(set) var equilibria: [FailureEquilibrium] = []
  private(set) var surges: [SurgeStream] = []
  /// The zone of each replica as `region.zone`, empty where it has none.
  private let zones: [String]
  private let replicaService: [Int32]
  /// `service#index`.
  private let replicaNames: [String]

  init(model: SystemModel, scenario: Scenario?, compiler: inout Compiler) {
    self.model = model
    let regionOf = Dictionary(
      model.regions.flatMap { region in region.zones.map { ($0, region.name) } },
      uniquingKeysWith: { first, _ in first })
    zones = model.services.flatMap { service in
      (0..<service.mostReplicas).map { index -> String in
        if service.zones.isEmpty { return "" }
        let zone = service.zones[index % service.zones.count]
        return zone.contains(".") ? zone : "\(regionOf[zone] ?? "").\(zone)"
      }
    }
    replicaService = compiler.replicas.map(\.service)
    replicaNames = model.services.flatMap { service in (0..<service.mostReplicas).map { "\(service.name)#\($0)" } }
    for fault in scenario?.faults ?? [] { compile(fault, &compiler) }
    for (index, service) in model.services.enumerated() {
      for mode in service.failures { compile(mode, of: service, index: Int32(index), &compiler) }
    }
  }

  private mutating func compile(_ fault: Fault, _ compiler: inout Compiler) {
    var instance = blank(fault.effect, key: DrawKey.hash(of: fault.name), &compiler)
    instance.begins = fault.at.nanoseconds
    let (end, isBeyond) = fault.at.nanoseconds.addingReportingOverflow(fault.duration.nanoseconds)
    instance.ends = isBeyond ? Edge.noLimit : end
    instance.salt = DrawKey.hash(of: fault.salt ?? "")
    let all = replicaService.indices
    var members: Set<Int> = []
    switch fault.target {
    case .service(let name):
      instance.service = compiler.service(named: name)
      members = Set(all.filter { replicaService[$0] == instance.service })
    case .endpoint(let path):
      instance.service = compiler.service(named: path.service)
      instance.endpoint = compiler.endpoint(path)
      members = Set(all.filter { replicaService[$0] == instance.service })
    case .edge(let from, let to):
      instance.isEdge = true
      instance.callerWorkload = compiler.caller(named: from)
      instance.callerService = Int32(model.services.firstIndex { $0.name == from } ?? -1)
      instance.service = compiler.service(named: to)
    case .replica(let name, let index):
      let service = compiler.service(named: name)
      let first = replicaService.firstIndex(of: service) ?? 0
      members = [first + index]
    case .zone(let region, let name):
      members = Set(
        all.filter { region.map { "\($0).\(name)" } == zones[$0] || (region == nil && zones[$0].hasSuffix(".\(name)")) }
      )
    case .region(let name):
      members = Set(all.filter { zones[$0].hasPrefix("\(name).") })
    case .cdn(let name):
      instance.cdn = cdn(named: name)
      instance.flushesEdge = true
      instance.flushesShield = true
    case .tier(let name, let tier):
      instance.cdn = cdn(named: name)
      instance.flushesEdge = tier == .edge
      instance.flushesShield = tier == .shield
    case .cohort(let name):
      instance.isEdge = true
      instance.cohort = Int32(model.streaming?.players.firstIndex { $0.name == name } ?? -1)
      if case .surge(let surge) = fault.effect { addSurge(surge, instance, compiler) }
    case .site(let name, let index):
      instance.cdn = cdn(named: name)
      instance.site = compiler.firstNode(ofCDN: Int(instance.cdn)) + Int32(index)
      instance.flushesEdge = true
    case .workload(let name):
      if case .surge(let surge) = fault.effect, name == Streaming.everySession {
        addSurge(surge, instance, compiler)
      } else if case .surge(let surge) = fault.effect,
        let workload = model.workloads.firstIndex(where: { $0.name == name })
      {
        surges.append(
          SurgeStream(
            workload: Int32(workload), key: instance.key, factor: surge.factor - 1,
            begins: instance.begins, ends: instance.ends))
      }
    }
    switch fault.scope {
    case .everything: break
    case .oneDevice: instance.scope = .oneDevice
    case .devices(let part):
      instance.scope = .devices
      instance.scopeThreshold = drawThreshold(part.value)
    case .requests(let part):
      instance.scope = .requests
      instance.scopeThreshold = drawThreshold(part.value)
    case .replicas(let count):
      let order = replicaNames.map { DrawKey(bits: instance.salt).child(named: $0).bits }
      members = Set(members.sorted { (order[$0], $0) < (order[$1], $1) }.prefix(count))
    }
    add(instance, name: fault.name, members: members)
  }

  /// Of all sessions, or of those of the instance's cohort, which are a part of all.
  private mutating func addSurge(_ surge: SurgeFault, _ instance: FaultInstance, _ compiler: Compiler) {
    let share = instance.cohort < 0 ? 1 : model.streaming?.players[Int(instance.cohort)].share.value ?? 0
    surges.append(
      SurgeStream(
        workload: compiler.everySession, cohort: instance.cohort, key: instance.key, factor: (surge.factor - 1) * share,
        begins: instance.begins, ends: instance.ends))
  }

  private func cdn(named name: String) -> Int32 {
    guard let cdn = model.streaming?.cdns.firstIndex(where: { $0.name == name }) else {
      preconditionFailure("unknown CDN \(name)")
    }
    return Int32(cdn)
  }

  private mutating func compile(
    _ mode: FailureMode, of service: Service, index: Int32, _ compiler: inout Compiler
  ) {
    let replicas = replicaService.indices.filter { replicaService[$0] == index }
    guard let first = replicas.first else { return }
    let groups: [(name: String, members: Set<Int>)] =
      switch mode.each {
      case .replica: replicas.map { ("\(service.name)#\($0 - first)", [$0]) }
      case .service: [(service.name, Set(replicas))]
      case .zone:
        Set(replicas.map { zones[$0] }).sorted().map { zone in
          ("\(service.name) in \(zone)", Set(replicas.filter { zones[$0] == zone }))
        }
      }
    var residual: Int32 = -1
    if mode.start == .equilibrium {
      residual = Int32(equilibria.count)
      equilibria.append(FailureEquilibrium(of: mode))
    }
    for group in groups {
      let key = DrawKey.hash(of: "\(group.name) \(mode.name)")
      var instance = blank(mode.effect, key: key, &compiler)
      instance.component = index
      processes.append(
        FailureProcess(
          instance: Int32(instances.count), key: key, every: compiler.sampler(mode.every),
          repair: compiler.sampler(mode.repair), residual: residual))
      add(instance, name: "\(group.name) \(mode.name)", members: group.members)
    }
  }

  private mutating func add(_ instance: FaultInstance, name: String, members chosen: Set<Int>) {
    var placed = instance
    placed.firstMember = Int32(members.count)
    members += replicaService.indices.map { chosen.contains($0) ? 1 : 0 }
    instances.append(placed)
    names.append(name)
  }

  private func blank(_ effect: FaultEffect, key: UInt64, _ compiler: inout Compiler)
    -> FaultInstance
  {
    var instance = FaultInstance(
      effect: .unavailable, scope: .everything, scopeThreshold: .max, salt: DrawKey.hash(of: ""),
      key: key, begins: Edge.noLimit, ends: Edge.noLimit, isEdge: false, callerService: -1,
      callerWorkload: -1, service: -1, endpoint: -1, firstMember: 0, component: -1,
      errorThreshold: .max, latencySampler: -1, factor: 1, taken: 0, takenIsCount: false)
    switch effect {
    case .unavailable: instance.effect = .unavailable
    case .hang: instance.effect = .hang
    case .error(let error):
      instance.effect = .error
      instance.errorThreshold = drawThreshold(error.probability.value)
      instance.status = Int32(error.status)
    case .latency(let latency):
      instance.effect = .latency
      instance.factor = latency.factor
      if let added = latency.add { instance.latencySampler = compiler.sampler(added) }
    case .slow(let slow):
      instance.effect = .slow
      instance.factor = slow.speed
    case .crash: instance.effect = .crash
    case .capacity(let capacity):
      instance.effect = capacity.resource == .threads ? .capacityThreads : .capacityReplicas
      switch capacity.taken {
      case .fraction(let part): instance.taken = part.value
      case .count(let count):
        instance.taken = Double(count)
        instance.takenIsCount = true
      }
    case .surge(let surge):
      instance.effect = .surge
      instance.factor = surge.factor
    case .pause: instance.effect = .pause
    case .flushCache: instance.effect = .flushCache
    case .bandwidth(let bandwidth):
      instance.effect = .bandwidth
      switch bandwidth.left {
      case .to(let limit): instance.limit = limit.bitsPerSecond
      case .factor(let part): instance.factor = part.value
      }
    case .loss(let loss):
      instance.effect = .loss
      instance.loss = loss.probability.value
    }
    return instance
  }
}

/// The arrivals that a surge adds to a workload, with keys of their own.
struct SurgeStream: BitwiseCopyable {
  var workload: Int32
  /// The cohort of its sessions; -1: each of one that is drawn, or no sessions.
  var cohort: Int32 = -1
  var key: UInt64
  /// Times the workload's own rate; above 0.
  var factor: Double
  /// Nanoseconds.
  var begins: Int64
  var ends: Int64
}
