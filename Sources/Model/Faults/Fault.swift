/// A fault that is injected at a stated time.
public struct Fault: Hashable, Sendable {
  public let name: String
  /// From 0, warm-up included.
  public let at: SimulationDuration
  /// Of a flush, which is over at once: how long the time after it counts as that of the fault; may be zero.
  public private(set) var duration: SimulationDuration
  public private(set) var effect: FaultEffect
  /// At least one. Together they are one target: what lies in several of them is struck once.
  public let targets: [FaultTarget]
  public private(set) var scope: FaultScope
  /// How the part of the devices or requests moves until it is `scope`; nil where it does not.
  public private(set) var scopeRamp: MagnitudeRamp?
  /// Faults with the same salt hit the same devices; nil is the salt all others share.
  public let salt: String?
  /// nil where it comes once.
  public let repetition: Repetition?

  /// - Precondition: there is a target.
  public init(
    name: String, at: SimulationDuration, duration: SimulationDuration, effect: FaultEffect,
    targets: [FaultTarget], scope: FaultScope, scopeRamp: MagnitudeRamp? = nil, salt: String?,
    repetition: Repetition? = nil
  ) {
    precondition(!targets.isEmpty, "a fault has a target")
    self.name = name
    self.at = at
    self.duration = duration
    self.effect = effect
    self.targets = targets
    self.scope = scope
    self.scopeRamp = scopeRamp
    self.salt = salt
    self.repetition = repetition
  }

  /// The same fault with another scope, from its beginning on.
  public func reaching(_ scope: FaultScope) -> Fault { changing(scope: scope) }

  /// The same fault for another time, with another effect, or reaching another part of its target from its beginning on.
  public func changing(
    duration: SimulationDuration? = nil, effect: FaultEffect? = nil, scope: FaultScope? = nil
  ) -> Fault {
    var fault = self
    if let duration { fault.duration = duration }
    if let effect { fault.effect = effect }
    if let scope {
      fault.scope = scope
      fault.scopeRamp = nil
    }
    return fault
  }

  /// A fault with a single target.
  public init(
    name: String, at: SimulationDuration, duration: SimulationDuration, effect: FaultEffect,
    target: FaultTarget, scope: FaultScope, salt: String?
  ) {
    self.init(name: name, at: at, duration: duration, effect: effect, targets: [target], scope: scope, salt: salt)
  }

  /// The first of its targets.
  public var target: FaultTarget { targets[0] }
}

/// Where a fault strikes.
public enum FaultTarget: Hashable, Sendable {
  case service(String)
  case endpoint(EndpointPath)
  /// The calls of one service (or workload) to another.
  case edge(from: String, to: String)
  /// The calls of a service, sessions or a CDN along one of its dependencies, where others call the same service.
  case dependency(of: String, name: String)
  /// One replica, from 0.
  case replica(service: String, index: Int)
  /// Every replica in a zone, of all services.
  case zone(region: String?, name: String)
  case region(String)
  /// The replicas of one service in a zone.
  case serviceInZone(service: String, region: String?, zone: String)
  /// The threads of a service's replicas.
  case pool(String)
  /// The bulkhead of a service's dependency.
  case bulkhead(service: String, dependency: String)
  /// A workload, or all sessions by the name `Streaming.everySession`.
  case workload(String)
  /// All sites of a CDN: what players ask of them.
  case cdn(String)
  /// One edge site of a CDN, from 0.
  case site(cdn: String, index: Int)
  /// The sites of one tier of a CDN.
  case tier(cdn: String, CDN.Tier)
  /// What the players of a cohort ask, and their networks.
  case cohort(String)
}

/// How much of the target a fault reaches.
public enum FaultScope: Hashable, Sendable {
  case everything
  /// The calls made for one device.
  case oneDevice
  /// The calls made for this part of the devices.
  case devices(Probability)
  /// This part of the logical requests.
  case requests(Probability)
  /// The first n replicas of the target, in an order that the salt gives.
  case replicas(Int)
}
