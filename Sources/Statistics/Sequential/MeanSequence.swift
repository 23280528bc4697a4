/// A confidence sequence for the mean of replications: an interval for every n, all of which contain the mean at
/// once with the given confidence, so that looking after every replication costs nothing. Valid as n grows.
///
/// I. Waudby-Smith, D. Arbour, R. Sinha, E. H. Kennedy and A. Ramdas, "Time-uniform central limit theory and
/// asymptotic confidence sequences", Annals of Statistics 52 (2024), theorem 2.2: the normal mixture at the
/// sample's own variance.
public struct MeanSequence: Hashable, Sendable {
  /// Strictly between 0 and 1.
  public let confidence: Double
  private let boundary: NormalMixture

  /// - Parameter tightestAt: the number of replications at which the interval is tightest, chosen before
  ///   looking at data; at a fifth of it, or at 20 times it, it is 10% wider than it could be.
  public init(confidence: Double, tightestAt: Int = 50) {
    precondition(tightestAt >= 1, "a sequence is tightest at 1 or more, not \(tightestAt)")
    self.confidence = confidence
    boundary = NormalMixture(.two, alpha: 1 - confidence, optimalVariance: Double(tightestAt))
  }

  /// The interval after these values, in their order; nil of fewer than two values.
  public func interval(of values: [Double]) -> Interval? { interval(of: Moments(values)) }

  func interval(of moments: Moments) -> Interval? {
    guard let error = moments.standardError else { return nil }
    let count = Double(moments.count)
    let radius = error * boundary.boundary(atVariance: count) / count.squareRoot()
    return Interval(low: moments.mean - radius, high: moments.mean + radius, confidence: confidence)
  }
}
