import Testing

@testable import Sampling

@Suite struct `Every sampler` {
  /// The quantile at u = (k + ½) 2^-53, where k are the upper 53 bits.
  private func quantile(_ distribution: Distribution, _ bits: UInt64) -> Double {
    let isUpper = bits >> 63 == 1
    let least = (Double((isUpper ? ~bits : bits) >> 11) + 0.5) * 0x1p-53
    return isUpper ? distribution.upperQuantile(least) : distribution.quantile(least)
  }

  @Test(arguments: Specimen.all)
  func `is within 2e-9 of the quantile in the body and in both tails`(_ specimen: Specimen) {
    let key = DrawKey(seed: 1, replication: 0)
    var worst = (excess: 0.0, bits: UInt64(0))
    for index in 0..<300 {
      let random = key.draw(UInt64(index))
      let deep = random >> UInt64(index % 53)
      for bits in [random, deep, ~deep, UInt64(index) << 11, ~(UInt64(index) << 11)] {
        let expected = quantile(specimen.distribution, bits)
        let error = (specimen.sampler.seconds(bits) - expected).magnitude
        let excess = error / max(2e-9 * expected, 2e-15)
        if !(excess <= worst.excess) { worst = (excess, bits) }
      }
    }
    #expect(worst.excess <= 1, "worst for the bits \(worst.bits)")
  }

  @Test(arguments: Specimen.all)
  func `rounds to the nearest nanosecond`(_ specimen: Specimen) {
    let key = DrawKey(seed: 2, replication: 0)
    for index in 0..<2000 {
      let bits = key.draw(UInt64(index)) >> UInt64(index % 20)
      let exact = specimen.sampler.seconds(bits) * 1e9
      let nanoseconds = specimen.sampler.nanoseconds(bits)
      if nanoseconds < 0 || !((Double(nanoseconds) - exact).magnitude <= 0.5 + 1e-15 * exact) {
        Issue.record("\(exact) ns was rounded to \(nanoseconds)")
      }
    }
  }

  @Test(arguments: Specimen.all)
  func `does not decrease as its bits increase`(_ specimen: Specimen) {
    let key = DrawKey(seed: 3, replication: 0)
    let sampler = specimen.sampler
    var bits: [UInt64] = []
    for index in 0..<15_000 {
      let random = key.draw(UInt64(index)) >> UInt64(index % 7)
      bits += [random, random &+ 2048, ~random]
    }
    bits.sort()
    let draws = bits.map { sampler.seconds($0) }
    // Neighbouring pieces and neighbouring numbers may differ by the rounding of a Double.
    for (before, after) in zip(draws, draws.dropFirst()) where before > after * (1 + 1e-13) {
      Issue.record("\(before) s is followed by \(after) s")
    }
    let whole = bits.map { sampler.nanoseconds($0) }
    for (before, after) in zip(whole, whole.dropFirst()) where Double(before - after) > 1e-13 * Double(before) {
      Issue.record("\(before) ns is followed by \(after) ns")
    }
  }

  /// A false alarm has probability 1e-6 a distribution: 4.8916 standard errors, and 2.6934 for Kolmogorov's
  /// statistic, whose tail is about 2 exp(-2x²).
  @Test(arguments: Specimen.all)
  func `draws with the distribution's mean, variance and shape`(_ specimen: Specimen) {
    let distribution = specimen.distribution
    let count = 20_000
    let key = DrawKey(seed: 4, replication: 0).child(named: specimen.name)
    var draws: [Double] = []
    for index in 0..<count { draws.append(specimen.sampler.seconds(key.child(UInt64(index)).draw(0))) }
    let n = Double(count)
    if distribution.variance.isFinite {
      let mean = draws.reduce(0, +) / n
      #expect((mean - distribution.mean).magnitude <= 4.8916 * (distribution.variance / n).squareRoot() + 1e-12 * mean)
      let squares = draws.map { ($0 - distribution.mean) * ($0 - distribution.mean) }
      let second = squares.reduce(0, +) / n
      let spread = squares.reduce(0) { $0 + ($1 - second) * ($1 - second) } / n
      #expect((second - distribution.variance).magnitude <= 4.8916 * (spread / n).squareRoot() + 1e-15)
    }
    // The draws of a jump lie on it to the last bits only, so the distance is taken a little to either side.
    draws.sort()
    var distance = 0.0
    for (index, draw) in draws.enumerated() {
      distance = max(distance, distribution.cdf(draw * (1 - 1e-9)) - Double(index) / n)
      distance = max(distance, Double(index + 1) / n - distribution.cdf(draw * (1 + 1e-9)))
    }
    #expect(distance * n.squareRoot() < 2.6934)
  }

  @Test(arguments: Specimen.all)
  func `evaluates the quantile itself once in ten thousand draws at most`(_ specimen: Specimen) {
    #expect(specimen.exactShare < 1e-4)
  }
}
