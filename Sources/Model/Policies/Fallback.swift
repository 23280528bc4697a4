import Sampling

/// What stands in for a failed call: the request is then degraded, not failed.
public struct Fallback: Hashable, Sendable {
  /// A label of what is returned.
  public let returns: String?
  /// How long the fallback takes, in seconds.
  public let takes: Distribution
  /// How likely the fallback itself fails; the call then fails with the reason that it had.
  public let fails: Probability
  /// A dependency of the same service that is called for the answer; nil for a static response.
  public let calls: String?

  public init(returns: String?, takes: Distribution, fails: Probability, calls: String?) {
    self.returns = returns
    self.takes = takes
    self.fails = fails
    self.calls = calls
  }
}
