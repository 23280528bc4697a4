import Model
import Sampling
import Testing

@testable import Campaign

/// Everything follows from the model's numbers: rates by multiplication, held threads by Little's law (J. D. C. Little,
/// Operations Research 9 (1961) 383).
@Suite struct `An audit` {
  private func ms(_ count: Int64) -> SimulationDuration { .milliseconds(count) }

  private func dependency(
    _ target: String, timeout: Int64? = nil, attempts: Int = 1, bulkhead: Bulkhead? = nil, fallback: Bool = false,
    breaker: CircuitBreaker? = nil
  ) throws -> Dependency {
    Dependency(
      name: target, target: EndpointPath(service: target, endpoint: "serve"), timeout: timeout.map(ms),
      retry: attempts == 1
        ? nil
        : Retry(
          attempts: attempts, backoff: .constant(ms(50)), jitter: .none, retryOn: Retry.defaultRetryOn),
      breaker: breaker, bulkhead: bulkhead,
      fallback: fallback
        ? Fallback(returns: nil, takes: try .constant(seconds: 0), fails: .zero, calls: nil) : nil)
  }

  private func service(
    _ name: String, threads: Int = 20, replicas: Int = 1, style: Service.Style = .blocking, _ calls: [Dependency] = [],
    probability: Double = 1
  ) throws -> Service {
    let work = Step(.work(try .constant(seconds: 0.01)))
    return Service(
      name: name, replicas: replicas, pool: Pool(threads: threads, queue: .bounded(5)), style: style,
      dependencies: calls,
      endpoints: [
        Endpoint(
          name: "serve", steps: [work] + calls.map { Step(.call($0.name), probability: Probability(probability)) })
      ])
  }

  private func audit(_ services: [Service], attempts: Int = 1, timeout: Int64? = 500, rate: Double = 100) throws
    -> SystemAudit
  {
    let call = try dependency("front", timeout: timeout, attempts: attempts)
    return SystemAudit(
      SystemModel(
        name: "tiny", time: TimeFrame(warmup: .seconds(1), horizon: .seconds(10), start: .zero),
        workloads: [Workload(name: "viewers", arrivals: .poisson(Rate(perSecond: rate)), call: call)],
        services: services))
  }

  private func exposure(_ audit: SystemAudit, _ name: String) throws -> PoolExposure.Effect {
    try #require(audit.exposures.first { $0.call.name == name }).effect
  }

  @Test func `counts calls a second along all paths`() throws {
    let audit = try audit([
      service("front", [dependency("a"), dependency("b")], probability: 0.5), service("a", [dependency("c")]),
      service("b", [dependency("c")], probability: 0.25), service("c"),
    ])
    let rates = Dictionary(uniqueKeysWithValues: audit.calls.map { ($0.name, $0.rate) })
    #expect(rates["viewers -> front"] == 100)
    #expect(rates["front -> a"] == 50)
    #expect(rates["a -> c"] == 50)
    #expect(rates["b -> c"] == 12.5)
  }

  /// 100/s over 2 replicas, 50/s each: 20 threads last for 0.4 s; held for 300 ms they would be 15 of 20.
  @Test func `tells which pools a hung dependency fills`() throws {
    func effect(_ call: Dependency, style: Service.Style = .blocking) throws -> PoolExposure.Effect {
      try exposure(audit([service("front", replicas: 2, style: style, [call]), service("a")]), "front -> a")
    }
    #expect(try effect(dependency("a")) == .fills(after: 0.4, untilBreakerOpens: false))
    #expect(try effect(dependency("a", timeout: 300)) == .takes(part: 0.75))
    // Two attempts and a pause: 650 ms.
    #expect(try effect(dependency("a", timeout: 300, attempts: 2)) == .fills(after: 0.4, untilBreakerOpens: false))
    #expect(try effect(dependency("a", bulkhead: .threads(10, queue: .bounded(5)))) == .bounded(places: 15))
    #expect(
      try effect(dependency("a", bulkhead: .threads(10, queue: .unbounded)))
        == .fills(after: 0.4, untilBreakerOpens: false))
    #expect(try effect(dependency("a"), style: .async) == .none)
    let breaker = CircuitBreaker(
      failureRate: Probability(0.5), slowCallRate: .one, slowCall: .seconds(60), window: .calls(10), minimumCalls: 5,
      open: .seconds(10), halfOpenCalls: 1)
    #expect(
      try effect(dependency("a", timeout: 500, breaker: breaker)) == .fills(after: 0.4, untilBreakerOpens: true))
    // Without a timeout no call ever ends, and the breaker learns nothing.
    #expect(try effect(dependency("a", breaker: breaker)) == .fills(after: 0.4, untilBreakerOpens: false))
  }

  /// 10/s and 20 threads. A request that fails at its first call is held for 1 s, so 10 at once; with a fallback it goes on
  /// to the next call: 10 after 1 s, 20 after 2 s, and 30 wanted in the end.
  @Test func `knows that a request hangs at one call after the other`() throws {
    func effect(
      _ steps: [Step], fallback: Bool = false, timeout: Int64? = 1000, retry: Retry? = nil, threads: Int = 20,
      breaker: CircuitBreaker? = nil
    ) throws -> PoolExposure.Effect {
      let call = Dependency(
        name: "d", target: EndpointPath(service: "a", endpoint: "serve"), timeout: timeout.map(ms), retry: retry,
        breaker: breaker,
        fallback: fallback
          ? Fallback(returns: nil, takes: try .constant(seconds: 0), fails: .zero, calls: nil) : nil)
      let front = Service(
        name: "front", pool: Pool(threads: threads, queue: .bounded(5)),
        dependencies: [call, try dependency("a", timeout: 1000), try dependency("b", timeout: 1000)],
        endpoints: [Endpoint(name: "serve", steps: steps)])
      return try exposure(audit([front, service("a"), service("b")], rate: 10), "front -> d")
    }
    let thrice = [Step(.call("d")), Step(.call("d")), Step(.call("d"))]
    #expect(try effect(thrice) == .takes(part: 0.5))
    #expect(try effect(thrice, threads: 10) == .fills(after: 1, untilBreakerOpens: false))
    #expect(try effect(thrice, fallback: true) == .fills(after: 2, untilBreakerOpens: false))
    #expect(try effect(thrice, fallback: true, threads: 31) == .takes(part: 30.0 / 31))
    #expect(try effect(thrice, fallback: true, timeout: nil) == .fills(after: 2, untilBreakerOpens: false))
    // With a breaker the second call fails at once.
    let breaker = CircuitBreaker(
      failureRate: Probability(0.5), slowCallRate: .one, slowCall: .seconds(60), window: .calls(10), minimumCalls: 5,
      open: .seconds(10), halfOpenCalls: 1)
    #expect(try effect(thrice, fallback: true, breaker: breaker) == .takes(part: 0.5))
    // Half of the requests call at each of two steps: 3/4 are held once, 1/4 twice: 7.5 and 2.5, with a fallback.
    let halves = [Step(.call("d"), probability: Probability(0.5)), Step(.call("d"), probability: Probability(0.5))]
    #expect(try effect(halves) == .takes(part: 0.375))
    #expect(try effect(halves, fallback: true) == .takes(part: 0.5))
    #expect(try effect(halves, fallback: true, threads: 10) == .fills(after: 2, untilBreakerOpens: false))
    // A branch holds the request only where the others do not suffice.
    #expect(try effect([Step(.together(["d", "b"], waitFor: 1))]) == .takes(part: 0))
    #expect(try effect([Step(.together(["d", "b"], waitFor: 2))]) == .takes(part: 0.5))
    // Three attempts and two pauses of 50 ms on average: 3.1 s; but one where timeouts are not retried.
    func retry(on reasons: Set<FailureReason>) -> Retry {
      Retry(attempts: 3, backoff: .constant(ms(100)), jitter: .full, retryOn: reasons)
    }
    #expect(try effect(thrice, retry: retry(on: [.timeout]), threads: 40) == .takes(part: 31.0 / 40))
    #expect(try effect(thrice, retry: retry(on: [.error]), threads: 40) == .takes(part: 0.25))
  }

  /// 5 s below a call that waits for ever, below one that gives up after 500 ms.
  @Test func `sees through calls that wait for ever`() throws {
    let audit = try audit([
      service("front", [dependency("a")]), service("a", [dependency("b", timeout: 5000)]), service("b"),
    ])
    let found = audit.findings.filter { $0.kind == .timeoutAboveCaller }
    #expect(found.map(\.call.name) == ["a -> b"])
    #expect(found.first?.message == "it may take 5s, and `viewers -> front` gives up after 500ms")
  }

  @Test func `asks for no fallback of a branch that is not needed`() throws {
    func lacking(_ needed: Int) throws -> [String] {
      let front = Service(
        name: "front", pool: Pool(threads: 20, queue: .bounded(5)),
        dependencies: [try dependency("a", timeout: 100), try dependency("b", timeout: 100)],
        endpoints: [Endpoint(name: "serve", steps: [Step(.together(["a", "b"], waitFor: needed))])])
      return try audit([front, service("a"), service("b")]).findings.filter { $0.kind == .noFallback }.map(\.call.name)
    }
    #expect(try lacking(1) == [])
    #expect(try lacking(2) == ["front -> a", "front -> b"])
  }

  /// Two dependencies on one service, of which the one that hangs has a fallback: nobody loses anything.
  @Test func `hangs a dependency alone where another calls the same service`() throws {
    let fallback = Fallback(returns: nil, takes: try .constant(seconds: 0), fails: .zero, calls: nil)
    func call(_ name: String, _ fallback: Fallback?) -> Dependency {
      Dependency(
        name: name, target: EndpointPath(service: "a", endpoint: "serve"), timeout: ms(100), fallback: fallback)
    }
    let front = Service(
      name: "front", pool: Pool(threads: 200, queue: .bounded(5)),
      dependencies: [call("needed", nil), call("spare", fallback)],
      endpoints: [Endpoint(name: "serve", steps: [Step(.call("needed")), Step(.call("spare"))])])
    let trials = try #require(HangTrial.all(of: audit([front, service("a")], rate: 10), seed: 1))
    #expect(trials.map(\.call.name) == ["front -> needed", "front -> spare"])
    #expect(trials[0].losses.map(\.availability) == [0])
    #expect(trials[1].losses.isEmpty)
  }

  /// Three attempts at each of three tiers: 27 calls of the last for one request.
  @Test func `multiplies retries down the tree`() throws {
    let audit = try audit(
      [
        service("front", [dependency("a", timeout: 50, attempts: 3)]), service("a", [dependency("b", attempts: 3)]),
        service("b"),
      ],
      attempts: 3)
    #expect(audit.retries.map(\.worst) == [27])
    #expect(audit.retries.first?.calls.map(\.name) == ["viewers -> front", "front -> a", "a -> b"])
    let once = try self.audit([service("front", [dependency("a", attempts: 3)]), service("a")])
    #expect(once.retries.isEmpty)
  }

  /// 3 x 200 ms and two pauses of 50 ms are 700 ms, and the viewer waits for 500 ms; 2 x 200 and one are 450 ms.
  @Test(arguments: [(3, true), (2, false)]) func `finds what outlasts its caller`(attempts: Int, isFound: Bool) throws {
    let audit = try audit([service("front", [dependency("a", timeout: 200, attempts: attempts)]), service("a")])
    let found = audit.findings.first { $0.kind == .timeoutAboveCaller }
    #expect((found != nil) == isFound)
    if isFound { #expect(found?.message == "it may take 700ms, and `viewers -> front` gives up after 500ms") }
  }

  /// Thirty at 99.99% make 99.7%.
  @Test func `adds up critical paths`() throws {
    let calls = try (0..<29).map { try dependency("s\($0)", timeout: 10) } + [dependency("spare", fallback: true)]
    let audit = try audit([service("front", calls)] + (0..<29).map { try service("s\($0)") } + [service("spare")])
    let path = try #require(audit.paths.first)
    #expect(path.services.count == 30)
    #expect((path.availability(ifEachHas: 0.9999) - 0.997_004_3).magnitude < 1e-6)
  }

  @Test func `finds nothing where nothing lacks`() throws {
    let call = try dependency("a", timeout: 100, bulkhead: .threads(5, queue: .bounded(5)), fallback: true)
    #expect(try audit([service("front", [call]), service("a")]).findings.isEmpty)
  }

  /// A hang without a timeout fills the pool for the rest of its minute: all but the first 0.2 s of it.
  @Test func `runs each dependency hung`() throws {
    let audit = try audit([service("front", threads: 20, [dependency("a")]), service("a")])
    let trials = try #require(HangTrial.all(of: audit, seed: 1))
    #expect(trials.map(\.call.name) == ["front -> a"])
    let full = try #require(trials[0].fullPools.first)
    #expect(full.service == "front" && full.usualSeconds == 0)
    #expect(full.seconds > 59.4 && full.seconds < 59.95)
    #expect(trials[0].losses.first?.availability == 0)
  }
}
