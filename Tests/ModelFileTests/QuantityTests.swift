import Model
import Sampling
import Testing

@testable import ModelFile

@Suite struct `Quantities` {
  private func decoding() -> Decoding {
    let root = Node(content: .mapping([]), location: phrase("").location)
    return Decoding(names: Names(of: root), reader: .memory([:]))
  }
  private func phrase(_ text: String) -> Phrase {
    let file = SourceFile(path: "m.yaml", text: "")
    return Phrase(text: text, location: .init(file: file, line: 1, column: 1), isVerbatim: false)
  }

  @Test(arguments: ["3601s", "146y", "61min"])
  func `bound the window of a breaker in time`(window: String) throws {
    func text(_ window: String) -> String {
      Base.shop.text.replacingFirst("policy: paved-road}", with: "policy: paved-road, breaker: {window: \(window)}}")
    }
    #expect(errors(in: text(window)).map(\.id) == [.outOfRange])
    #expect(errors(in: text(window)).map(\.message) == ["a window in time has to be at most 1h"])
    #expect(try model(text("1h")).service("web").dependency("history").breaker?.window == .time(.seconds(3600)))
  }

  @Test(arguments: [
    ("80us", 80_000), ("250ms", 250_000_000), ("1.5s", 1_500_000_000), ("2min", 120_000_000_000),
    ("4h", 14_400_000_000_000), ("30d", 2_592_000_000_000_000), ("1y", 31_536_000_000_000_000), ("7ns", 7), ("0s", 0),
    ("1e3ms", 1_000_000_000), ("0.1ms", 100_000),
  ])
  func `of time are exact in nanoseconds`(text: String, nanoseconds: Int64) {
    #expect(decoding().duration(phrase(text)) == SimulationDuration(nanoseconds: nanoseconds))
  }

  @Test(arguments: [
    ("120/s", 120), ("3/min", 0.05), ("2/d", 2.0 / 86_400), ("0.5/y", 0.5 / 31_536_000), ("5/ms", 5000.0),
  ])
  func `of rate are events per second`(text: String, perSecond: Double) {
    #expect(decoding().rate(phrase(text)) == Rate(perSecond: perSecond))
  }

  @Test(arguments: [("5%", 0.05), ("0.05", 0.05), ("99.9%", 0.999), ("99.95%", 0.9995), ("100%", 1), ("0", 0)])
  func `of parts are the nearest number`(text: String, value: Double) {
    #expect(decoding().fraction(phrase(text)) == value)
  }

  @Test(arguments: [
    "250", "5m", "2sec", "-5ms", "ms", "0x10ms", "infs", "nanms", "1e999s", "300y", "5 ms", "1h30min", "", "5%",
  ])
  func `of time are refused with exactly one reason`(text: String) {
    let decoding = decoding()
    #expect(decoding.duration(phrase(text)) == nil)
    #expect(decoding.diagnostics.count == 1)
  }

  @Test(arguments: ["5", "120%", "-1%", "5ms", "half", "nan"])
  func `of parts are refused with exactly one reason`(text: String) {
    let decoding = decoding()
    #expect(decoding.fraction(phrase(text)) == nil)
    #expect(decoding.diagnostics.count == 1)
  }

  @Test func `of chance take every distribution of the language`() throws {
    let expected: [(String, Distribution)] = [
      ("40ms", try .constant(seconds: 0.04)),
      ("constant(value=40ms)", try .constant(seconds: 0.04)),
      ("exponential(mean=20ms)", try .exponential(mean: 0.02)),
      ("lognormal(p50=12ms p99=80ms)", try .lognormal(p50: 0.012, p99: 0.08)),
      ("lognormal(mean=12ms cv=1.4)", try .lognormal(mean: 0.012, cv: 1.4)),
      ("lognormal(cv=1.4 mean=12ms)", try .lognormal(mean: 0.012, cv: 1.4)),
      ("lognormal(mu=-4 sigma=0.5)", .lognormal(try .init(mu: -4, sigma: 0.5))),
      ("weibull(shape=0.8 mean=45d)", try .weibull(shape: 0.8, mean: 45 * 86_400)),
      ("weibull(shape=0.8 scale=45d)", try .weibull(shape: 0.8, scale: 45 * 86_400)),
      ("gamma(shape=2 mean=5ms)", try .gamma(shape: 2, mean: 0.005)),
      ("erlang(k=3 mean=6ms)", try .erlang(k: 3, mean: 0.006)),
      (
        "hyperexponential(30%=2ms 70%=20ms)",
        .hyperexponential(
          try .init([.init(probability: 0.3, mean: 0.002), .init(probability: 0.7, mean: 0.02)]))
      ),
      ("pareto(shape=1.5 min=4ms)", try .pareto(shape: 1.5, min: 0.004)),
      ("loglogistic(p50=8min shape=2)", try .loglogistic(p50: 480, shape: 2)),
      ("uniform(min=1s max=5s)", try .uniform(min: 1, max: 5)),
      ("triangular(min=5min mode=12min max=1h)", try .triangular(min: 300, mode: 720, max: 3600)),
      (
        "hyperexponential(50%=2ms 50%=20ms)",
        .hyperexponential(
          try .init([.init(probability: 0.5, mean: 0.002), .init(probability: 0.5, mean: 0.02)]))
      ),
      (
        "mixture(99%=5ms 1%=lognormal(p50=1s p99=8s))",
        .mixture(
          try .init([
            .init(probability: 0.99, distribution: try .constant(seconds: 0.005)),
            .init(probability: 0.01, distribution: try .lognormal(p50: 1, p99: 8)),
          ]))
      ),
      ("shifted(exponential(mean=2ms) by=3ms)", try .shifted(try .exponential(mean: 0.002), by: 0.003)),
      ("truncated(exponential(mean=2s) max=10s)", try .truncated(try .exponential(mean: 2), max: 10)),
    ]
    for (text, distribution) in expected {
      let decoding = decoding()
      #expect(decoding.distribution(phrase(text)) == distribution, "\(text)")
      #expect(decoding.diagnostics.isEmpty)
    }
    let names = Set(expected.map { String($0.0.prefix { $0 != "(" }) })
    #expect(DistributionName.allCases.allSatisfy { $0 == .empirical || names.contains($0.rawValue) })
  }

  @Test func `of chance read back what they write`() throws {
    let distributions: [Distribution] = [
      try .lognormal(mean: 0.0123, cv: 0.7), try .weibull(shape: 0.8, mean: 3_888_000), try .constant(seconds: 1.0 / 3),
      try .truncated(try .shifted(try .gamma(shape: 2, mean: 0.005), by: 0.001), max: 2),
    ]
    for distribution in distributions {
      #expect(decoding().distribution(phrase(distribution.languageText)) == distribution)
    }
  }

  @Test func `of arrivals take every kind of the language`() throws {
    let expected: [(String, Arrivals)] = [
      ("poisson(14.4/s)", .poisson(Rate(perSecond: 14.4))),
      ("constant(7/s)", .constant(Rate(perSecond: 7))),
      ("renewal(erlang(k=2 mean=1.25s))", .renewal(try .erlang(k: 2, mean: 1.25))),
      (
        "diurnal(mean=600/s peak=800/s at=20:30)",
        .diurnal(mean: Rate(perSecond: 600), peak: Rate(perSecond: 800), at: .seconds(73_800))
      ),
      (
        "piecewise(0s=100/s 10min=300/s)",
        .piecewise([
          .init(from: .zero, rate: Rate(perSecond: 100)), .init(from: .seconds(600), rate: Rate(perSecond: 300)),
        ])
      ),
      (
        "ramp(from=100/s to=18000/s over=10min)",
        .ramp(.init(from: Rate(perSecond: 100), to: Rate(perSecond: 18_000), over: .seconds(600)))
      ),
      (
        "ramp(at=5min over=30s to=0/s from=6/min)",
        .ramp(.init(from: Rate(perSecond: 0.1), to: Rate(perSecond: 0), over: .seconds(30), at: .seconds(300)))
      ),
      ("closed(clients=10 think=exponential(mean=1s))", .closed(clients: 10, think: try .exponential(mean: 1))),
    ]
    for (text, arrivals) in expected {
      let decoding = decoding()
      #expect(decoding.arrivals(phrase(text)) == arrivals, "\(text)")
      #expect(decoding.diagnostics.isEmpty)
    }
  }

  @Test(arguments: [
    ("poisson(0/s)", DiagnosticID.outOfRange), ("diurnal(mean=600/s peak=500/s at=20:30)", .outOfRange),
    ("piecewise(1min=100/s)", .outOfRange), ("piecewise(0s=100/s 0s=200/s)", .outOfRange),
    ("piecewise(0s=1/s 2min=1/s 1min=1/s)", .outOfRange),
    ("closed(clients=0 think=1s)", .outOfRange), ("closed(clients=1 think=0s)", .outOfRange),
    ("renewal(0s)", .outOfRange), ("ramp(5/s)", .unknownParameter), ("ramp(from=0/s to=5/s)", .missingParameter),
    ("ramp(from=0/s to=0/s over=1min)", .outOfRange), ("ramp(from=0/s to=5/s over=0s)", .outOfRange),
    ("ramp(from=-1/s to=5/s over=1s)", .outOfRange), ("ramp(from=1/s to=5/s over=1s at=5)", .missingUnit),
    ("replay(column=t)", .missingParameter), ("replay(trace.csv)", .fileNotFound),
    ("replay(trace.csv unit=weeks)", .wrongUnit),
  ])
  func `of arrivals are refused with exactly one reason`(text: String, id: DiagnosticID) {
    let decoding = decoding()
    #expect(decoding.arrivals(phrase(text)) == nil)
    #expect(decoding.diagnostics.map(\.id) == [id])
  }
}
