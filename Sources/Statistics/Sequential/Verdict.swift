/// What the replications say about a hypothesis.
public enum Verdict: String, Hashable, Sendable, Codable, CaseIterable {
  case supported
  case refuted
  /// More replications are needed, or the truth lies on the bound.
  case inconclusive
}
