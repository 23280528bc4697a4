import Model
import Sampling

extension FaultCompiler {
  /// Compiles what a fault sets, and notes where that stands.
  ///
  /// - Parameter occurrences: how often it comes.
  mutating func set(
    _ fault: SetFault, _ instance: inout FaultInstance, reach: Reach, occurrences: Int, _ compiler: inout Compiler
  ) {
    instance.firstChange = Int32(settings.changes.count)
    for setting in fault.settings {
      switch setting {
      case .service(let name, let setting): change(setting, of: name, by: fault, reach, &compiler)
      case .step(let path, let number, let setting): change(setting, of: path, number, by: fault, &compiler)
      case .call(let place, let setting): change(setting, of: place, by: fault, &compiler)
      case .arrivals(let name): changeArrivals(of: name, by: fault, occurrences: occurrences, &compiler)
      }
    }
    instance.changeCount = Int32(settings.changes.count) - instance.firstChange
    if let ramp = fault.ramp {
      instance.magnitude = Ramped(start: 0, end: 1, over: ramp.over.nanoseconds)
    }
  }

  private mutating func change(
    _ setting: ServiceSetting, of name: String, by fault: SetFault, _ reach: Reach, _ compiler: inout Compiler
  ) {
    guard let new = fault.changed.service(named: name) else { return }
    let old = fault.ramp?.start.service(named: name)
    let service = compiler.service(named: name)
    func add(_ field: SettingChange.Field, _ value: (Service) -> Int) {
      settings.changes.append(
        SettingChange(field, of: service, from: old.map { Int64(value($0)) }, to: Int64(value(new))))
    }
    func addToReplicas(_ field: SettingChange.Field, _ value: (Service) -> Int32) {
      for replica in reach.members.sorted() where replicaService[replica] == service {
        settings.changes.append(
          SettingChange(field, of: Int32(replica), from: old.map { Int64(value($0)) }, to: Int64(value(new))))
      }
    }
    switch setting {
    case .threads: addToReplicas(.threads) { Int32(clamping: $0.pool.threads) }
    case .queue: addToReplicas(.queue) { $0.pool.queue.count }
    case .cores: addToReplicas(.cores) { Int32($0.cores ?? 0) }
    case .replicas: add(.replicas) { $0.replicas }
    case .balancing:
      add(.balancing) { Int($0.balancing.code) }
      if new.balancing == .leastRequest { compiler.countOutstanding(atService: service) }
    case .cancellation: add(.cancellation) { $0.cancellation == .propagate ? 1 : 0 }
    case .autoscaling:
      let scaled = model.services.indices.filter { model.services[$0].autoscaling != nil }
      guard let scaler = scaled.firstIndex(of: Int(service)), let autoscaling = new.autoscaling else { return }
      settings.changes.append(SettingChange(.scaler, of: Int32(scaler), to: Int64(settings.scalers.count)))
      // The ring of wishes stays as it is.
      settings.scalers.append(
        autoscaling.compiled(
          of: new, index: service, boot: compiler.sampler(autoscaling.boot), firstWish: 0))
    }
  }

  private mutating func change(
    _ setting: StepSetting, of path: EndpointPath, _ number: Int, by fault: SetFault, _ compiler: inout Compiler
  ) {
    guard let new = fault.changed.step(number, of: path) else { return }
    let operation = compiler.endpoints[Int(compiler.endpoint(path))].start + Int32(number)
    switch setting {
    case .work:
      guard case .work(let distribution) = new.action else { return }
      settings.changes.append(
        SettingChange(.work, of: operation, to: Int64(compiler.sampler(distribution))))
    case .probability:
      func bits(_ step: Step) -> Int64 { Int64(bitPattern: step.probability.value.bitPattern) }
      settings.changes.append(
        SettingChange(
          .probability, of: operation, from: (fault.ramp?.start.step(number, of: path)).map(bits), to: bits(new)))
    }
  }

  private mutating func change(
    _ setting: CallSetting, of place: CallPlace, by fault: SetFault, _ compiler: inout Compiler
  ) {
    guard let new = fault.changed.call(at: place), let edge = compiler.edge(at: place) else { return }
    let old = fault.ramp?.start.call(at: place)
    func time(_ duration: SimulationDuration?) -> Int64 { duration?.nanoseconds ?? Edge.noLimit }
    func add(_ field: SettingChange.Field, _ value: (Dependency) -> Int64) {
      settings.changes.append(SettingChange(field, of: edge, from: old.map(value), to: value(new)))
    }
    switch setting {
    case .timeout: return add(.timeout) { time($0.timeout) }
    case .deadline: return add(.deadline) { time($0.deadline) }
    case .retry, .breaker, .bulkhead, .fallback: break
    }
    let other = Int64(settings.edges.count)
    settings.edges.append(compiler.edge(edge, governedBy: new, at: place))
    switch setting {
    case .timeout, .deadline: break
    case .retry: add(.retry) { _ in other }
    case .breaker: add(.breaker) { _ in other }
    case .bulkhead: add(.bulkhead) { _ in other }
    case .fallback: add(.fallback) { _ in other }
    }
  }

  private mutating func changeArrivals(
    of name: String, by fault: SetFault, occurrences: Int, _ compiler: inout Compiler
  ) {
    guard let arrivals = fault.changed.arrivals(of: name) else { return }
    let workload = compiler.caller(named: name)
    let law: ArrivalLaw
    switch arrivals {
    case .poisson(let rate): law = .poisson(rate, &compiler)
    case .constant(let rate): law = .constant(rate)
    case .renewal(let gap): law = .renewal(gap, &compiler)
    case .diurnal, .piecewise, .ramp, .replay, .closed:
      preconditionFailure("the arrivals of \(name) have no rate that could be set")
    }
    settings.changes.append(SettingChange(.arrivals, of: workload, to: Int64(settings.laws.count)))
    settings.laws.append(law)
    if let known = settings.arrivalChanges.firstIndex(where: { $0.workload == workload }) {
      settings.arrivalChanges[known].count += 2 * occurrences
    } else {
      settings.arrivalChanges.append((workload, 2 * occurrences))
    }
  }
}

extension ArrivalLaw {
  /// - Parameter factor: how many times as often.
  static func poisson(_ rate: Rate, factor: Double = 1, _ compiler: inout Compiler) -> ArrivalLaw {
    ArrivalLaw(
      kind: .poisson, rate: 0, sampler: compiler.exponential(mean: min(1 / (rate.perSecond * factor), 1e18)))
  }

  static func constant(_ rate: Rate, factor: Double = 1) -> ArrivalLaw {
    ArrivalLaw(kind: .constant, rate: rate.perSecond * factor, sampler: -1)
  }

  static func renewal(_ gap: Distribution, factor: Double = 1, _ compiler: inout Compiler) -> ArrivalLaw {
    ArrivalLaw(kind: .renewal, rate: factor, sampler: compiler.sampler(gap))
  }
}
