import Testing

@testable import Sampling

@Suite struct `Fitting a distribution` {
  private func samples(of distribution: Distribution, _ count: Int, seed: UInt64) -> [Double] {
    let sampler = SamplerBank([distribution])
    let key = DrawKey(seed: seed, replication: 0)
    return (0..<count).map { sampler[0].seconds(key.child(UInt64($0)).draw(1)) }
  }

  @Test func `finds the family and the parameters that the samples were drawn with`() throws {
    let lognormal = try #require(
      DistributionFit.fit(samples(of: try .lognormal(p50: 0.012, p99: 0.08), 4000, seed: 1)))
    #expect(lognormal.name == "lognormal")
    // The median's standard error is sigma/√n = 1.3%, that of sigma 1.1%: five of them.
    #expect((lognormal.distribution.quantile(0.5) / 0.012 - 1).magnitude < 0.065)
    #expect((lognormal.distribution.quantile(0.99) / 0.08 - 1).magnitude < 0.2)
    // Kolmogorov's statistic exceeds 2.69 / √n with probability 1e-6.
    #expect(lognormal.kolmogorovSmirnovDistance < 2.69 / 4000.0.squareRoot())
    #expect(lognormal.sampleCount == 4000)
    #expect(lognormal.note == nil)
    let gamma = try #require(DistributionFit.fit(samples(of: try .gamma(shape: 3, mean: 0.3), 4000, seed: 2)))
    #expect(gamma.name == "gamma")
    #expect((gamma.distribution.variance / 0.03 - 1).magnitude < 0.2)
    let weibull = try #require(
      DistributionFit.fit(samples(of: try .weibull(shape: 2.5, scale: 60), 4000, seed: 3)))
    #expect(weibull.name == "weibull")
    #expect((weibull.distribution.quantile(0.6321205588285577) / 60 - 1).magnitude < 0.05)
    let exponential = try #require(
      DistributionFit.fit(samples(of: try .exponential(mean: 2), 4000, seed: 4)))
    #expect(exponential.distribution.mean > 1.8 && exponential.distribution.mean < 2.2)
  }

  /// By hand: the mean of ln is (ln 1 + ln 2 + ln 4 + ln 8 + ln 16)/5 = 2 ln 2, its deviation √2 ln 2.
  @Test func `takes the lognormal's maximum of likelihood`() throws {
    let fits = MaximumLikelihood([1, 2, 4, 8, 16]).candidates
    let lognormal = try #require(fits.first { $0.name == "lognormal" })
    #expect((lognormal.distribution.quantile(0.5) - 4).magnitude < 1e-3)
    // p99 = 4 exp(2.3263 · √2 · 0.693147) = 39.11
    #expect((lognormal.distribution.quantile(0.99) / 39.11 - 1).magnitude < 1e-3)
    let exponential = try #require(fits.first { $0.name == "exponential" })
    #expect(exponential.distribution.mean == 6.2)
    // 2 + 2·5·(ln 6.2 + 1)
    #expect((exponential.criterion - 30.2455).magnitude < 1e-3)
  }

  /// At the maximum a step to either side lowers the likelihood.
  @Test func `takes the gamma's and the Weibull's maximum of likelihood`() throws {
    let samples = [0.2, 0.9, 1.1, 1.7, 2.2, 3.1, 0.6, 1.4]
    let fits = MaximumLikelihood(samples).candidates
    func logLikelihood(_ distribution: Distribution) -> Double {
      samples.reduce(0) { $0 + DeterministicMath.log(distribution.density($1)) }
    }
    let mean = samples.reduce(0, +) / 8
    let gamma = try #require(fits.first { $0.name == "gamma" })
    guard case .gamma(let parameters) = gamma.distribution else { return }
    let best = logLikelihood(gamma.distribution)
    #expect((gamma.criterion - (4 - 2 * best)).magnitude < 1e-5)
    for factor in [0.98, 1.02] {
      #expect(logLikelihood(try .gamma(shape: parameters.shape * factor, mean: mean)) < best)
      #expect(logLikelihood(try .gamma(shape: parameters.shape, mean: mean * factor)) < best)
    }
    let weibull = try #require(fits.first { $0.name == "weibull" })
    guard case .weibull(let shape) = weibull.distribution else { return }
    let peak = logLikelihood(weibull.distribution)
    #expect((weibull.criterion - (4 - 2 * peak)).magnitude < 1e-5)
    for factor in [0.98, 1.02] {
      #expect(logLikelihood(try .weibull(shape: shape.shape * factor, scale: shape.scale)) < peak)
      #expect(logLikelihood(try .weibull(shape: shape.shape, scale: shape.scale * factor)) < peak)
    }
  }

  @Test func `falls back where samples are few, equal or none, and says so`() throws {
    #expect(DistributionFit.fit([]) == nil)
    #expect(DistributionFit.fit([0, -1, .nan]) == nil)
    let few = try #require(DistributionFit.fit([0.010, 0.020, 0.030]))
    #expect(few.distribution.languageText == "exponential(mean=20ms)")
    #expect(few.note == "3 samples are too few for a shape, only their mean was used")
    let equal = try #require(DistributionFit.fit([0.5, 0.5, 0.5, 0.5, 0.5, 0.5]))
    #expect(equal.distribution.languageText == "500ms" || equal.distribution.languageText == "0.5s")
    #expect(equal.note == "all 6 samples are equal")
    #expect(
      try #require(DistributionFit.fit([Double](repeating: 0.0023000001, count: 6))).kolmogorovSmirnovDistance == 0)
    let single = try #require(DistributionFit.fit([0.25]))
    #expect(single.name == "constant")
    #expect(single.note == "there is one sample")
    let zeros = try #require(DistributionFit.fit([0, 1, 2, 3, 4, 5]))
    #expect(zeros.note == "1 of 6 samples are not above 0 and were left out")
    #expect(zeros.sampleCount == 5)
  }

  @Test func `writes parameters of four digits`() throws {
    let fit = try #require(DistributionFit.fit([0.0113, 0.0127, 0.0139, 0.0171, 0.0192, 0.0401, 0.0117]))
    #expect(fit.distribution.languageText.count <= "lognormal(p50=12.34ms p99=12.34ms)".count)
  }
}
