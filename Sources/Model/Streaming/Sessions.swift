/// Viewers press play.
public struct Sessions: Hashable, Sendable {
  /// Not closed: a session is not asked for by one that has ended.
  public let arrivals: Arrivals
  /// What pressing play does, in order; a segment is fetched in it.
  public let start: [StartStep]
  /// The calls of the control plane, by the names that `start` uses, with the policies around each.
  public let dependencies: [Dependency]
  /// What players ask for when a play is over.
  public let after: CallsAfterPlay?

  public init(arrivals: Arrivals, start: [StartStep], dependencies: [Dependency] = [], after: CallsAfterPlay? = nil) {
    self.arrivals = arrivals
    self.start = start
    self.dependencies = dependencies.sorted { $0.name < $1.name }
    self.after = after
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

/// What a player asks for when its play is over, however that ended, as an app that goes back to its home page. Nobody
/// waits for the answers.
public struct CallsAfterPlay: Hashable, Sendable {
  /// Names of the sessions' dependencies; at least one, all called at once.
  public let calls: [String]
  /// How likely a play is followed by them.
  public let probability: Probability
  public init(calls: [String], probability: Probability) {
    self.calls = calls
    self.probability = probability
  }
}
