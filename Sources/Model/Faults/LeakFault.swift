import Sampling

/// A resource of each replica is eaten up until the replica crashes, restarts and leaks anew.
public struct LeakFault: Hashable, Sendable {
  public enum Resource: String, Hashable, Sendable, CaseIterable {
    /// Without effect until it is full.
    case memory
    /// Taken from the pool one after the other, evenly over the time that it takes to fill.
    case threads
  }
  public let resource: Resource
  /// Seconds from none to all, drawn for each replica and each of its lives.
  public let fills: Distribution
  /// Seconds from the crash until the replica is up again.
  public let restart: Distribution
  public init(resource: Resource, fills: Distribution, restart: Distribution) {
    self.resource = resource
    self.fills = fills
    self.restart = restart
  }
}
