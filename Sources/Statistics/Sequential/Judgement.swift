import Foundation

/// A verdict, and what it rests on.
///
/// In JSON every key is always there; what is not known is `null`.
public struct Judgement: Hashable, Sendable, Codable {
  public let verdict: Verdict
  /// The mean with the interval of its confidence sequence, which may be looked at after every replication; nil
  /// without replications. It is wider than the interval of a single look.
  public let estimate: Estimate?
  public let method: MeanHypothesis.Method
  /// The share of replications that could be unlike all those seen without one having shown up, at the
  /// confidence of the verdict: 1 - (1 - c)^(1/n), 14% after 20 replications at 95%.
  public let unseenShare: Double

  public init(verdict: Verdict, estimate: Estimate?, method: MeanHypothesis.Method, unseenShare: Double) {
    self.verdict = verdict
    self.estimate = estimate
    self.method = method
    self.unseenShare = unseenShare
  }

  init(
    _ verdict: Verdict, of moments: Moments, interval: Interval?, confidence: Double, method: MeanHypothesis.Method
  ) {
    let count = moments.count
    let estimate = Estimate(
      value: moments.mean, low: interval?.low, high: interval?.high, confidence: confidence, replications: count)
    self.init(
      verdict: verdict, estimate: count == 0 ? nil : estimate, method: method,
      unseenShare: count == 0 ? 1 : -expm1(log(1 - confidence) / Double(count)))
  }

  private enum CodingKeys: String, CodingKey {
    case verdict, estimate, method, unseenShare
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(verdict, forKey: .verdict)
    try container.encode(estimate, forKey: .estimate)
    try container.encode(method, forKey: .method)
    try container.encode(unseenShare, forKey: .unseenShare)
  }
}
