/// Viewers press play.
public struct Sessions: Hashable, Sendable {
  /// Not closed: a session is not asked for by one that has ended.
  public private(set) var arrivals: Arrivals
  /// What pressing play does, in order; a segment is fetched in it.
  public let start: [StartStep]
  /// The calls of the control plane, by the names that `start` uses, with the policies around each.
  public private(set) var dependencies: [Dependency]

  public init(arrivals: Arrivals, start: [StartStep], dependencies: [Dependency] = []) {
    self.arrivals = arrivals
    self.start = start
    self.dependencies = dependencies.sorted { $0.name < $1.name }
  }

  /// The same sessions, arriving in another way or calling with other policies.
  public func changing(
    arrivals: (Arrivals) -> Arrivals = { $0 }, dependency: (Dependency) -> Dependency = { $0 }
  ) -> Sessions {
    var sessions = self
    sessions.arrivals = arrivals(self.arrivals)
    sessions.dependencies = dependencies.map(dependency)
    return sessions
  }
}

/// A step of a start: what is done at once, all of which has to succeed.
public struct StartStep: Hashable, Sendable {
  public enum Action: Hashable, Sendable {
    /// A call of the dependency of this name.
    case call(String)
    /// The manifest, from the CDN.
    case manifest
    /// The first segment, from the CDN: further ones follow once the start is complete.
    case segment
  }
  /// At least one; `manifest` and `segment` at most once in all steps.
  public let actions: [Action]
  public init(_ actions: [Action]) { self.actions = actions }
}
