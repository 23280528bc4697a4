/// The capital of a gambler, from 1, who bets on every replication that the mean lies on one side of a bound.
///
/// Bets at a bound are fair: were the mean at the bound or beyond it, the capital would be a nonnegative supermartingale,
/// and would ever reach c with a probability of at most 1/c (Ville's inequality), whatever the distribution, and however
/// often it is looked at. I. Waudby-Smith and A. Ramdas, "Estimating means of bounded random variables by betting", JRSS B
/// 86 (2024). A stake λ multiplies the capital by 1 + λ g, g being the distance from the bound to the value, positive on
/// the claimed side. It may be so large that the worst value there can be leaves nothing: λ <= 1 / (how far beyond the
/// bound values can lie). Nobody knows the best stake, so the capital is spread over some of them beforehand.
///
/// There are two purses. The first bets within the range of the values, and so assumes nothing. Where the bound is close to
/// the good end of that range, as of a loss of at most 0.1%, it grows by 0.1% a replication at most: a loss of
/// everything in one replication of a thousand could hide. The second one bets higher and higher stakes on a ladder; the
/// rungs up to a stake λ tell of all distributions whose values lie no farther than 1/λ beyond the bound. As capital only
/// shrinks where rungs are left out, evidence found on some rungs holds for every limit up to theirs at once.
struct FairBets: Hashable, Sendable {
  /// What the capital of one purse or the other proves.
  enum Evidence: Hashable, Sendable {
    case none
    /// Whatever the values may be.
    case assumingNothing
    /// As long as no value lies farther beyond the bound than this.
    case withinReach(Double)
  }

  /// How far beyond the bound a value can lie at all; above 0, infinite where nothing bounds it.
  let farthest: Double
  /// The shares of the greatest stake that the first purse bets; each gets the same part of it.
  private static let shares = [1, 1 / 2.0, 1 / 4.0, 1 / 8.0, 1 / 16.0, 1 / 32.0, 1 / 64.0]
  private static let rungs = 17
  /// The lowest rung's stake, in reciprocals of the scale.
  private static let lowest = 1 / 64.0
  /// How many replications give the ladder its scale; they are not bet on.
  private static let scaling = 3

  private var firstPurse: [Double]
  private var ladder: [Double]
  /// The largest distance from the bound among the replications before the first bet.
  private(set) var scale = 0.0
  /// How far beyond the bound the worst value lay so far; 0 where none did.
  private(set) var worst = 0.0
  private var count = 0

  init(farthest: Double) {
    self.farthest = farthest
    firstPurse = [Double](repeating: 1, count: farthest.isFinite ? Self.shares.count : 0)
    ladder = [Double](repeating: 1, count: Self.rungs)
  }

  /// - Parameter gain: how far on the claimed side of the bound the value lies; at least `-farthest`.
  mutating func add(_ gain: Double) {
    count += 1
    worst = max(worst, -gain)
    for (index, share) in Self.shares.enumerated() where index < firstPurse.count {
      firstPurse[index] = Self.grown(firstPurse[index], by: 1 + share / farthest * gain)
    }
    if count <= Self.scaling || scale == 0 {
      scale = max(scale, gain.magnitude)
      return
    }
    var stake = Self.lowest / scale
    for rung in 0..<Self.rungs {
      ladder[rung] = Self.grown(ladder[rung], by: 1 + stake * gain)
      stake *= 2
    }
  }

  /// Some 10^300 are enough, and can still be multiplied by 0. What lies beyond a rung's reach ends it for good.
  private static func grown(_ capital: Double, by factor: Double) -> Double {
    factor > 0 ? min(capital * factor, 1e300) : 0
  }

  /// What is proved where a purse holds `capital`.
  ///
  /// - Parameter needed: how far beyond the bound the second purse has to reach; at least `worst`.
  func evidence(at capital: Double, reaching needed: Double) -> Evidence {
    if !firstPurse.isEmpty, firstPurse.reduce(0, +) / Double(firstPurse.count) >= capital { return .assumingNothing }
    var reach = scale / Self.lowest
    var sum = 0.0
    for rung in ladder {
      if reach < min(needed, farthest) { return .none }
      sum += rung
      if sum / Double(Self.rungs) >= capital {
        return reach >= farthest ? .assumingNothing : .withinReach(reach)
      }
      reach /= 2
    }
    return .none
  }
}
