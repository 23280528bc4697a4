/// Calls are answered at once with an error, each with this probability, drawn by its key.
public struct ErrorFault: Hashable, Sendable {
  public let probability: Probability
  /// The HTTP status with which a CDN answers players, from 400 to 599; without effect on services.
  public let status: Int
  public init(probability: Probability, status: Int = 503) {
    self.probability = probability
    self.status = status
  }
}
