import Testing

@testable import Sampling

@Suite struct `The sampler bank` {
  @Test func `has the same fingerprint each time it is built`() throws {
    let distributions: [Distribution] = [
      try .gamma(shape: 2, mean: 0.005), try .lognormal(p50: 0.012, p99: 0.08), try .constant(seconds: 1),
    ]
    #expect(SamplerBank(distributions).fingerprint == SamplerBank(distributions).fingerprint)
    #expect(SamplerBank(distributions).fingerprint != SamplerBank(distributions.reversed()).fingerprint)
  }

  /// A golden, copied from our own output: it must be the same on every machine, in debug and release. One bit of one
  /// coefficient changes it.
  @Test func `has the golden fingerprint`() {
    #expect(Specimen.bank.fingerprint == 1_258_191_215_216_060_675)
  }

  @Test func `shares a table between equal distributions`() throws {
    let bank = SamplerBank([
      try .exponential(mean: 1), try .exponential(mean: 2), try .exponential(mean: 1),
    ])
    #expect(bank[0].values == bank[2].values)
    #expect(bank[0].values != bank[1].values)
  }

  @Test func `may be empty`() {
    #expect(SamplerBank([]).fingerprint == SamplerBank([]).fingerprint)
  }

  @Test func `saturates at the end of the clock`() throws {
    let bank = SamplerBank([
      try .pareto(shape: 0.05, min: 1), try .constant(seconds: 1e11), try .uniform(min: 0, max: 1e12),
      try .empirical([1, 1e12]), try .weibull(shape: 0.01, scale: 1), try .gamma(shape: 0.001, mean: 1),
    ])
    for index in 0..<5 {
      #expect(bank[index].nanoseconds(.max) == .max)
      #expect(bank[index].nanoseconds(.max) >= bank[index].nanoseconds(0))
      #expect(bank[index].nanoseconds(0) >= 0)
    }
    #expect(bank[4].nanoseconds(0) == 0)
    #expect(bank[5].nanoseconds(0) == 0)
  }

  @Test func `rounds halves and long times exactly`() throws {
    let bank = SamplerBank([
      try .constant(seconds: 3e-9), try .constant(seconds: 400 * 86_400), try .constant(seconds: 0.49e-9),
      try .constant(seconds: 0.51e-9), try .constant(seconds: 9e9),
    ])
    #expect((0..<5).map { bank[$0].nanoseconds(77) } == [3, 34_560_000_000_000_000, 0, 1, 9_000_000_000_000_000_000])
  }

  @Test func `draws each empirical value equally often`() throws {
    let bank = SamplerBank([try .empirical([0.004, 0.001, 0.003, 0.002])])
    // Quarters of the unit interval, ascending.
    #expect(
      (0..<8).map { bank[0].nanoseconds(UInt64($0) << 61 + 5) / 1_000_000 } == [1, 1, 2, 2, 3, 3, 4, 4])
  }
}
