import Testing

@testable import Sampling

@Suite struct `Every distribution` {
  /// Probabilities from 2^-50 up to one half.
  private static let tail: [Double] =
    (1...50).map { power in Double(bitPattern: UInt64(1023 - power) << 52) } + [0.01, 0.1, 0.25, 0.3, 0.4, 0.49]

  @Test(arguments: Specimen.all)
  func `has a quantile function that does not decrease`(_ specimen: Specimen) {
    let distribution = specimen.distribution
    let ascending = Self.tail.sorted()
    let values =
      [distribution.quantile(0)] + ascending.map(distribution.quantile)
      + ascending.reversed().map { distribution.upperQuantile($0) }
    // At one half the two tails meet, which may differ in the last bit.
    for (before, after) in zip(values, values.dropFirst()) { #expect(before <= after * (1 + 1e-15)) }
    #expect(values[0] >= 0)
  }

  @Test(arguments: Specimen.all)
  func `returns the least time whose probability is reached`(_ specimen: Specimen) {
    let distribution = specimen.distribution
    for p in Self.tail {
      let low = distribution.quantile(p)
      let high = distribution.upperQuantile(p)
      #expect(distribution.cdf(low * (1 + 1e-12)) >= p * (1 - 1e-11))
      #expect(distribution.survival(high * (1 + 1e-12)) <= p * (1 + 1e-11))
      if low > distribution.quantile(0) { #expect(distribution.cdf(low * (1 - 1e-12)) <= p * (1 + 1e-10)) }
      #expect(distribution.survival(high * (1 - 1e-12)) >= p * (1 - 1e-10))
    }
  }

  @Test(arguments: Specimen.all.filter(\.isContinuous))
  func `has a distribution function that inverts the quantile function`(_ specimen: Specimen) {
    let distribution = specimen.distribution
    for p in Self.tail {
      #expect((distribution.cdf(distribution.quantile(p)) - p).magnitude < 1e-12)
      #expect((distribution.survival(distribution.quantile(p)) + p - 1).magnitude < 1e-12)
      #expect((distribution.cdf(distribution.upperQuantile(p)) + p - 1).magnitude < 1e-12)
    }
  }

  /// Gauss's rule of three points on eight parts of each octave of both tails of the unit interval, up to the 60th.
  private func integral(_ integrand: (Double) -> Double, _ tail: (Double) -> Double) -> Double {
    var sum = 0.0
    for power in 1...60 {
      let start = Double(bitPattern: UInt64(1023 - power - 1) << 52)
      let width = start / 8
      for step in 0..<8 {
        let middle = start + (Double(step) + 0.5) * width
        for (place, weight) in [(-0.3872983346207417, 5.0), (0, 8), (0.3872983346207417, 5)] {
          let p = middle + place * width
          sum += weight * width / 18 * (integrand(p) + tail(p))
        }
      }
    }
    return sum
  }

  @Test(arguments: Specimen.all.filter { $0.distribution.variance.isFinite })
  func `has the mean and variance of its quantile function`(_ specimen: Specimen) {
    let distribution = specimen.distribution
    // Jumps and steep places cost the quadrature accuracy.
    let accuracy = specimen.isContinuous ? 1e-4 : 1e-2
    let mean = distribution.mean
    let first = integral(distribution.quantile, distribution.upperQuantile)
    #expect((first / mean - 1).magnitude < accuracy)
    func square(_ x: Double) -> Double { (x - mean) * (x - mean) }
    let second = integral({ square(distribution.quantile($0)) }, { square(distribution.upperQuantile($0)) })
    // A Pareto tail of shape 2.5 leaves 2^(-60/5) of the second moment beyond the last octave.
    let variance = distribution.variance
    let remainder = specimen.name == "pareto" ? 2e-3 : accuracy
    #expect((second - variance).magnitude <= remainder * variance)
  }

  @Test(arguments: Specimen.all)
  func `has moments up to a time that agree with the whole ones and the density`(_ specimen: Specimen) {
    let distribution = specimen.distribution
    let (mean, variance) = (distribution.mean, distribution.variance)
    let whole = distribution.moment(1, below: .infinity)
    #expect(mean.isInfinite ? whole.isInfinite : (whole / mean - 1).magnitude < 1e-12)
    if variance.isFinite {
      let second = variance + mean * mean
      #expect((distribution.moment(2, below: .infinity) / second - 1).magnitude < 1e-12)
    }
    // The mixture's quantile function is too steep between its parts for a step of 1e-4.
    guard specimen.isContinuous, specimen.name != "mixture" else { return }
    // Between two times near each other the moment grows by x^k times the probability.
    for p in [0.05, 0.3, 0.6, 0.9] {
      let (from, to) = (distribution.quantile(p), distribution.quantile(p + 1e-4))
      let x = 0.5 * (from + to)
      for order in [1, 2] {
        let growth = distribution.moment(order, below: to) - distribution.moment(order, below: from)
        #expect((growth / (1e-4 * (order == 1 ? x : x * x)) - 1).magnitude < 1e-5)
      }
      #expect((distribution.density(x) * (to - from) / 1e-4 - 1).magnitude < 1e-3)
    }
  }
}
