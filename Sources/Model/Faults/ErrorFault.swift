/// Calls are answered at once with an error, each with this probability, drawn by its key.
public struct ErrorFault: Hashable, Sendable {
  public let probability: Probability
  public init(probability: Probability) { self.probability = probability }
}
