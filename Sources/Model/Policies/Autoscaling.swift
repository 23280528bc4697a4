import Sampling

/// A horizontal autoscaler, as the Kubernetes HorizontalPodAutoscaler with its default behaviour.
///
/// The algorithm is that of `kubernetes/pkg/controller/podautoscaler` (version autoscaling/v2): every `interval` it
/// asks for ceil(replicas x use / target), unless the ratio is within `tolerance` of 1. It goes down to the largest of
/// what it asked for within `stabilisation`, at once; it goes up by at most the larger of 100% and 4 replicas an interval.
public struct Autoscaling: Hashable, Sendable {
  /// What is measured, on average over the ready replicas and since the evaluation before.
  public enum Signal: String, Hashable, Sendable, CaseIterable {
    /// Cores at work / cores.
    case cpu
    /// Threads in use, waiting for callees included / threads.
    case threads
  }
  public let signal: Signal
  /// The use it aims at, above 0.
  public let target: Probability
  /// At least 1, and at most `maximum`.
  public let minimum: Int
  /// The engine has so many replicas, most of them out at first.
  public let maximum: Int
  public let interval: SimulationDuration
  public let tolerance: Probability
  /// How long a wish for more replicas keeps them from being taken away.
  public let stabilisation: SimulationDuration
  /// Seconds from the decision until a new replica takes calls, one draw each time.
  public let boot: Distribution

  public init(
    signal: Signal, target: Probability, minimum: Int, maximum: Int, interval: SimulationDuration = .seconds(15),
    tolerance: Probability = Probability(0.1), stabilisation: SimulationDuration = .seconds(300), boot: Distribution
  ) {
    self.signal = signal
    self.target = target
    self.minimum = minimum
    self.maximum = maximum
    self.interval = interval
    self.tolerance = tolerance
    self.stabilisation = stabilisation
    self.boot = boot
  }
}
