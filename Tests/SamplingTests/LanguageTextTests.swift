import Testing

@testable import Sampling

@Suite struct `Distributions as text` {
  @Test func `are written as the language writes them`() throws {
    let texts: [(Distribution, String)] = [
      (try .constant(seconds: 0.04), "40ms"),
      (try .exponential(mean: 0.02), "exponential(mean=20ms)"),
      (try .lognormal(p50: 0.012, p99: 0.08), "lognormal(p50=12ms p99=80ms)"),
      (try .lognormal(mean: 0.012, cv: 1.4), "lognormal(mean=12ms cv=1.4)"),
      (try .weibull(shape: 0.8, mean: 45 * 86_400), "weibull(shape=0.8 mean=45d)"),
      (try .weibull(shape: 2, scale: 90), "weibull(shape=2 scale=90s)"),
      (try .gamma(shape: 2, mean: 0.005), "gamma(shape=2 mean=5ms)"),
      (try .gamma(mean: 0.005, cv: 0.3), "gamma(mean=5ms cv=0.3)"),
      (try .erlang(k: 3, mean: 0.006), "erlang(k=3 mean=6ms)"),
      (try .hyperexponential([(0.3, 0.002), (0.7, 0.02)]), "hyperexponential(30%=2ms 70%=20ms)"),
      (try .pareto(shape: 1.5, min: 0.004), "pareto(shape=1.5 min=4ms)"),
      (try .loglogistic(p50: 480, shape: 2), "loglogistic(p50=8min shape=2)"),
      (try .uniform(min: 1, max: 5), "uniform(min=1s max=5s)"),
      (try .triangular(min: 300, mode: 720, max: 3600), "triangular(min=5min mode=12min max=1h)"),
      (try .empirical([0.003, 0.001]), "empirical(1ms 3ms)"),
      (try .empirical([1], source: "latency.csv column=ms unit=ms"), "empirical(latency.csv column=ms unit=ms)"),
      (
        try .mixture([(0.99, .constant(seconds: 0.005)), (0.01, .lognormal(p50: 1, p99: 8))]),
        "mixture(99%=5ms 1%=lognormal(p50=1s p99=8s))"
      ),
      (try .shifted(.exponential(mean: 0.002), by: 0.003), "shifted(exponential(mean=2ms) by=3ms)"),
      (try .truncated(.exponential(mean: 2), max: 10), "truncated(exponential(mean=2s) max=10s)"),
    ]
    for (distribution, text) in texts { #expect(distribution.languageText == text) }
  }

  @Test func `have durations of the shortest form that reads back`() {
    #expect(LanguageText.duration(0) == "0s")
    #expect(LanguageText.duration(0.00008) == "80us")
    #expect(LanguageText.duration(1e-9) == "1ns")
    #expect(LanguageText.duration(2.5e-10) == "0.25ns")
    #expect(LanguageText.duration(1.5) == "1.5s")
    #expect(LanguageText.duration(31_536_000) == "1y")
    #expect(LanguageText.duration(1.0 / 3) == "333.3333333333333ms")
    #expect(LanguageText.duration(1e22) == "10000000000000000000000s" || LanguageText.duration(1e22).hasSuffix("y"))
  }

  @Test func `have durations that read back as the same number`() {
    let units: [(String, (Double) -> Double)] = [
      ("min", { $0 * 60 }), ("ns", { $0 / 1e9 }), ("us", { $0 / 1e6 }), ("ms", { $0 / 1e3 }), ("s", { $0 }),
      ("h", { $0 * 3_600 }), ("d", { $0 * 86_400 }), ("y", { $0 * 31_536_000 }),
    ]
    func read(_ text: String) -> Double? {
      for (suffix, seconds) in units where text.hasSuffix(suffix) {
        return Double(text.dropLast(suffix.count)).map(seconds)
      }
      return nil
    }
    let key = DrawKey(seed: 5, replication: 0)
    for index in 0..<3000 {
      let uniform = key.uniform(UInt64(index))
      let digits = (uniform * 1000).rounded()
      for seconds in [uniform, uniform * 1e-6, uniform * 1e7, digits / 1e3, digits / 1e6, digits / 1e9, digits * 60] {
        let text = LanguageText.duration(seconds)
        if read(text) != seconds || text.contains("e") { Issue.record("\(seconds) s became \(text)") }
      }
    }
  }

  @Test func `have probabilities as percentages`() {
    #expect(LanguageText.probability(0) == "0%")
    #expect(LanguageText.probability(0.3) == "30%")
    #expect(LanguageText.probability(0.07) == "7%")
    #expect(LanguageText.probability(0.57) == "57%")
    #expect(LanguageText.probability(1) == "100%")
    #expect(LanguageText.probability(0.001) == "0.1%")
    #expect(LanguageText.probability(0.125) == "12.5%")
    #expect(LanguageText.probability(1.0 / 3) == "33.33333333333333%")
  }

  @Test func `have numbers without exponents`() {
    #expect(LanguageText.decimal(1e-7) == "0.0000001")
    #expect(LanguageText.decimal(1.25e-7) == "0.000000125")
    #expect(LanguageText.decimal(-1.25e20) == "-125000000000000000000")
  }
}
