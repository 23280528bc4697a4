import Foundation
import Statistics
import Testing

@Suite struct `A paired comparison` {
  /// "Student", The probable error of a mean, Biometrika 6 (1908): hours of sleep gained by ten patients; the
  /// expected values are those of R's t.test(sleep, paired = TRUE).
  @Test func `agrees with Student's sleep data`() throws {
    let first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
    let second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
    let result = try #require(PairedComparison(baseline: first, variant: second, confidence: 0.95))
    #expect(isClose(result.difference.value, 1.58, relative: 1e-12))
    #expect(isClose(try #require(result.difference.low), 0.7001142, relative: 1e-6))
    #expect(isClose(try #require(result.difference.high), 2.4598858, relative: 1e-6))
    #expect(isClose(try #require(result.p), 0.002832890, relative: 1e-6))
    #expect(isClose(try #require(result.correlation), 0.7951702, relative: 1e-6))
    #expect(result.method == .pairedT)
  }

  @Test func `of equal pairs shows no difference`() throws {
    let values = [0.9, 0.95, 1]
    let result = try #require(PairedComparison(baseline: values, variant: values, confidence: 0.95))
    #expect(result.difference.value == 0 && result.p == 1 && result.method == .identical)
    #expect(result.difference.isDegenerate)
    #expect(isClose(try #require(result.correlation), 1, relative: 1e-12))
    #expect(isClose(try #require(result.varianceSaved), 1, relative: 1e-12))
  }

  @Test func `of one constant difference falls back to the sign test`() throws {
    // 0.1 + 0.2 - 0.3 is not zero in binary: equal up to rounding is equal.
    let baseline = (1...10).map { 0.1 * Double($0) }
    let variant = baseline.map { $0 + 0.3 }
    let ten = try #require(PairedComparison(baseline: baseline, variant: variant, confidence: 0.95))
    #expect(ten.method == .signTest)
    #expect(ten.p == 2 / 1024.0)
    #expect(isClose(ten.difference.value, 0.3, relative: 1e-12) && ten.difference.isDegenerate)
    // Five equal signs have p = 1/16: no 95% interval.
    let five = try #require(
      PairedComparison(baseline: Array(baseline.prefix(5)), variant: Array(variant.prefix(5)), confidence: 0.95))
    #expect(five.p == 1 / 16.0 && five.difference.low == nil && five.difference.high == nil)
  }

  @Test func `of one pair has neither interval nor p, but all keys`() throws {
    let result = try #require(PairedComparison(baseline: [1], variant: [3], confidence: 0.95))
    #expect(result.difference.value == 2 && result.difference.low == nil && result.p == nil)
    #expect(result.method == .tooFew && result.correlation == nil && result.varianceSaved == nil)
    let json = try JSONEncoder().encode(result)
    let object = try #require(try JSONSerialization.jsonObject(with: json) as? [String: Any])
    let keys: Set = ["difference", "p", "method", "skewness", "correlation", "varianceSaved"]
    #expect(Set(object.keys) == keys)
    #expect(try JSONDecoder().decode(PairedComparison.self, from: json) == result)
    #expect(PairedComparison(baseline: [], variant: [], confidence: 0.95) == nil)
  }

  @Test func `knows no correlation with a constant`() throws {
    let result = try #require(PairedComparison(baseline: [1, 1, 1], variant: [1, 2, 4], confidence: 0.95))
    #expect(result.correlation == nil)
    let saved = try #require(result.varianceSaved)
    #expect(saved.magnitude < 1e-12)
    let constant = try #require(PairedComparison(baseline: [1, 1], variant: [2, 2], confidence: 0.95))
    #expect(constant.correlation == nil && constant.varianceSaved == nil)
  }

  @Test func `says what common random numbers saved`() throws {
    // Var(a) = 1, b = a + noise of variance near 0.01: Var(b - a) / (Var a + Var b) = 0.01 / 2.01.
    var draws = Draws(0)
    let a = (0..<5_000).map { _ in draws.normal() }
    let b = a.map { $0 + 0.1 * draws.normal() }
    let result = try #require(PairedComparison(baseline: a, variant: b, confidence: 0.95))
    #expect(isClose(try #require(result.varianceSaved), 1 - 0.01 / 2.01, relative: 0.001))
    #expect(isClose(try #require(result.correlation), 1 / 1.01.squareRoot(), relative: 0.001))
  }

  /// The 95% interval of scipy.stats.bootstrap(method="BCa") 1.17 with 200,000 resamples; the allowance is five
  /// standard deviations of an end of a bootstrap with 4,999.
  @Test func `uses the BCa bootstrap on skewed differences`() throws {
    let skewed = [
      0.002, 0.012, 0.026, 0.044, 0.066, 0.091, 0.121, 0.154, 0.192, 0.235, 0.283, 0.336, 0.396, 0.462, 0.537, 0.62,
      0.714, 0.819, 0.939, 1.076, 1.233, 1.416, 1.632, 1.891, 2.21, 2.613, 3.149, 3.917, 5.185, 8.285,
    ]
    let zeros = skewed.map { _ in 0.0 }
    let result = try #require(PairedComparison(baseline: zeros, variant: skewed, confidence: 0.95))
    #expect(result.method == .bca)
    #expect(isClose(try #require(result.skewness), 2.338081854319293, relative: 1e-9))
    #expect(isClose(try #require(result.difference.low), 0.8031, relative: 0.05))
    #expect(isClose(try #require(result.difference.high), 2.1902, relative: 0.08))
    // scipy.stats.ttest_1samp 1.17: the p-value is Student's.
    #expect(isClose(try #require(result.p), 0.0005876367454359027, relative: 1e-9))
    let again = PairedComparison(baseline: zeros, variant: skewed, confidence: 0.95)
    #expect(again == result)
  }

  /// A bootstrap's p can be no smaller than its resamples allow: 18 of 20 replications that agree would not survive
  /// an adjustment for many comparisons.
  @Test func `shows a clear skewed difference however many others there are`() throws {
    let differences = [Double](repeating: -10, count: 18) + [0, 0]
    let result = try #require(
      PairedComparison(baseline: differences.map { _ in 0 }, variant: differences, confidence: 0.95))
    #expect(result.method == .bca)
    // scipy.stats.ttest_1samp 1.17.
    #expect(isClose(try #require(result.p), 5.990444304398422e-11, relative: 1e-6))
  }

  @Test func `covers the true difference of correlated pairs 95% of the time`() {
    let trials = 3_000
    let covered = (0..<trials).count { trial in
      var draws = Draws(seed: 11, trial)
      let shared = (0..<20).map { _ in draws.normal() }
      let baseline = shared.map { 5 + $0 + 0.5 * draws.normal() }
      let variant = shared.map { 5.3 + $0 + 0.5 * draws.normal() }
      let result = PairedComparison(baseline: baseline, variant: variant, confidence: 0.95)
      return result?.difference.interval?.contains(0.3) == true
    }
    // One normal sample in twenty looks skewed, and its BCa interval covers a little less.
    #expect(acceptedCounts(of: trials, probability: 0.945...0.95).contains(covered))
  }

  @Test func `covers a skewed difference nearly 95% of the time`() {
    let trials = 400
    let covered = (0..<trials).count { trial in
      let differences = Draws.sample(40, trial) { exp(1.2 * $0.normal()) }
      let zeros = differences.map { _ in 0.0 }
      let result = PairedComparison(baseline: zeros, variant: differences, confidence: 0.95, resamples: 499)
      return result?.difference.interval?.contains(exp(0.72)) == true
    }
    // The bootstrap's own error at n = 40 (Hesterberg, The American Statistician 69, 2015).
    #expect(acceptedCounts(of: trials, probability: 0.89...0.95).contains(covered))
  }
}
