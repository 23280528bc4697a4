import Foundation

/// On which side of a bound a mean over replications lies, asked after any of them.
///
/// It takes one replication after another, and costs some fifty multiplications for each.
public struct MeanTest: Hashable, Sendable {
  /// What is known of one side.
  enum Finding: Hashable, Sendable {
    /// The mean is not shown to lie there.
    case open
    /// It would be shown, were there enough replications to speak of rare incidents.
    case early
    /// It is, whatever the replications not seen are like.
    case shown
    /// It is, as long as no replication lies beyond this value.
    case shownWithin(limit: Double)

    var isShown: Bool {
      switch self {
      case .open, .early: false
      case .shown, .shownWithin: true
      }
    }
  }

  public let bound: Double
  /// What a value can be at all; infinite where unbounded.
  public let range: ClosedRange<Double>
  public let confidence: Double
  /// How rare an incident may be that has to have had its chance to show up.
  public let rarest: Double

  private(set) var moments = Moments()
  private var below: FairBets
  private var above: FairBets

  /// How far beyond the bound a replication must be allowed to lie, in distances between the mean and the bound: nothing
  /// is shown by values that are alike only because there are few of them.
  static let imaginedDistance = 4.0

  /// - Parameters:
  ///   - bound: finite.
  ///   - confidence: strictly between 0 and 1.
  ///   - rarest: above 0, at most 1.
  public init(
    bound: Double, within range: ClosedRange<Double> = -.infinity ... .infinity, confidence: Double, rarest: Double
  ) {
    precondition(bound.isFinite, "a bound is finite, not \(bound)")
    precondition(confidence > 0 && confidence < 1, "a confidence is between 0 and 1, not \(confidence)")
    precondition(rarest > 0 && rarest <= 1, "a share of replications is above 0 and at most 1, not \(rarest)")
    self.bound = bound
    self.range = range
    self.confidence = confidence
    self.rarest = rarest
    below = FairBets(farthest: max(range.upperBound - bound, .leastNormalMagnitude))
    above = FairBets(farthest: max(bound - range.lowerBound, .leastNormalMagnitude))
  }

  /// - Parameter value: finite and within the range.
  public mutating func add(_ value: Double) {
    precondition(value.isFinite && range.contains(value), "\(value) is not a value within \(range)")
    moments.add(value)
    below.add(bound - value)
    above.add(value - bound)
  }

  /// The share of replications that could be unlike all those seen without one having shown up:
  /// 1 - (1 - c)^(1/n), 14% after 20 replications at 95%, 5% after 59.
  public var unseenShare: Double { Self.unseenShare(after: moments.count, confidence: confidence) }

  /// The same after so many replications.
  public static func unseenShare(after count: Int, confidence: Double) -> Double {
    count == 0 ? 1 : -expm1(log(1 - confidence) / Double(count))
  }

  /// Whether the mean is shown to lie below the bound.
  var findingBelow: Finding {
    let reachesFar = (1 - unseenShare) * moments.mean + unseenShare * range.upperBound
    return finding(below, gain: bound - moments.mean, isClear: reachesFar <= bound) { bound + $0 }
  }

  /// Whether the mean is shown to lie above the bound.
  var findingAbove: Finding {
    let reachesFar = (1 - unseenShare) * moments.mean + unseenShare * range.lowerBound
    return finding(above, gain: moments.mean - bound, isClear: reachesFar > bound) { bound - $0 }
  }

  /// - Parameters:
  ///   - isClear: whether so many replications as may be unseen leave the mean on its side, even at the range's end.
  private func finding(_ bets: FairBets, gain: Double, isClear: Bool, limit: (Double) -> Double) -> Finding {
    guard gain > 0 else { return .open }
    // Half of the error for each purse.
    switch bets.evidence(at: 2 / (1 - confidence), reaching: max(bets.worst, Self.imaginedDistance * gain)) {
    case .none: return .open
    case .assumingNothing: return .shown
    case .withinReach(let reach):
      return unseenShare <= rarest || isClear ? .shownWithin(limit: limit(reach)) : .early
    }
  }

  /// How many replications speak of incidents as rare as `rarest`: 59 at 95% and 5%, the sample size of S. S. Wilks,
  /// "Determination of sample sizes for setting tolerance limits", Annals of Mathematical Statistics 12 (1941).
  public static func replications(speakingOf rarest: Double, confidence: Double) -> Int {
    if rarest >= 1 { return 1 }
    let count = Int((log(1 - confidence) / log1p(-rarest)).rounded(.up))
    // In the arithmetic of `unseenShare`.
    let isEnough = unseenShare(after: max(1, count), confidence: confidence) <= rarest
    return max(1, isEnough ? count : count + 1)
  }
}
