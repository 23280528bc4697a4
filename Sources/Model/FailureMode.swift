import Sampling

/// A way in which a component fails, again and again: a renewal process of time to failure and time to repair.
public struct FailureMode: Hashable, Sendable {
  /// What fails together.
  public enum Unit: String, Hashable, Sendable, CaseIterable {
    case replica, zone, service
  }
  /// The state at time 0.
  public enum Start: String, Hashable, Sendable, CaseIterable {
    /// As if it had run for ever: up or down by its availability, with the residual life that goes with it.
    case equilibrium
    /// Up and new.
    case new
  }

  public let name: String
  /// Time from the end of a repair to the next failure, in seconds.
  public let every: Distribution
  /// Time from a failure to the end of its repair, in seconds.
  public let repair: Distribution
  public let each: Unit
  public let start: Start
  /// What it does while it has failed.
  public let effect: FaultEffect

  public init(
    name: String, every: Distribution, repair: Distribution, each: Unit, start: Start,
    effect: FaultEffect
  ) {
    self.name = name
    self.every = every
    self.repair = repair
    self.each = each
    self.start = start
    self.effect = effect
  }
}
