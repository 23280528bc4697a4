import Statistics
import Testing

@Suite struct `A proportion` {
  struct Case: Sendable {
    let count: Int
    let trials: Int
    let wilson: (Double, Double)
    let clopperPearson: (Double, Double)
  }

  /// Case `binom_ci` of the analytic cases: scipy's beta quantiles, and Brown, Cai and DasGupta (2001).
  static let cases = [
    Case(count: 0, trials: 1000, wilson: (0, 0.003826758486), clopperPearson: (0, 0.003682083897)),
    Case(
      count: 3, trials: 1000, wilson: (0.001020783881, 0.008783014054),
      clopperPearson: (0.0006190999316, 0.008742023238)),
    Case(
      count: 997, trials: 1000, wilson: (0.9912169859, 0.9989792161), clopperPearson: (0.9912579768, 0.9993809001)),
    Case(
      count: 3, trials: 10_000_000, wilson: (1.02027078e-07, 8.821184261e-07),
      clopperPearson: (6.186721656e-08, 8.767270541e-07)),
    Case(
      count: 49, trials: 100_000_000, wilson: (3.706718723e-07, 6.477426768e-07),
      clopperPearson: (3.625047188e-07, 6.478059348e-07)),
  ]

  @Test(arguments: cases) func `has the published intervals`(_ expected: Case) {
    let proportion = Proportion(expected.count, of: expected.trials)
    let wilson = proportion.wilson(confidence: 0.95)
    let exact = proportion.clopperPearson(confidence: 0.95)
    #expect(isClose(wilson.low, expected.wilson.0, relative: 1e-8))
    #expect(isClose(wilson.high, expected.wilson.1, relative: 1e-8))
    #expect(isClose(exact.low, expected.clopperPearson.0, relative: 1e-8))
    #expect(isClose(exact.high, expected.clopperPearson.1, relative: 1e-8))
  }

  @Test func `of nothing or of everything ends at 0 or at 1`() {
    for trials in [1, 20, 100_000_000] {
      let none = Proportion(0, of: trials)
      let all = Proportion(trials, of: trials)
      for interval in [none.wilson(confidence: 0.95), none.clopperPearson(confidence: 0.95)] {
        #expect(interval.low == 0 && interval.high > 0 && interval.high < 1)
      }
      for interval in [all.wilson(confidence: 0.95), all.clopperPearson(confidence: 0.95)] {
        #expect(interval.high == 1 && interval.low > 0 && interval.low < 1)
      }
    }
  }

  @Test func `has its binomial tails at the ends of the exact interval`() {
    for (count, trials) in [(1, 2), (1, 10), (5, 10), (40_000_000, 100_000_000), (9_999, 10_000), (600, 1000)] {
      let interval = Proportion(count, of: trials).clopperPearson(confidence: 0.9)
      #expect(isClose(Binomial(trials: trials, probability: interval.low).upperTail(count), 0.05, relative: 1e-6))
      #expect(isClose(Binomial(trials: trials, probability: interval.high).cdf(count), 0.05, relative: 1e-6))
    }
  }
}
