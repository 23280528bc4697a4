/// Values of the model are others while the fault lasts, as if an operator had changed them.
public struct SetFault: Hashable, Sendable {
  /// The path of what is set, and the value, as they are written.
  public let path: String
  public let text: String
  /// What is set, in a fixed order; at least one.
  public let settings: [Setting]
  /// The whole model with the value in place: of it counts what `settings` name, and nothing else.
  public let changed: SystemModel
  /// Where the value starts, where it moves; nil where it does not.
  public let ramp: Ramp?

  public struct Ramp: Hashable, Sendable {
    /// The whole model with the value at the beginning.
    public let start: SystemModel
    /// Above zero.
    public let over: SimulationDuration
    public init(start: SystemModel, over: SimulationDuration) {
      self.start = start
      self.over = over
    }
  }

  /// - Precondition: something is set, and what moves is a number.
  public init(path: String, text: String, settings: [Setting], changed: SystemModel, ramp: Ramp? = nil) {
    precondition(!settings.isEmpty, "`\(path)` sets something")
    precondition(ramp == nil || settings.allSatisfy(\.isNumber), "`\(path)` moves, and is no number")
    self.path = path
    self.text = text
    self.settings = settings
    self.changed = changed
    self.ramp = ramp
  }
}

/// A value of the model that can be changed at run time.
public enum Setting: Hashable, Sendable {
  case service(String, ServiceSetting)
  /// A step of an endpoint, by its number from 0.
  case step(EndpointPath, Int, StepSetting)
  case call(CallPlace, CallSetting)
  /// The arrivals of a workload, or of all sessions by the name `Streaming.everySession`.
  case arrivals(String)

  /// Whether it can move from one number to another.
  public var isNumber: Bool {
    switch self {
    case .service(_, let setting): setting.isNumber
    case .step(_, _, let setting): setting == .probability
    case .call(_, let setting): setting == .timeout || setting == .deadline
    case .arrivals: false
    }
  }
}

public enum ServiceSetting: String, Hashable, Sendable, CaseIterable {
  case threads, queue, cores, replicas, balancing, cancellation, autoscaling

  public var isNumber: Bool {
    switch self {
    case .threads, .queue, .cores, .replicas: true
    case .balancing, .cancellation, .autoscaling: false
    }
  }

  /// Whether each replica has its own, so that some of them can be set.
  public var isOfReplicas: Bool {
    switch self {
    case .threads, .queue, .cores: true
    case .replicas, .balancing, .cancellation, .autoscaling: false
    }
  }
}

public enum StepSetting: String, Hashable, Sendable, CaseIterable {
  case work, probability
}

/// What can be set of a call; a policy is set as a whole.
public enum CallSetting: String, Hashable, Sendable, CaseIterable {
  case timeout, deadline, retry, breaker, bulkhead, fallback
}

/// Where a call is declared.
public enum CallPlace: Hashable, Sendable {
  case service(String, dependency: String)
  case workload(String)
  case sessions(dependency: String)
  case origin(cdn: String)
  case manifestOrigin(cdn: String)
  case encode
  case standby
}

extension SystemModel {
  public func service(named name: String) -> Service? { services.first { $0.name == name } }

  public func workload(named name: String) -> Workload? { workloads.first { $0.name == name } }

  /// When requests of a workload, or sessions, arrive.
  public func arrivals(of name: String) -> Arrivals? {
    name == Streaming.everySession ? streaming?.sessions.arrivals : workload(named: name)?.arrivals
  }

  /// The step of an endpoint with this number, from 0.
  public func step(_ number: Int, of path: EndpointPath) -> Step? {
    let steps = service(named: path.service)?.endpoints.first { $0.name == path.endpoint }?.steps ?? []
    return steps.indices.contains(number) ? steps[number] : nil
  }

  /// The call that is declared at a place.
  public func call(at place: CallPlace) -> Dependency? {
    func cdn(_ name: String) -> CDN? { streaming?.cdns.first { $0.name == name } }
    switch place {
    case .service(let name, let dependency):
      return service(named: name)?.dependencies.first { $0.name == dependency }
    case .workload(let name): return workload(named: name)?.call
    case .sessions(let name): return streaming?.sessions.dependencies.first { $0.name == name }
    case .origin(let name): return cdn(name)?.origin
    case .manifestOrigin(let name): return cdn(name)?.manifestOrigin
    case .encode: return streaming?.catalog.live?.encode
    case .standby: return streaming?.catalog.live?.standby
    }
  }
}
