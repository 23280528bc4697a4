import Model
import Sampling
import Testing

@testable import ModelFile

@Suite struct `A model file` {
  @Test func `of one queue says what it says`() throws {
    let model = try model(Base.queue.text)
    let expected = SystemModel(
      name: "mm16",
      time: TimeFrame(warmup: .seconds(500), horizon: .seconds(20000), start: .zero),
      workloads: [
        Workload(
          name: "customers", arrivals: .poisson(Rate(perSecond: 14.4)),
          call: Dependency(name: "customers", target: EndpointPath(service: "desk", endpoint: "serve")))
      ],
      services: [
        Service(
          name: "desk", pool: Pool(threads: 16, queue: .unbounded),
          endpoints: [Endpoint(name: "serve", steps: [Step(.work(try .exponential(mean: 1)))])])
      ])
    #expect(model == expected)
  }

  @Test func `of a video service says what it says`() throws {
    let model = try model(vod)
    #expect(model.time == TimeFrame(warmup: .seconds(60), horizon: .seconds(600), start: .seconds(19 * 3600)))
    #expect(model.regions == [Region(name: "us-east", zones: ["a", "b", "c"])])
    #expect(model.workloads.map(\.name) == ["browsing", "viewers"])
    #expect(
      try model.workload("viewers").arrivals
        == .diurnal(
          mean: Rate(perSecond: 600), peak: Rate(perSecond: 800), at: .seconds(20 * 3600 + 30 * 60)))
    #expect(try model.workload("viewers").devices == 200_000)

    let edge = try model.service("edge-api")
    #expect(edge.stage == .api)
    #expect(edge.replicas == 12)
    #expect(edge.zones == ["a", "b", "c"])
    #expect(edge.pool == Pool(threads: 100, queue: .bounded(50)))
    #expect(edge.cores == 4)
    #expect(edge.balancing == .leastRequest)
    #expect(
      edge.failures == [
        FailureMode(
          name: "crash", every: try .weibull(shape: 0.9, mean: 60 * 86_400),
          repair: try .lognormal(p50: 240, p99: 3600), each: .replica, start: .equilibrium, effect: .crash)
      ])
    #expect(
      try edge.endpoint("play").steps == [
        Step(.work(try .lognormal(p50: 0.003, p99: 0.02))),
        Step(.together(["entitlement", "history"], waitFor: 2)),
        Step(.work(try .constant(seconds: 0.002))),
      ])
    #expect(try edge.endpoint("home").steps.last == Step(.call("history"), probability: Probability(0.4)))
    #expect(
      model.objectives == [
        Objective(name: "play", indicator: Metric(.availability, of: "viewers"), target: 0.9995)
      ])
  }

  @Test func `lets dependencies adopt a policy key by key`() throws {
    let history = try model(vod).service("edge-api").dependency("history")
    #expect(
      history
        == Dependency(
          name: "history", target: EndpointPath(service: "viewing-history", endpoint: "list"),
          timeout: .seconds(2),
          retry: Retry(
            attempts: 2,
            backoff: .exponential(base: .milliseconds(50), factor: 2, max: .seconds(1)), jitter: .full,
            retryOn: [.timeout, .rejected, .error, .unreachable]),
          breaker: CircuitBreaker(
            failureRate: Probability(0.5), slowCallRate: .one, slowCall: .seconds(60), window: .calls(100),
            minimumCalls: 20, open: .seconds(10), halfOpenCalls: 5),
          bulkhead: .threads(10, queue: .bounded(5)),
          fallback: Fallback(
            returns: "empty-list", takes: try .constant(seconds: 0.001), fails: Probability(0.001), calls: nil)))
    let entitlement = try model(vod).service("edge-api").dependency("entitlement")
    #expect(entitlement.timeout == .milliseconds(250))
    #expect(entitlement.fallback == nil)
  }

  @Test func `takes the defaults of resilience4j`() throws {
    let text = Base.shop.text.replacingFirst(
      "policy: paved-road}", with: "policy: paved-road, retry: {}, breaker: {}, bulkhead: {concurrent: 25}}")
    let history = try model(text).service("web").dependency("history")
    #expect(
      history.retry
        == Retry(
          attempts: 3, backoff: .constant(.milliseconds(500)), jitter: .none, retryOn: Retry.defaultRetryOn))
    #expect(
      history.breaker
        == CircuitBreaker(
          failureRate: Probability(0.5), slowCallRate: .one, slowCall: .seconds(60), window: .calls(100),
          minimumCalls: 100, open: .seconds(60), halfOpenCalls: 10))
    #expect(history.bulkhead == .concurrent(25, maxWait: .zero))
  }

  @Test func `caps a breaker's minimum at its window`() throws {
    let text = Base.shop.text.replacingFirst(
      "policy: paved-road}", with: "policy: paved-road, breaker: {window: 10 calls}}")
    #expect(try model(text).service("web").dependency("history").breaker?.minimumCalls == 10)
  }

  @Test func `means the same in any order of its keys`() throws {
    let turned = """
      services:
        desk:
          endpoints:
            serve: [work: exponential(mean=1s)]
          pool: {queue: unbounded, threads: 16}
      workloads: {customers: {call: desk.serve, arrivals: poisson(14.4/s)}}
      time: {horizon: 20000s, warmup: 500s}
      model: mm16
      """
    #expect(try model(turned) == model(Base.queue.text))
    guard case .model(let a) = try ModelFile.decode(text: turned),
      case .model(let b) = try ModelFile.decode(text: Base.queue.text, path: "elsewhere.yaml")
    else { throw WrongDocument() }
    #expect(a.canonicalText == b.canonicalText)
    #expect(a.hash == b.hash)
  }

  @Test func `hashes what was changed`() throws {
    guard case .model(let a) = try ModelFile.decode(text: Base.queue.text),
      case .model(let b) = try ModelFile.decode(
        text: Base.queue.text, overrides: [.init(path: "services.desk.replicas", value: "2")])
    else { throw WrongDocument() }
    #expect(a.hash != b.hash)
  }

  @Test func `takes scalars quoted or not, and names that YAML has ideas about`() throws {
    let text = Base.queue.text
      .replacingFirst("customers", with: "no")
      .replacingFirst("threads: 16", with: "threads: \"16\"")
      .replacingFirst("poisson(14.4/s)", with: "'poisson(14.4/s)'")
    let model = try model(text)
    #expect(model.workloads.map(\.name) == ["no"])
    #expect(model.services[0].pool.threads == 16)
  }

  @Test func `may write a step's calls and wait for some of them`() throws {
    let text = Base.shop.text
      .replacingFirst("history: {", with: "again: {call: viewing-history.list}\n      history: {")
      .replacingFirst("call: history]", with: "together: {of: [history, again, history], wait-for: 2}]")
    #expect(
      try model(text).service("web").endpoint("play").steps.last
        == Step(.together(["history", "again", "history"], waitFor: 2)))
  }

  @Test func `may be spread over files`() throws {
    let text = """
      model: shop
      time: {horizon: 10min}
      include: [teams/web.yaml, teams/history.yaml]
      workloads:
        viewers: {arrivals: poisson(100/s), call: web.play}
      """
    let web = """
      include: [history.yaml]
      services:
        web:
          pool: {threads: 10}
          dependencies: {history: {call: viewing-history.list, policy: ours}}
          endpoints: {play: [work: empirical(data/play.csv column=ms unit=ms), call: history]}
      policies: {ours: {timeout: 1s}}
      """
    let history = """
      services:
        viewing-history: {pool: {threads: 10}, endpoints: {list: [work: 5ms]}}
      """
    let files = [
      "teams/web.yaml": web, "teams/history.yaml": history, "teams/data/play.csv": "at,ms\n0,2\n1,4\n",
    ]
    let model = try model(text, files: files)
    #expect(model.services.map(\.name) == ["viewing-history", "web"])
    #expect(try model.service("web").dependency("history").timeout == .seconds(1))
    #expect(
      try model.service("web").endpoint("play").steps.first
        == Step(.work(try .empirical([0.002, 0.004], source: "data/play.csv column=ms unit=ms"))))
  }

  @Test func `writes a zone with its region where several have it`() throws {
    let text = Base.shop.text
      .replacingFirst("us-east: {zones: [a, b]}", with: "us-east: {zones: [a, b]}\n  eu: {zones: [a]}")
      .replacingFirst("zones: [a, b]\n    pool", with: "zones: [us-east.a, us-east.b]\n    pool")
    #expect(try model(text).service("web").zones == ["us-east.a", "b"])
  }
}
