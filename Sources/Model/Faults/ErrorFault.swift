/// Calls are answered at once with an error, each with this probability, drawn by its key.
public struct ErrorFault: Hashable, Sendable {
  public let probability: Probability
  /// How the probability moves until then; nil where it does not.
  public let ramp: MagnitudeRamp?
  /// The HTTP status with which a CDN answers players, from 400 to 599; without effect on services.
  public let status: Int
  public init(probability: Probability, status: Int = 503, ramp: MagnitudeRamp? = nil) {
    self.probability = probability
    self.ramp = ramp
    self.status = status
  }
}
