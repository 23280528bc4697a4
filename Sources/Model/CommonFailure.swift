import Sampling

/// A cause that takes out all of its targets together, again and again: one renewal process of time to failure and time
/// to repair.
public struct CommonFailure: Hashable, Sendable {
  public let name: String
  /// At least one.
  public let targets: [FaultTarget]
  /// Time from the end of a repair to the next failure, in seconds.
  public let every: Distribution
  /// Time from a failure to the end of its repair, in seconds.
  public let repair: Distribution
  public let start: FailureMode.Start
  /// What the targets do while it lasts.
  public let effect: FaultEffect

  public init(
    name: String, targets: [FaultTarget], every: Distribution, repair: Distribution, start: FailureMode.Start,
    effect: FaultEffect
  ) {
    self.name = name
    self.targets = targets
    self.every = every
    self.repair = repair
    self.start = start
    self.effect = effect
  }
}
