import Foundation
import Statistics
import Testing

/// A thousand campaigns each, in arithmetic alone: how often a verdict is wrong, and how often there is one.
@Suite struct `Verdicts on a mean` {
  /// A law of losses with the mean it is asked for.
  enum Losses: CaseIterable, Sendable {
    /// With a coefficient of variation of 10% and of 50%.
    case steady, normal
    case exponential
    /// The square of a normal one: coefficient of variation 1.4.
    case chiSquare
    /// Coefficient of variation 1.3.
    case lognormal
    /// All or nothing, in one replication of five, ten or twenty.
    case oneInFive, oneInTen, oneInTwenty
    /// A tenth more or less of them, or in one replication of ten six times as much.
    case mixture

    func draw(_ mean: Double, _ draws: inout Draws) -> Double {
      switch self {
      case .steady: max(0, mean * (1 + 0.1 * draws.normal()))
      case .normal: max(0, mean * (1 + 0.4 * draws.normal()))
      case .exponential: -mean * log(draws.uniform() + 0x1p-54)
      case .chiSquare: mean * pow(draws.normal(), 2)
      case .lognormal:
        // exp(s z - s²/2) has mean 1 and variance exp(s²) - 1 = 1.69.
        mean * exp(0.9947 * draws.normal() - 0.9947 * 0.9947 / 2)
      case .oneInFive: draws.uniform() < 0.2 ? 5 * mean : 0
      case .oneInTen: draws.uniform() < 0.1 ? 10 * mean : 0
      case .oneInTwenty: draws.uniform() < 0.05 ? 20 * mean : 0
      case .mixture:
        (draws.uniform() < 0.1 ? 6 : 0.9 + 0.2 * draws.uniform()) * mean / 1.5
      }
    }
  }

  private static let campaigns = 1000
  private static let replications = 120
  private let bound = 0.01

  /// The first verdict of each campaign on a loss of at most `bound`, with a look after every replication.
  private func verdicts(_ losses: Losses, mean: Double) -> [Verdict] {
    let hypothesis = MeanHypothesis(.atMost, bound)
    return (0..<Self.campaigns).map { campaign in
      var draws = Draws(seed: 77, campaign)
      var test = MeanTest(bound: bound, within: 0...1, confidence: 0.95, rarest: 0.05)
      for _ in 0..<Self.replications {
        test.add(min(1, losses.draw(mean, &draws)))
        let verdict = hypothesis.verdict(by: test).verdict
        if verdict != .inconclusive { return verdict }
      }
      return .inconclusive
    }
  }

  // The mean is the bound: so support is wrong if it is a trifle more, refutation if it is not.
  @Test(arguments: Losses.allCases)
  func `are seldom wrong with the truth at the bound`(losses: Losses) {
    let verdicts = verdicts(losses, mean: bound)
    let accepted = acceptedCounts(of: Self.campaigns, probability: 0...0.05)
    #expect(accepted.contains(verdicts.count { $0 == .supported }))
    #expect(accepted.contains(verdicts.count { $0 == .refuted }))
  }

  // At a fifth of the bound, and at five times the bound for losses that come in every replication or in one of five.
  @Test(arguments: Losses.allCases)
  func `are there in nine campaigns of ten with the truth well away from the bound`(losses: Losses) {
    #expect(verdicts(losses, mean: bound / 5).count { $0 == .supported } >= 900)
    if losses == .oneInTen || losses == .oneInTwenty { return }
    #expect(verdicts(losses, mean: bound * 5).count { $0 == .refuted } >= 900)
  }

  /// Incidents rarer than the rarest that was asked for are what support can't speak of: 0.975^59 = 22% of the campaigns
  /// see none.
  @Test func `can't speak of incidents that are rarer than was asked for`() {
    let supported = (0..<Self.campaigns).count { campaign in
      var draws = Draws(seed: 78, campaign)
      var test = MeanTest(bound: bound, within: 0...1, confidence: 0.95, rarest: 0.05)
      for _ in 0..<59 { test.add(draws.uniform() < 0.025 ? 40 * bound : 0) }
      return MeanHypothesis(.atMost, bound).verdict(by: test).verdict == .supported
    }
    #expect(acceptedCounts(of: Self.campaigns, probability: pow(0.975, 59)).contains(supported))
  }
}
