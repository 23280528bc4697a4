/// Packets are lost, requests and replies alike, each transmission with this probability.
///
/// What TCP makes of it on an established connection: the k-th retransmission follows the one before it after
/// `rto` x 2^(k-1), at most `longestRTO` (RFC 6298, section 5).
public struct LossFault: Hashable, Sendable {
  /// Above 0; at 1 nothing arrives until the fault ends.
  public let probability: Probability
  /// How the probability moves until then; nil where it does not.
  public let ramp: MagnitudeRamp?
  /// The time until the first retransmission.
  public let rto: SimulationDuration

  /// The least retransmission timeout of Linux, TCP_RTO_MIN.
  public static let standardRTO = SimulationDuration.milliseconds(200)
  /// The longest retransmission timeout of Linux, TCP_RTO_MAX.
  public static let longestRTO = SimulationDuration.seconds(120)

  public init(probability: Probability, rto: SimulationDuration = LossFault.standardRTO, ramp: MagnitudeRamp? = nil) {
    self.probability = probability
    self.ramp = ramp
    self.rto = rto
  }
}
