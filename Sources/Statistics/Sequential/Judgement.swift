/// A verdict, and what it rests on.
///
/// In JSON every key is always there; what is not known is `null`.
public struct Judgement: Hashable, Sendable, Codable {
  public let verdict: Verdict
  /// The mean with the interval of its confidence sequence, which may be looked at after every replication; nil
  /// without replications. An end is nil where the replications don't tell it.
  public let estimate: Estimate?
  public let method: MeanHypothesis.Method
  /// The share of replications that could be unlike all those seen without one having shown up, at the
  /// confidence of the verdict: 1 - (1 - c)^(1/n), 14% after 20 replications at 95%.
  public let unseenShare: Double
  /// The value beyond which no replication may lie, for the verdict to hold; nil where it holds whatever they do.
  public let limit: Double?

  public init(
    verdict: Verdict, estimate: Estimate?, method: MeanHypothesis.Method, unseenShare: Double, limit: Double?
  ) {
    self.verdict = verdict
    self.estimate = estimate
    self.method = method
    self.unseenShare = unseenShare
    self.limit = limit
  }

  private enum CodingKeys: String, CodingKey {
    case verdict, estimate, method, unseenShare, limit
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(verdict, forKey: .verdict)
    try container.encode(estimate, forKey: .estimate)
    try container.encode(method, forKey: .method)
    try container.encode(unseenShare, forKey: .unseenShare)
    try container.encode(limit, forKey: .limit)
  }
}
