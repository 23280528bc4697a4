/// Messages are lost on the way, each with this probability, and sent again after `rto` each time.
public struct LossFault: Hashable, Sendable {
  public let probability: Probability
  /// The retransmission timeout: how long the sender waits before it sends again.
  public let rto: SimulationDuration
  public init(probability: Probability, rto: SimulationDuration) {
    self.probability = probability
    self.rto = rto
  }
}
