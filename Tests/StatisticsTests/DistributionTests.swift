import Foundation
import Statistics
import Testing

@Suite struct `The reference distributions` {
  /// scipy 1.17, stats.t.ppf; the same to five digits in every printed t table.
  @Test(arguments: [
    (1, 12.706204736174694), (9, 2.262157162798205), (19, 2.0930240544083087), (199, 1.9719565442517533),
  ])
  func `give the 97.5% quantile of Student's t`(degrees: Int, expected: Double) {
    let t = StudentT(degreesOfFreedom: Double(degrees))
    #expect(isClose(t.twoSidedQuantile(0.95), expected, relative: 1e-10))
    #expect(isClose(t.twoSidedTail(-expected), 0.05, relative: 1e-10))
    #expect(isClose(t.cdf(expected), 0.975, relative: 1e-10))
  }

  @Test func `give normal quantiles and tails`() {
    // Abramowitz and Stegun, tables 26.1 and 26.5.
    #expect(isClose(StandardNormal.quantile(0.975), 1.959963984540054, relative: 1e-13))
    #expect(isClose(StandardNormal.upperTail(10), 7.61985302416e-24, relative: 1e-10))
    #expect(StandardNormal.quantile(0) == -.infinity)
    #expect(StandardNormal.quantile(1) == .infinity)
  }

  /// scipy 1.17, stats.chi2.ppf; GSL's own inverse is NaN in the last rows.
  @Test(arguments: [
    (1.0, 0.025, 9.820691171753e-04), (10, 0.025, 3.246972780237), (10, 0.975, 20.483177350807),
    (100_000, 0.975, 100878.41530566558), (2_000_000, 0.025, 1996081.9666805877),
    (2_000_000, 0.975, 2003921.8219309007), (100_000_000, 0.999999, 100067237.96852988),
  ])
  func `give chi-square quantiles at any degrees of freedom`(degrees: Double, p: Double, expected: Double) {
    #expect(isClose(ChiSquare(degreesOfFreedom: degrees).quantile(p), expected, relative: 1e-10))
  }

  @Test func `give the incomplete beta function where it has a closed form`() {
    for x in [1e-12, 1e-3, 0.3, 0.7, 0.999] {
      // I_x(1, b) = 1 - (1 - x)^b and I_x(a, 1) = x^a.
      let upper = RegularizedBeta(a: 1, b: 7).logUpper(x)
      #expect(isClose(upper, 7 * log1p(-x), relative: 1e-12))
      let lower = RegularizedBeta(a: 300, b: 1).logLower(x)
      #expect(isClose(lower, 300 * log(x), relative: 1e-12))
    }
    for a in [0.5, 3, 1e4, 5e7] {
      // By symmetry I_½(a, a) = ½.
      #expect(isClose(RegularizedBeta(a: a, b: a).logLower(0.5), -log(2), relative: 1e-9))
    }
  }

  @Test func `give binomial tails that agree with their sums`() {
    let (n, p) = (25, 0.3)
    var coefficient = 1.0
    var sum = 0.0
    let binomial = Binomial(trials: n, probability: p)
    for k in 0...n {
      #expect(isClose(binomial.upperTail(k), 1 - sum, relative: 1e-9) || 1 - sum < 1e-6)
      sum += coefficient * pow(p, Double(k)) * pow(1 - p, Double(n - k))
      #expect(isClose(binomial.cdf(k), sum, relative: 1e-12))
      if k < 20 { #expect(binomial.quantile(binomial.cdf(k) * (1 - 1e-12)) == k) }
      coefficient *= Double(n - k) / Double(k + 1)
    }
  }
}
