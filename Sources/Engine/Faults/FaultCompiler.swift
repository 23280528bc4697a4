import Model
import Sampling

/// Compiles the scenario's faults and what fails by itself.
struct FaultCompiler {
  let model: SystemModel
  private(set) var instances: [FaultInstance] = []
  private(set) var names: [String] = []
  private(set) var members: [UInt8] = []
  private(set) var places: [FaultPlace] = []
  /// The sides of all partitions; see `PartitionSides`.
  var sides: [UInt8] = []
  /// The instance of each leak.
  private(set) var leaks: [Int32] = []
  private(set) var processes: [FailureProcess] = []
  private(set) var equilibria: [FailureEquilibrium] = []
  private(set) var surges: [SurgeStream] = []
  var settings = CompiledSettings()
  /// The zone of each replica as `region.zone`, empty where it has none.
  let zones: [String]
  let replicaService: [Int32]
  /// `service#index`.
  let replicaNames: [String]

  /// - Parameter includingFailures: whether the scenario's own failures are part of it; those of the model always are.
  init(model: SystemModel, scenario: Scenario?, includingFailures: Bool, compiler: inout Compiler) {
    self.model = model
    let regionOf = Dictionary(
      model.regions.flatMap { region in region.zones.map { ($0, region.name) } },
      uniquingKeysWith: { first, _ in first })
    let slots = compiler.slots
    zones = model.services.flatMap { service in
      (0..<slots[service.name, default: 0]).map { index -> String in
        if service.zones.isEmpty { return "" }
        let zone = service.zones[index % service.zones.count]
        return zone.contains(".") ? zone : "\(regionOf[zone] ?? "").\(zone)"
      }
    }
    replicaService = compiler.replicas.map(\.service)
    replicaNames = model.services.flatMap { service in
      (0..<slots[service.name, default: 0]).map { "\(service.name)#\($0)" }
    }
    for (number, fault) in (scenario?.faults ?? []).enumerated() {
      let first = instances.count
      compile(fault, &compiler)
      for index in first..<instances.count {
        instances[index].fault = Int32(number)
        instances[index].isOfScenario = true
      }
    }
    for (index, service) in model.services.enumerated() {
      for mode in service.failures { compile(mode, of: service, index: Int32(index), &compiler) }
    }
    for failure in model.failures { compile(failure, of: "model", &compiler) }
    let first = instances.count
    for failure in includingFailures ? scenario?.failures ?? [] : [] { compile(failure, of: "scenario", &compiler) }
    for index in first..<instances.count { instances[index].isOfScenario = true }
  }

  private mutating func compile(_ fault: Fault, _ compiler: inout Compiler) {
    let reach = reach(of: fault.targets, scope: fault.scope, salt: fault.salt, compiler)
    var parts = parts(of: fault.effect, name: fault.name, reach, compiler: &compiler)
    if case .set(let set) = fault.effect {
      var part = parts[0]
      self.set(set, &part, reach: reach, occurrences: fault.occurrences.count, &compiler)
      parts = [part]
    }
    for (number, occurrence) in fault.occurrences.enumerated() {
      let name = number == 0 ? fault.name : "\(fault.name) (\(number + 1))"
      let begins = occurrence.start.nanoseconds
      if case .badDeploy(let deploy) = fault.effect {
        let ends = begins.addingReportingOverflow(fault.duration.nanoseconds)
        rollOut(
          deploy, of: fault, over: reach, from: begins, to: ends.overflow ? Edge.noLimit : ends.partialValue,
          named: name, &compiler)
        continue
      }
      if case .surge(let surge) = fault.effect {
        add(surge, of: reach, key: DrawKey.hash(of: name), begins, occurrence.end.nanoseconds, compiler)
      }
      for part in parts {
        var instance = part
        instance.begins = begins
        instance.ends = occurrence.end.nanoseconds
        restrict(&instance, to: fault)
        instance.picked = picked(by: instance, scope: fault.scope)
        append(instance, name: name)
      }
    }
  }

  /// Gives an instance a fault's scope, as far as it picks devices or requests.
  mutating func restrict(_ instance: inout FaultInstance, to fault: Fault) {
    instance.salt = DrawKey.hash(of: fault.salt ?? "")
    switch fault.scope {
    case .everything, .replicas: break
    case .oneDevice: instance.scope = .oneDevice
    case .devices(let part):
      instance.scope = .devices
      instance.scopeThreshold = drawThreshold(part.value)
      instance.part = Ramped(to: part.value, fault.scopeRamp)
    case .requests(let part):
      instance.scope = .requests
      instance.scopeThreshold = drawThreshold(part.value)
      instance.part = Ramped(to: part.value, fault.scopeRamp)
    }
  }

  /// Of workloads, of all sessions, or of those of cohorts, which are a part of all.
  private mutating func add(
    _ surge: SurgeFault, of reach: Reach, key: UInt64, _ begins: Int64, _ ends: Int64, _ compiler: Compiler
  ) {
    let factor = Ramped(to: surge.factor, surge.ramp)
    let highest = factor.highest - 1
    let part = Ramped(start: (factor.start - 1) / highest, end: (factor.end - 1) / highest, over: factor.over)
    for (index, workload) in model.workloads.enumerated() where reach.workloads.contains(workload.name) {
      surges.append(
        SurgeStream(workload: Int32(index), key: key, factor: highest, part: part, begins: begins, ends: ends))
    }
    if reach.workloads.contains(Streaming.everySession) {
      surges.append(
        SurgeStream(
          workload: compiler.everySession, key: key, factor: highest, part: part, begins: begins, ends: ends))
    }
    for cohort in reach.cohorts {
      let share = model.streaming?.players[Int(cohort)].share.value ?? 0
      surges.append(
        SurgeStream(
          workload: compiler.everySession, cohort: cohort, key: key, factor: highest * share, part: part,
          begins: begins, ends: ends))
    }
  }

  /// The instances of an effect on all that it reaches: one for services, one for each CDN, site or cohort.
  private mutating func parts(
    of effect: FaultEffect, name: String, _ reach: Reach, compiler: inout Compiler
  ) -> [FaultInstance] {
    if case .badDeploy = effect { return [] }
    var parts: [FaultInstance] = []
    let whole = instance(of: effect, key: DrawKey.hash(of: name), &compiler)
    if whole.effect == .surge { return [whole] }
    if whole.effect == .set {
      var part = whole
      part.firstMember = addMembers(reach.members)
      return [part]
    }
    if case .partition(let partition) = effect { return [separating(whole, reach, from: partition.from, compiler)] }
    if reach.hasServices {
      var part = whole
      place(&part, at: reach)
      if reach.edges.isEmpty || !reach.members.isEmpty { parts.append(part) }
    }
    for edge in reach.edges {
      var part = whole
      part.effect = .places
      part.edge = edge
      place(&part, at: Reach())
      parts.append(part)
    }
    for site in reach.sites {
      var part = whole
      part.cdn = site.cdn
      part.site = site.site
      part.flushesEdge = site.hasEdge
      part.flushesShield = site.hasShield
      place(&part, at: Reach())
      parts.append(part)
    }
    for cohort in reach.cohorts {
      var part = whole
      part.cohort = cohort
      place(&part, at: Reach())
      parts.append(part)
    }
    return parts
  }

  /// Notes what an instance reaches.
  mutating func place(_ instance: inout FaultInstance, at reach: Reach) {
    instance.firstMember = addMembers(reach.members)
    instance.firstPlace = Int32(places.count)
    if !reach.whole.isEmpty {
      let first = reach.whole == reach.members ? instance.firstMember : addMembers(reach.whole)
      places.append(FaultPlace(firstMember: first))
    }
    for place in reach.places {
      var own = place.place
      own.firstMember = place.members == reach.members ? instance.firstMember : addMembers(place.members)
      places.append(own)
    }
    instance.placeCount = Int32(places.count) - instance.firstPlace
  }

  private mutating func addMembers(_ chosen: Set<Int>) -> Int32 {
    let first = Int32(members.count)
    members += replicaService.indices.map { chosen.contains($0) ? 1 : 0 }
    return first
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
    let residual = residual(mode.name, mode.start, every: mode.every, repair: mode.repair)
    for group in groups {
      let name = "\(group.name) \(mode.name)"
      let first = Int32(instances.count)
      for part in parts(of: mode.effect, name: name, Reach(members: group.members), compiler: &compiler) {
        append(part, name: name)
      }
      processes.append(
        FailureProcess(
          instance: first, instanceCount: Int32(instances.count) - first, key: DrawKey.hash(of: name),
          every: compiler.sampler(mode.every), repair: compiler.sampler(mode.repair), residual: residual))
    }
  }

  /// - Parameter owner: what declares the failure, so that like names in a model and a scenario, and of
  ///   faults, draw apart.
  private mutating func compile(_ failure: CommonFailure, of owner: String, _ compiler: inout Compiler) {
    let first = Int32(instances.count)
    let reach = reach(of: failure.targets, scope: .everything, salt: nil, compiler)
    let name = "\(owner) failure \(failure.name)"
    for part in parts(of: failure.effect, name: name, reach, compiler: &compiler) {
      append(part, name: failure.name)
    }
    processes.append(
      FailureProcess(
        instance: first, instanceCount: Int32(instances.count) - first,
        key: DrawKey.hash(of: name), every: compiler.sampler(failure.every),
        repair: compiler.sampler(failure.repair),
        residual: residual(failure.name, failure.start, every: failure.every, repair: failure.repair)))
  }

  private mutating func residual(
    _ name: String, _ start: FailureMode.Start, every: Distribution, repair: Distribution
  ) -> Int32 {
    guard start == .equilibrium else { return -1 }
    equilibria.append(FailureEquilibrium(name, every: every, repair: repair))
    return Int32(equilibria.count - 1)
  }

  /// The first instance of a fault of the scenario, of those with its scope where some have none; -1 where there is none.
  func first(of name: String, in scenario: Scenario?) -> Int32 {
    guard let number = scenario?.faults.firstIndex(where: { $0.name == name }) else { return -1 }
    let own = instances.indices.filter { instances[$0].fault == Int32(number) }
    return Int32(own.first { instances[$0].scope != .everything } ?? own.first ?? -1)
  }

  /// Adds an instance that has been placed.
  mutating func append(_ instance: FaultInstance, name: String) {
    var own = instance
    if own.picked < 0 { own.picked = picked(by: own) }
    if own.effect == .leak {
      own.leak = Int32(leaks.count)
      leaks.append(Int32(instances.count))
    }
    instances.append(own)
    names.append(name)
  }
}
