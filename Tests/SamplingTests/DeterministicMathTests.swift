import CGSL
import Foundation
import Testing

@testable import Sampling

/// The oracles are the system's libm and GSL, whose results are within an ulp or a few of the true value.
@Suite struct `Deterministic arithmetic` {
  /// Numbers spread evenly in their logarithm between two bounds, by the golden ratio.
  private func spread(_ low: Double, _ high: Double, _ count: Int = 2000) -> [Double] {
    (0..<count).map { index in
      let share = (Double(index) * 0.6180339887498949).truncatingRemainder(dividingBy: 1)
      return low * Foundation.pow(high / low, share)
    }
  }

  private func worst(_ inputs: [Double], _ ours: (Double) -> Double, _ oracle: (Double) -> Double) -> Double {
    inputs.map { x in
      let expected = oracle(x)
      return expected == 0 ? ours(x).magnitude : ((ours(x) - expected) / expected).magnitude
    }.max() ?? 0
  }

  @Test func `takes logarithms and exponentials to two units in the last place`() {
    let wide = spread(1e-300, 1e300) + spread(0.5, 2)
    #expect(worst(wide, DeterministicMath.log, Foundation.log) < 5e-16)
    let near = spread(1e-18, 0.99)
    #expect(worst(near + near.map(-), DeterministicMath.log1p, Foundation.log1p) < 6e-16)
    let exponents = spread(1e-10, 700)
    #expect(worst(exponents + exponents.map(-), DeterministicMath.exp, Foundation.exp) < 5e-16)
    #expect(worst(exponents + exponents.map(-), DeterministicMath.expm1, Foundation.expm1) < 9e-16)
  }

  @Test func `keeps the ends of the range of exponentials and logarithms`() {
    #expect(DeterministicMath.exp(710) == .infinity)
    #expect(DeterministicMath.exp(-800) == 0)
    #expect(DeterministicMath.exp(0) == 1)
    #expect(((DeterministicMath.exp(-740) - Foundation.exp(-740)) / Double.leastNonzeroMagnitude).magnitude <= 1)
    #expect(DeterministicMath.log(0) == -.infinity)
    #expect(DeterministicMath.log(-1).isNaN)
    #expect(DeterministicMath.log(1) == 0)
    let least = Double.leastNonzeroMagnitude
    #expect((DeterministicMath.log(least) - Foundation.log(least)).magnitude < 2e-13)
  }

  @Test func `raises to powers`() {
    for exponent in [-40.0, -3.7, -1, -0.3, 0.01, 0.5, 1, 2.5, 17.3, 60] {
      let error = worst(
        spread(1e-5, 1e5), { DeterministicMath.pow($0, exponent) }, { Foundation.pow($0, exponent) })
      #expect(error < 1e-15 + 1e-16 * exponent.magnitude)
    }
    #expect(DeterministicMath.pow(0, 2) == 0)
    #expect(DeterministicMath.pow(0, -2) == .infinity)
    #expect(DeterministicMath.pow(7, 0) == 1)
    #expect(DeterministicMath.pow(1e200, 2) == .infinity)
    #expect(DeterministicMath.pow(1e-200, 2) == 0)
  }

  @Test func `takes sines and cosines of a few turns`() {
    for x in spread(1e-8, 100) {
      #expect((DeterministicMath.sin(x) - Foundation.sin(x)).magnitude < 3e-16)
      #expect((DeterministicMath.cos(-x) - Foundation.cos(x)).magnitude < 3e-16)
      #expect(DeterministicMath.sin(-x) == -DeterministicMath.sin(x))
    }
  }

  @Test func `takes gamma functions to 1e-14`() {
    #expect(worst(spread(1e-10, 170), DeterministicMath.gamma, { gsl_sf_gamma($0) }) < 1e-14)
    #expect(worst(spread(1e-10, 1e9), DeterministicMath.lgamma, { gsl_sf_lngamma($0) }) < 1e-13)
    for n in 1...20 {
      let factorial = (1..<n).reduce(1.0) { $0 * Double($1 + 1) }
      #expect((DeterministicMath.gamma(Double(n) + 1) / factorial / Double(1) - 1).magnitude < 2e-15)
    }
    #expect((DeterministicMath.gamma(0.5) - Double.pi.squareRoot()).magnitude < 1e-15)
  }

  @Test func `knows the normal distribution in both tails`() {
    let z = spread(1e-5, 37)
    #expect(worst(z, DeterministicMath.normalSurvival, { 0.5 * erfc($0 / 2.0.squareRoot()) }) < 1e-12)
    #expect(worst(z.filter { $0 < 8 }, DeterministicMath.normalSurvival, { gsl_cdf_ugaussian_Q($0) }) < 2e-15)
    #expect(worst(z, DeterministicMath.normalCDF, { gsl_cdf_ugaussian_P($0) }) < 1e-15)
    #expect(
      worst(spread(1e-300, 0.4999), DeterministicMath.normalUpperQuantile, { gsl_cdf_ugaussian_Qinv($0) }) < 1e-14)
    // Tabulated: 1.959963984540054 and 2.326347874040841, NIST/SEMATECH e-Handbook 1.3.6.7.1 to more digits.
    #expect((DeterministicMath.normalQuantile(0.975) - 1.959963984540054).magnitude < 1e-14)
    #expect((DeterministicMath.normalQuantile(0.99) - DeterministicMath.normalQuantile99).magnitude < 1e-14)
    #expect(DeterministicMath.normalQuantile(0.5) == 0)
  }

  @Test func `takes incomplete gamma functions of shapes from 0.1 to 10000`() {
    for a in [0.1, 0.5, 1, 2.5, 11.9, 12, 30, 300, 10_000] {
      let function = IncompleteGamma(a)
      for factor in [0.01, 0.2, 0.7, 0.95, 1, 1.05, 1.5, 3, 10] {
        let x = a * factor
        let (p, q) = (gsl_cdf_gamma_P(x, a, 1), gsl_cdf_gamma_Q(x, a, 1))
        if p > 1e-290 { #expect((function.lower(x) / p - 1).magnitude < 1e-11, "P(\(a), \(x))") }
        if q > 1e-290 { #expect((function.upper(x) / q - 1).magnitude < 1e-11, "Q(\(a), \(x))") }
      }
    }
    // P(1, x) = 1 - e^-x and Q(2, x) = (1 + x) e^-x.
    for x in [1e-6, 0.3, 2, 40] {
      #expect((IncompleteGamma(1).lower(x) / -expm1(-x) - 1).magnitude < 2e-15)
      #expect((IncompleteGamma(2).upper(x) / ((1 + x) * Foundation.exp(-x)) - 1).magnitude < 5e-15)
    }
  }

  @Test func `takes incomplete beta functions`() {
    for (a, b) in [(1.5, 0.5), (1.9, 0.1), (2.0, 3.0), (1.1, 0.9)] {
      for x in [1e-9, 0.01, 0.3, 0.7, 0.99] {
        let ours = DeterministicMath.incompleteBeta(a, b, x, complement: 1 - x)
        #expect((ours / gsl_cdf_beta_P(x, a, b) - 1).magnitude < 1e-12, "I(\(a), \(b), \(x))")
      }
    }
  }
}
