import Interchange
import Model
import Sampling
import Testing

@Suite struct `The imported model` {
  @Test func `has legal names, each once, whatever the operations are called`() throws {
    let operations = ["/a/b", "a_b", "a-b", "GET /users/{id}", "123", "null", "日本", "::"]
    let topology = try ImportedTopology(
      traces: operations.enumerated().map { Trace("\($0)", SpanSketch("my service", $1, 0...1)) })
    #expect(
      topology.service("my-service")?.endpoints.map(\.name) == [
        "GET-users-id", "a-b", "a-b-2", "a-b-3", "operation", "operation-123", "operation-2", "operation-null",
      ])
    #expect(topology.workloads.map(\.name) == topology.service("my-service")?.endpoints.map(\.name))
  }

  @Test func `names workloads after the service as well where two services have one operation`() throws {
    let topology = try ImportedTopology(
      traces: [Trace("1", SpanSketch("a", "get", 0...1)), Trace("2", SpanSketch("b", "get", 0...1))])
    #expect(topology.workloads.map(\.name) == ["a-get", "b-get"])
  }

  @Test func `has the rate that the traces' starts show, shared by the operations`() throws {
    // Nine traces, one each second: 8 in 8 s, a third of them of the second kind.
    let topology = try ImportedTopology(
      traces: (0..<9).map { number in
        Trace("\(number)", at: Double(number) * 1_000, SpanSketch("web", number % 3 == 0 ? "put" : "get", 0...1))
      })
    #expect(topology.workloads.map(\.rate.perSecond) == [2.0 / 3, 1.0 / 3])
    #expect(topology.workloads.allSatisfy { !$0.isRateAssumed })
  }

  @Test func `assumes a rate where the traces' starts do not span time`() throws {
    let topology = try ImportedTopology(traces: [Trace("1", SpanSketch("web", "get", 0...1))])
    #expect(topology.workloads.map(\.rate.perSecond) == [1])
    #expect(topology.workloads[0].isRateAssumed)
  }

  @Test func `has pools of at least four times the load`() throws {
    // 100 requests in 99 ms, each of 1 s: 1,000 in progress.
    let topology = try ImportedTopology(
      traces: (0..<100).map { Trace("\($0)", at: Double($0), SpanSketch("web", "get", 0...1_000)) })
    #expect(abs((topology.service("web")?.load ?? 0) - 1_000) < 1e-6)
    #expect(topology.service("web")?.assumedThreads == 4_096)
  }

  // A golden: it was read and found right.
  @Test func `says beside every number where it comes from`() throws {
    let topology = try ImportedTopology(
      traces: [
        Trace(
          "1",
          SpanSketch(
            "web", "GET /\n", 0...10, host: "web-1",
            [
              SpanSketch("api", "list", 2...6),
              SpanSketch("web", "SELECT", 7...9, kind: .client, peer: "mysql"),
            ]))
      ])
    #expect(
      topology.yaml == """
        # Imported from 1 trace with 3 spans of 3 services.
        # Traces cannot tell what is marked "assumed": replace it by what you know.
        # The work of an endpoint is its time outside the longest call of each step: the network is in it.
        model: imported
        time: {warmup: 1s, horizon: 2001s}                      # assumed

        policies:
          assumed:                                              # traces show no policies: no retries, breaker, bulkhead or fallback is assumed
            timeout: 1s                                         # assumed: at least 10 x the longest request in the traces

        workloads:
          GET:                                                  # GET / : traced median 10ms of 1
            arrivals: poisson(1/s)                              # 1 request; assumed, for the traces' starts do not span time
            call: web.GET

        services:
          api:
            replicas: 1                                         # assumed
            pool: {threads: 64, queue: 64}                      # assumed: ample for the 0.004 calls in progress on average
            endpoints:
              list:                                             # list: traced median 4ms of 1
                - work: 4ms                                     # the only value
          mysql:                                                # seen by its callers only
            replicas: 1                                         # assumed
            pool: {threads: 64, queue: 64}                      # assumed: ample for the 0.002 calls in progress on average
            endpoints:
              SELECT:                                           # SELECT: traced median 2ms of 1
                - work: 2ms                                     # the only value
          web:
            replicas: 1                                         # hosts in the traces; there may be more
            pool: {threads: 64, queue: 64}                      # assumed: ample for the 0.01 calls in progress on average
            dependencies:
              api: {call: api.list, policy: assumed}
              mysql: {call: mysql.SELECT, policy: assumed}
            endpoints:
              GET:                                              # GET / : traced median 10ms of 1
                - work: 2ms                                     # the only value
                - call: api
                - work: 1ms                                     # the only value
                - call: mysql
                - work: 1ms                                     # the only value

        """)
  }
}

@Suite struct `Traces drawn from a known system` {
  /// Times in milliseconds; `correlation` is the sigma of a factor that all times of a trace share.
  private func traces(_ count: Int, correlation: Double) throws -> [Trace] {
    let own = Distribution.lognormal(try .init(p50: 4, p99: 20))
    let service = Distribution.lognormal(try .init(p50: 10, p99: 40))
    let shared = Distribution.lognormal(try .init(mu: 0, sigma: max(correlation, 1e-9)))
    return (0..<count).map { number in
      let key = DrawKey(seed: 7, replication: number)
      let factor = shared.quantile(key.uniform(0))
      func draw(_ distribution: Distribution, _ purpose: UInt64) -> Double {
        distribution.quantile(key.uniform(purpose)) * factor
      }
      let start = draw(own, 1)
      let a = draw(service, 2)
      let b = draw(service, 3)
      let joined = start + max(a, b)
      var end = joined + draw(own, 4)
      var calls = [SpanSketch("a", "x", start...(start + a)), SpanSketch("b", "y", start...(start + b))]
      if key.uniform(5) < 0.3 {
        let c = draw(service, 6)
        calls.append(SpanSketch("c", "z", end...(end + c)))
        end += c
      }
      return Trace("\(number)", at: Double(number) * 100, SpanSketch("web", "get", 0...end, calls))
    }
  }

  @Test func `give back its structure, its probabilities and its medians`() throws {
    let topology = try ImportedTopology(traces: try traces(400, correlation: 0))
    let steps = try #require(topology.endpoint("web.get")).steps
    #expect(topology.outline("web.get").hasPrefix("work | together a b | work | call c"))
    // The standard error of a share of 0.3 of 400 is 0.023; five of them.
    #expect(abs((steps.last?.probability ?? 0) - 0.3) < 0.115)
    // The standard error of a median of 400 is 1.25 sigma / 20 with sigma = ln(p99 / p50) / 2.326; five of them.
    for endpoint in ["a.x", "b.y", "c.z"] {
      #expect(
        abs((topology.workMedians(endpoint).first ?? 0) / 10 - 1) < (endpoint == "c.z" ? 0.35 : 0.19), "\(endpoint)")
    }
    #expect(topology.notes.isEmpty)
    let median = topology.medians[0]
    #expect(abs(ReferenceSampler(topology).median(of: median.endpoint) / median.seconds - 1) < 0.1)
  }

  @Test func `give the traced medians even where times within a trace are correlated`() throws {
    let topology = try ImportedTopology(traces: try traces(400, correlation: 1.2))
    #expect(topology.notes.contains { $0.contains("logarithmic spread of all work is multiplied by 0.") })
    let median = topology.medians[0]
    #expect(abs(ReferenceSampler(topology).median(of: median.endpoint) / median.seconds - 1) < 0.1)
  }
}
